import type { Assessment } from '../model/assessment.ts';
import type { DecisionEntry, RiskDecision } from '../model/decision.ts';
import { firstEnvironmentName } from '../model/moved.ts';
import type { Risk } from '../model/risk.ts';
import { historyName } from './entry.ts';
import type { Histories } from './heads.ts';
import { judge } from './judge.ts';
import type { Roots } from './roots.ts';
import { standingOf } from './status.ts';

/** The name under which the histories of an environment are kept. */
export function environmentOf({ environment }: Assessment): string {
  return firstEnvironmentName(environment.name, environment.moved);
}

/** How many signatures are looked at at once. */
const AT_ONCE = 8;

/** Where each risk of an assessment stands, in its order; then what was decided about risks that are gone. */
export async function applyDecisions(
  assessment: Assessment,
  histories: Histories,
  roots: Roots,
  now: Date,
): Promise<readonly RiskDecision[]> {
  const environment = environmentOf(assessment);
  const known = new Map(assessment.risks.map((risk) => [risk.id, risk]));
  const gone = [...histories.values()].flatMap((history) => {
    const [first] = history;
    return first?.environment === environment && !known.has(first.risk) ? [first.risk] : [];
  });
  const ids = [...known.keys(), ...gone];
  const decisions: RiskDecision[] = [];
  for (let at = 0; at < ids.length; at += AT_ONCE) {
    const some = ids.slice(at, at + AT_ONCE).map((id) => {
      const history = histories.get(historyName({ environment, risk: id })) ?? [];
      return decisionAbout(id, { history, risk: known.get(id), roots, now });
    });
    decisions.push(...(await Promise.all(some)));
  }
  return decisions;
}

interface Matter {
  readonly history: readonly DecisionEntry[];
  /** Undefined where the environment has it no more. */
  readonly risk: Risk | undefined;
  readonly roots: Roots;
  readonly now: Date;
}

/** Where one risk stands, and whether that counts. */
export async function decisionAbout(
  id: string,
  { history, risk, roots, now }: Matter,
): Promise<RiskDecision> {
  const { status, inForce } = standingOf(history, risk, now);
  const said = { risk: id, ...status, ...(risk ? {} : { gone: true }) };
  if (!inForce) return { ...said, counts: false };
  const { assurance, doubt } = await judge(inForce, roots);
  return { ...said, assurance, counts: doubt === undefined, ...(doubt ? { doubt } : {}) };
}
