import { stripVTControlCharacters } from 'node:util';
import { joinTexts, type Text, text, verbatim } from '../../kernel/texts.ts';
import type { DecisionEntry, DecisionState, RiskDecision, Treatment } from '../../model/decision.ts';
import type { Response } from '../../model/risk.ts';

const STATES: Readonly<Record<DecisionState, Text>> = {
  undecided: text('undecided', '未決定'),
  proposed: text('proposed', '提案中'),
  rejected: text('rejected', '却下'),
  accepted: text('accepted', '受容'),
  reducing: text('reducing', '低減'),
  transferred: text('transferred', '移転'),
  avoided: text('avoided', '回避'),
  lapsed: text('lapsed', '失効'),
  closed: text('closed', '完了'),
};

const RESPONSES: Readonly<Record<Response, Text>> = {
  accept: text('accept', '受容'),
  reduce: text('reduce', '低減'),
  transfer: text('transfer', '移転'),
  avoid: text('avoid', '回避'),
};

/** A treatment in words. */
export function treatmentText({ response, reason, until, counterparty }: Treatment): Text {
  const word = RESPONSES[response];
  const to =
    counterparty === undefined ? verbatim('') : text(` to ${counterparty}`, `(移転先:${counterparty})`);
  const end = until === undefined ? verbatim('') : text(` until ${until}`, `(${until}まで)`);
  return text(`${word.en}${to.en}${end.en}: ${reason}`, `${word.ja}${to.ja}${end.ja}:${reason}`);
}

function proposedText(response: Text): Text {
  return text(`proposed: ${response.en}`, `提案中:${response.ja}`);
}

/** Where a risk stands, in one line. */
export function standingText(decision: RiskDecision): Text {
  const { status, why, until, doubt, response } = decision;
  const name = status === 'proposed' && response ? proposedText(RESPONSES[response]) : STATES[status];
  const end = until === undefined ? verbatim('') : text(` until ${until}`, `(${until}まで)`);
  const marks = marksOf(decision);
  const because = why && status !== 'closed' ? text(` (${why.en})`, `(${why.ja})`) : verbatim('');
  const reserve = doubt ? text(`; does not count: ${doubt.en}`, `・無効:${doubt.ja}`) : verbatim('');
  const holds = status === 'lapsed' || status === 'rejected' ? verbatim('') : end;
  return joinTexts([name, holds, marks, because, reserve], verbatim(''));
}

function marksOf({ assurance, selfApproved, status }: RiskDecision): Text {
  if (assurance === undefined || status === 'proposed') return verbatim('');
  const words = {
    signed: text(', signed', '・署名あり'),
    confirmed: text(', confirmed, not signed', '・確認済み(署名なし)'),
    unsigned: text(', not signed', '・署名なし'),
  } as const;
  const own = selfApproved ? text(', self-approved', '・自己承認') : verbatim('');
  return text(words[assurance].en + own.en, words[assurance].ja + own.ja);
}

/** One entry of a history in a line. */
export function entryText(entry: DecisionEntry): Text {
  const frame = `#${entry.sequence} ${entry.at} ${entry.by}`;
  const what = contentText(entry);
  const signed = entry.signature === undefined ? verbatim('') : text(' [signature]', '[署名]');
  return text(`${frame}: ${what.en}${signed.en}`, `${frame}:${what.ja}${signed.ja}`);
}

function contentText(entry: DecisionEntry): Text {
  switch (entry.kind) {
    case 'proposed': {
      const what = treatmentText(entry.treatment);
      return text(`proposed ${what.en}`, `提案 ${what.ja}`);
    }
    case 'decided':
      return verdictText(entry.approved, entry.selfApproved);
    case 'withdrawn':
      return text(`proposal withdrawn: ${entry.reason}`, `提案の取り下げ:${entry.reason}`);
    case 'lapsed':
      return text(`lapsed (${entry.why.join(', ')})`, `失効(${entry.why.join('、')})`);
    case 'closed': {
      const evidence = entry.evidence.map(({ what }) => what).join('; ');
      return text(`closed: ${entry.reason} (${evidence})`, `完了:${entry.reason}(${evidence})`);
    }
    case 'reopened':
      return text(`reopened: ${entry.reason}`, `再開:${entry.reason}`);
    case 'renamed':
      return text(`renamed ${entry.from} → ${entry.to}`, `名称変更 ${entry.from} → ${entry.to}`);
    case 'class-changed': {
      const { resource, before, after, reason } = entry;
      const change = `${resource} ${before.high} → ${after.high}`;
      return text(`class changed: ${change}: ${reason}`, `重要度の変更:${change}:${reason}`);
    }
  }
}

function verdictText(approved: boolean, selfApproved: boolean): Text {
  const own = selfApproved ? text(', self-approved', '・自己承認') : verbatim('');
  return approved ? text(`approved${own.en}`, `承認${own.ja}`) : text(`rejected${own.en}`, `却下${own.ja}`);
}

/** One line without control characters: reasons and names are written by others. */
export function plain(line: string): string {
  return stripVTControlCharacters(line).replace(/[\p{Cc}\p{Bidi_Control}\u2028\u2029]+/gu, ' ');
}
