import { ANY_CLASS, type AssetClass, assetClasses } from '../../decisions/asset-class.ts';
import { closingOf } from '../../decisions/closing.ts';
import { shownRisk } from '../../decisions/entry.ts';
import { classChanged, decide, openProposal, propose, reopen, withdraw } from '../../decisions/life.ts';
import { namesSigners, SIGNERS_FILE } from '../../decisions/roots.ts';
import { HonmaruError, UsageError } from '../../kernel/errors.ts';
import { joinTexts, type Text, text, verbatim } from '../../kernel/texts.ts';
import type { DecisionEntry, Treatment } from '../../model/decision.ts';
import type { Response, Risk } from '../../model/risk.ts';
import { needed } from '../asset/levels.ts';
import type { Invocation, Terminal } from '../command.ts';
import { type Recording, recordEntry } from './record.ts';
import { treatmentText } from './words.ts';

/** Proposes a treatment. */
export async function treatRisk(invocation: Invocation, terminal: Terminal): Promise<number> {
  const treatment = treatmentFrom(invocation);
  return recordEntry(
    invocation,
    terminal,
    ({ act }) => propose(act, treatment),
    ({ by }) => text(`proposed by ${by}`, `${by} が提案しました`),
  );
}

/** Decides about the open proposal. */
export async function decideRisk(invocation: Invocation, terminal: Terminal): Promise<number> {
  const approved = !invocation.flag('reject');
  return recordEntry(
    invocation,
    terminal,
    ({ act, roots }) => {
      checkShown(act.risk, invocation.option('shown'));
      return decide(act, approved, roots);
    },
    (entry, recording) => decidedText(approved, entry, recording),
  );
}

/** Closes a risk with evidence: that its value is what was to be reached, or that it is gone. */
export async function closeRisk(invocation: Invocation, terminal: Terminal): Promise<number> {
  const said = invocation.options('evidence');
  return recordEntry(
    invocation,
    terminal,
    ({ act, kept, gone, roots }) =>
      closingOf(
        { act, gone, assessment: kept.assessment },
        { reason: invocation.option('reason'), said },
        roots,
      ),
    (entry) => {
      const evidence = entry.kind === 'closed' ? entry.evidence : [];
      const shown = joinTexts(
        evidence.map(({ what, state }) => verbatim(state === undefined ? what : `${what}=${state}`)),
      );
      return text(`closed, because ${shown.en}`, `完了しました。根拠:${shown.ja}`);
    },
  );
}

/** Takes back the own open proposal. */
export async function withdrawProposal(invocation: Invocation, terminal: Terminal): Promise<number> {
  const reason = needed(invocation, 'reason', '"proposed for the wrong risk"');
  return recordEntry(
    invocation,
    terminal,
    ({ act }) => withdraw(act, reason),
    () => text('the proposal was taken back', '提案を取り下げました'),
  );
}

/** Opens a closed risk again. */
export async function reopenRisk(invocation: Invocation, terminal: Terminal): Promise<number> {
  const reason = needed(invocation, 'reason', '"internal only"');
  return recordEntry(
    invocation,
    terminal,
    ({ act }) => reopen(act, reason),
    () => text('reopened', '再開しました'),
  );
}

/**
 * Records that the class of an asset that the risk reaches changed; lowering one is the owner's decision.
 *
 * @throws UsageError `risk-asset`.
 */
export async function changeClass(invocation: Invocation, terminal: Terminal): Promise<number> {
  const reason = needed(invocation, 'reason', '"internal only"');
  return recordEntry(
    invocation,
    terminal,
    ({ act, roots }) => {
      const {
        resource,
        recorded: before = ANY_CLASS,
        current: after,
      } = assetOf(assetClasses(act.risk, act.history), invocation.option('asset'));
      return classChanged(act, { resource, before, after, reason }, roots);
    },
    (entry) => {
      if (entry.kind !== 'class-changed') return verbatim('');
      const { resource, before, after } = entry;
      return text(
        `the class of ${resource} went from ${before.high} to ${after.high}`,
        `${resource} の重要度が ${before.high} から ${after.high} に変わりました`,
      );
    },
  );
}

function assetOf(assets: readonly AssetClass[], name: string | undefined): AssetClass {
  const found = assets.filter(
    ({ resource, shown }) =>
      name === undefined || [resource, shown].some((id) => id === name || id.endsWith(`/${name}`)),
  );
  const [only] = found;
  if (only && found.length === 1) return only;
  const names = assets.map(({ shown }) => shown).join(', ');
  throw new UsageError({
    code: 'risk-asset',
    message: text(
      `name one of the assets of this risk with --asset: ${names}`,
      `このリスクの資産のうち1つを --asset で指定してください:${names}`,
    ),
  });
}

/** Refuses to decide about something else than the decider looked at. */
function checkShown(risk: Risk, seen: string | undefined): void {
  if (seen === undefined || (seen.length >= 8 && shownRisk(risk).hash.startsWith(seen))) return;
  throw new HonmaruError({
    code: 'decision-shown',
    message: text(
      `what is to be decided is not what ${seen} stands for: the assessment changed since, or the hash is short`,
      `決定の対象が ${seen} と一致しません。表示後に評価が変わったか、ハッシュが短すぎます`,
    ),
    remedy: text('look at it again: honmaru risk show ID', 'もう一度確認してください:honmaru risk show ID'),
  });
}

/** What was decided, about what bytes, and how sure it is who decided. */
function decidedText(approved: boolean, entry: DecisionEntry, { act, roots }: Recording): Text {
  const proposal = openProposal(act.history);
  const what = proposal ? treatmentText(proposal.treatment) : verbatim('');
  const verdict = approved ? text('approved', '承認') : text('rejected', '却下');
  const own =
    entry.kind === 'decided' && entry.selfApproved ? text(', self-approved', '・自己承認') : verbatim('');
  const signed = entry.signature === undefined ? unsignedText(roots.signers) : signedText(roots.signers);
  const hash = entry.shown.hash.slice(0, 12);
  return text(
    `${verdict.en} by ${entry.by}: ${what.en} (${signed.en}${own.en}; shown ${hash})`,
    `${entry.by} が${verdict.ja}しました:${what.ja}(${signed.ja}${own.ja}、表示内容 ${hash})`,
  );
}

/** A signature proves who signed only where it is written whose key it is. */
function signedText(signers: string | undefined): Text {
  return namesSigners(signers)
    ? text('signed', '署名あり')
    : text(
        `signed, but nothing says whose key it is, so it counts as not signed: name it in ${SIGNERS_FILE}`,
        `署名あり。ただし鍵の持ち主の登録がないため署名なしの扱い:${SIGNERS_FILE} に登録してください`,
      );
}

function unsignedText(signers: string | undefined): Text {
  return namesSigners(signers)
    ? text(
        `not signed, so it does not count: ${SIGNERS_FILE} says who signs`,
        `署名なしのため無効:${SIGNERS_FILE} に署名者の定めあり`,
      )
    : text('not signed', '署名なし');
}

function treatmentFrom(invocation: Invocation): Treatment {
  const treatment: { -readonly [K in keyof Treatment]: Treatment[K] } = {
    response: needed(invocation, 'response', 'accept') as Response,
    reason: needed(invocation, 'reason', '"internal only"'),
  };
  for (const name of ['until', 'counterparty', 'contract', 'coverage'] as const) {
    const value = invocation.option(name);
    if (value !== undefined) treatment[name] = value;
  }
  return treatment;
}
