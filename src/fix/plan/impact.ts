import type { Assessment } from '../../model/assessment.ts';
import type { Band, Guard, PlacedSafeguard, Risk } from '../../model/risk.ts';
import { highWithGuards, openGuards } from '../../risk/minimal-sets.ts';
import { bandOf } from '../../risk/score.ts';

/** A risk whose band changes. */
export interface BandChange {
  readonly risk: string;
  readonly rule: string;
  readonly from: Band;
  readonly to: Band;
}

/** A risk whose band changes only when others are put on as well. */
export interface JointChange extends BandChange {
  readonly with: readonly PlacedSafeguard[];
}

/** What one change does to the risks: by itself, or together with others. */
export interface Impact {
  readonly alone: readonly BandChange[];
  readonly together: readonly JointChange[];
}

/**
 * Tells what putting safeguards on at places does to the risks of an assessment (ids such as
 * `waf@cfn:web/LoadBalancer`); the guards of every risk are gathered once.
 */
export function impacts(assessment: Assessment): (ids: ReadonlySet<string>) => Impact {
  const byId = new Map<string, GuardedRisk[]>();
  for (const risk of assessment.risks) {
    const guarded = { risk, guards: openGuards(risk.scoring) };
    for (const id of new Set(guarded.guards.map(placedId))) {
      byId.set(id, [...(byId.get(id) ?? []), guarded]);
    }
  }
  return (ids) => impactOf([...new Set([...ids].flatMap((id) => byId.get(id) ?? []))], ids);
}

interface GuardedRisk {
  readonly risk: Risk;
  readonly guards: readonly Guard[];
}

function impactOf(risks: readonly GuardedRisk[], ids: ReadonlySet<string>): Impact {
  const alone: BandChange[] = [];
  const together: JointChange[] = [];
  for (const guarded of risks) {
    const { risk, guards } = guarded;
    const own = guards.filter((guard) => ids.has(placedId(guard)));
    const from = risk.band.current;
    const to = bandOf(highWithGuards(risk.scoring, own));
    if (to !== from) {
      alone.push({ risk: risk.id, rule: risk.rule, from, to });
      continue;
    }
    const joint = jointSet(guarded, own, ids);
    if (joint) together.push(joint);
  }
  return { alone, together };
}

/** The smallest set that lowers the band and in which one of these guards stands. */
function jointSet(
  { risk, guards: open }: GuardedRisk,
  own: readonly Guard[],
  ids: ReadonlySet<string>,
): JointChange | undefined {
  const set = (risk.lowering ?? []).find((each) =>
    each.some((placed) => ids.has(`${placed.id}@${placed.place}`)),
  );
  if (!set) return undefined;
  const others = set.filter((placed) => !ids.has(`${placed.id}@${placed.place}`));
  const guards = open.filter(
    (guard) => own.includes(guard) || others.some((placed) => isSame(placed, guard)),
  );
  const to = bandOf(highWithGuards(risk.scoring, guards));
  return { risk: risk.id, rule: risk.rule, from: risk.band.current, to, with: others };
}

function isSame(placed: PlacedSafeguard, guard: Guard): boolean {
  return placed.id === guard.safeguard && placed.place === guard.place && placed.facet === guard.facet;
}

/** The id of the change that puts a guard on. */
export function placedId(guard: Pick<Guard, 'safeguard' | 'place'>): string {
  return `${guard.safeguard}@${guard.place}`;
}
