import { HonmaruError } from '../kernel/errors.ts';
import { type Text, text } from '../kernel/texts.ts';
import type { Assessment } from '../model/assessment.ts';
import type { ClosingEvidence, UnsealedEntry } from '../model/decision.ts';
import type { Risk } from '../model/risk.ts';
import { guardKey } from '../risk/score.ts';
import { closingReason } from './closing-reason.ts';
import { riskShown } from './entry.ts';
import { type Act, close, isClosed } from './life.ts';
import type { Roots } from './roots.ts';
import { standingOf } from './status.ts';

/** A risk that is to be closed, and the assessment that shows how it stands. */
export interface ClosingMatter {
  readonly act: Pick<Act, 'risk' | 'history' | 'now'>;
  /** The environment has it no more. */
  readonly gone: boolean;
  readonly assessment: Pick<Assessment, 'environment' | 'coverage' | 'assessedAt'>;
}

/** What an assessment says for the closing of a risk. */
export interface ClosingFacts {
  readonly evidence: readonly ClosingEvidence[];
  /** Resources of a risk that is gone which are gone too: somebody has to say how they know. */
  readonly missing: readonly string[];
}

/**
 * The facts by which a risk can be closed. A risk that is there is closed when its value is down to what the
 * approved treatment aimed at, with the safeguards that are on as evidence. One that is gone is closed only when
 * nothing was unreadable: missing data closes nothing.
 *
 * @throws HonmaruError `closing-done`, `closing-not-approved`, `closing-not-reduced`, `closing-not-read`.
 */
export function closingFacts(matter: ClosingMatter): ClosingFacts {
  const { act, gone } = matter;
  const { inForce } = standingOf(act.history, gone ? undefined : act.risk, act.now);
  if (inForce?.kind === 'closed' || (gone && isClosed(act.history))) {
    throw refused('closing-done', ['this risk is closed already', 'このリスクはすでに完了しています']);
  }
  return gone ? goneFacts(matter) : { evidence: reducedEvidence(matter), missing: [] };
}

/**
 * The entry that closes a risk, with what a person says beside the facts.
 *
 * @throws HonmaruError as `closingFacts`, `closing-evidence` where a person's word is needed and missing, and those
 * of `close`.
 */
export function closingOf(
  matter: ClosingMatter & { readonly act: Act },
  { reason, said }: { readonly reason?: string | undefined; readonly said: readonly string[] },
  roots: Roots,
): UnsealedEntry {
  const { evidence, missing } = closingFacts(matter);
  if (missing.length > 0 && said.length === 0) {
    throw refused('closing-evidence', [
      `${missing.join(', ')} was not among what was read: removed, or only not given? Say with --evidence how you know`,
      `${missing.join('、')} は読み取り対象にありません。削除されたのか、指定しなかっただけか、--evidence で根拠を示してください`,
    ]);
  }
  const words = said.map((what): ClosingEvidence => ({ kind: 'said', what }));
  const value = matter.gone ? 0 : matter.act.risk.current.high;
  const why = reason ?? closingReason(matter.gone, value);
  return close(matter.act, { reason: why, evidence: [...evidence, ...words], value }, roots);
}

function reducedEvidence({ act, assessment }: ClosingMatter): readonly ClosingEvidence[] {
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
      what: `value ${risk.current.low}-${risk.current.high} at ${assessment.assessedAt}`,
    },
    ...guardsOn(risk)
      .filter((key) => !before.has(key))
      .map((what): ClosingEvidence => ({ kind: 'safeguard', what, state: 'on' })),
  ];
}

function goneFacts({ act, assessment }: ClosingMatter): ClosingFacts {
  const { environment, coverage, assessedAt } = assessment;
  const [unread] = coverage.notAnalysed.filter(({ kind }) => kind === 'input');
  if (unread) {
    throw refused('closing-not-read', [
      `the last assessment could not read everything (${unread.what}), so the risk may still be there`,
      `最後の評価で読み取れないものがありました(${unread.what})。リスクは残っている可能性があります`,
    ]);
  }
  const known = new Set(environment.resources.map(({ id }) => id));
  const count = environment.resources.length;
  return {
    evidence: [{ kind: 'gone', what: `not in the assessment of ${assessedAt} (${count} resources)` }],
    missing: act.risk.assets.map(({ resource }) => resource).filter((id) => !known.has(id)),
  };
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
