import { riskShown } from '../../decisions/entry.ts';
import { close } from '../../decisions/life.ts';
import { standingOf } from '../../decisions/status.ts';
import { HonmaruError } from '../../kernel/errors.ts';
import { type Text, text } from '../../kernel/texts.ts';
import type { ClosingEvidence, UnsealedEntry } from '../../model/decision.ts';
import type { Risk } from '../../model/risk.ts';
import { guardKey } from '../../risk/score.ts';
import type { Recording } from './record.ts';

/**
 * The entry that closes a risk. A risk that is there is closed when its value is down to what the approved
 * treatment aimed at, with the safeguards that are on as evidence. One that is gone is closed only when
 * nothing was unreadable, and with a person's word where its resources are gone too: missing data closes
 * nothing.
 *
 * @throws HonmaruError `closing-not-approved`, `closing-not-reduced`, `closing-not-read`, `closing-evidence`,
 * and those of `close`.
 */
export function closingOf(
  recording: Recording,
  reason: string | undefined,
  said: readonly string[],
): UnsealedEntry {
  const { act, roots, gone } = recording;
  const words = said.map((what): ClosingEvidence => ({ kind: 'said', what }));
  const found = gone ? goneEvidence(recording, said) : reducedEvidence(recording);
  const value = gone ? 0 : act.risk.current.high;
  const why = reason ?? (gone ? 'the risk is gone' : `reduced to ${value}`);
  return close(act, { reason: why, evidence: [...found, ...words], value }, roots);
}

function reducedEvidence({ act, kept }: Recording): readonly ClosingEvidence[] {
  const { risk, history, now } = act;
  const { inForce } = standingOf(history, risk, now);
  if (inForce?.kind !== 'decided') {
    throw refused('closing-not-approved', [
      'no approved treatment is in force for this risk, so there is nothing to close',
      'このリスクには有効な承認済みの対応がないため、完了にできません',
    ]);
  }
  const shown = riskShown(inForce);
  const aim = shown?.target.high ?? 0;
  if (risk.current.high > aim) {
    const open = openGuards(risk).join(', ');
    throw refused('closing-not-reduced', [
      `the value is ${risk.current.high} and was to come down to ${aim}; not on: ${open || 'nothing that is proposed'}`,
      `現在の値は${risk.current.high}で、目標の${aim}に達していません。未対策:${open || 'なし'}`,
    ]);
  }
  const before = new Set(shown ? guardsOn(shown) : []);
  return [
    {
      kind: 'value',
      what: `value ${risk.current.low}-${risk.current.high} at ${kept.assessment.assessedAt}`,
    },
    ...guardsOn(risk)
      .filter((key) => !before.has(key))
      .map((what): ClosingEvidence => ({ kind: 'safeguard', what, state: 'on' })),
  ];
}

function goneEvidence({ act, kept }: Recording, said: readonly string[]): readonly ClosingEvidence[] {
  const { environment, coverage, assessedAt } = kept.assessment;
  const unread = coverage.notAnalysed.filter(({ kind }) => kind === 'input');
  if (unread.length > 0) {
    throw refused('closing-not-read', [
      `the last assessment could not read everything (${unread[0]?.what}), so the risk may still be there`,
      `最後の評価で読み取れないものがありました(${unread[0]?.what})。リスクは残っている可能性があります`,
    ]);
  }
  const known = new Set(environment.resources.map(({ id }) => id));
  const missing = act.risk.assets.map(({ resource }) => resource).filter((id) => !known.has(id));
  if (missing.length > 0 && said.length === 0) {
    throw refused('closing-evidence', [
      `${missing.join(', ')} was not among what was read: removed, or only not given? Say with --evidence how you know`,
      `${missing.join('、')} は読み取り対象にありません。削除されたのか、指定しなかっただけか、--evidence で根拠を示してください`,
    ]);
  }
  const count = environment.resources.length;
  return [{ kind: 'gone', what: `not in the assessment of ${assessedAt} (${count} resources)` }];
}

function guardsOn(risk: Risk): readonly string[] {
  return guardKeys(risk, (state) => state === 'on');
}

function openGuards(risk: Risk): readonly string[] {
  return guardKeys(risk, (state, proposed) => state !== 'on' && proposed);
}

function guardKeys(
  { scoring }: Risk,
  wanted: (state: string, proposed: boolean) => boolean,
): readonly string[] {
  const guards = [
    ...scoring.limits,
    ...scoring.paths.flatMap(({ steps }) => steps.flatMap((step) => step.guards)),
  ];
  return [...new Set(guards.filter(({ state, proposed }) => wanted(state, proposed)).map(guardKey))];
}

function refused(code: string, [en, ja]: readonly [string, string]): HonmaruError {
  const message: Text = text(en, ja);
  return new HonmaruError({ code, message });
}
