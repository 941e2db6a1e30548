import { overallState } from '../../model/safeguard-state.ts';
import { checklistOf, checklistScore } from '../../report/checklist.ts';
import { bandOf } from '../../risk/score.ts';
import type { Band, Factor, Overview, SafeguardState } from '../contract.ts';
import type { Base } from '../environment/base.ts';
import { type DayDetails, type Diary, isOpen } from '../environment/diary.ts';
import type { View } from '../environment/view.ts';
import { warningsOf } from '../environment/warnings.ts';
import { rowsFor } from './risks.ts';
import type { Visitor } from './visitor.ts';

const FACTORS: readonly Factor[] = ['vulnerability', 'credential-leak', 'overload', 'human-error'];
const MOST_ROWS = 20;

/** The state at a glance. */
export async function overviewPage(view: View, visitor: Visitor, diary: Diary): Promise<Overview> {
  const { base } = view;
  const { assessment } = base;
  const { environment, safeguards } = assessment;
  const open = assessment.risks.filter(({ id }) => isOpen(view, id));
  const [days, before, meanTimeToClose] = await Promise.all([
    diary.days(view.environment),
    diary.lastBefore(view.environment, assessment.assessedAt.slice(0, 10)),
    diary.meanTimeToClose(view.environment),
  ]);
  const rows = rowsFor(view, visitor);
  const checklist = checklistOf(safeguards);
  const since = before && sinceYesterday(view, before);
  return {
    revision: view.revision,
    environment: {
      name: environment.name,
      scope: environment.scope,
      ...(view.roots.owner !== undefined && { owner: view.roots.owner }),
      alone: view.roots.alone,
      resources: environment.resources.length,
      files: base.files,
    },
    assessedAt: assessment.assessedAt,
    watching: view.watching,
    ...(view.banner && { banner: view.banner }),
    warnings: base.memo(warningsOf),
    open: {
      total: open.length,
      byBand: perBand(open.map(({ band }) => band.current)),
      byFactor: FACTORS.map((factor) => {
        const some = open.filter((risk) => risk.factor === factor);
        return { factor, byBand: perBand(some.map(({ band }) => band.current)), total: some.length };
      }),
    },
    trend: days.map(({ day, open: counts }) => ({ day, open: counts })),
    ...(since && { sinceYesterday: since }),
    waiting: rows.filter(({ waitsForMe }) => waitsForMe).slice(0, MOST_ROWS),
    lapsed: rows.filter(({ standing }) => standing.status === 'lapsed').slice(0, MOST_ROWS),
    safeguards: {
      byState: perState(
        safeguards.map(({ attachments }) => overallState(attachments.map(({ state }) => state))),
      ),
      off: safeguards.flatMap(({ id, name, attachments }) => {
        const state = overallState(attachments.map((each) => each.state));
        return state === 'off' || state === 'partial' ? [{ id, name, state }] : [];
      }),
    },
    checklist: { on: checklistScore(checklist), of: checklist.length, items: checklist },
    ...(meanTimeToClose && { meanTimeToClose }),
    findings: base.memo(findingCounts),
  };
}

function findingCounts({ assessment }: Base): Overview['findings'] {
  const of = (wanted: string) => assessment.findings.filter(({ status }) => status === wanted).length;
  return { failing: of('FAIL'), unknown: of('UNKNOWN') };
}

function failingIds({ assessment }: Base): ReadonlySet<string> {
  return new Set(assessment.findings.flatMap(({ id, status }) => (status === 'FAIL' ? [id] : [])));
}

function perBand(bands: readonly Band[]): Record<Band, number> {
  const counts: Record<Band, number> = { low: 0, medium: 0, high: 0 };
  for (const band of bands) counts[band] += 1;
  return counts;
}

function perState(states: readonly SafeguardState[]): Record<SafeguardState, number> {
  const counts: Record<SafeguardState, number> = {
    on: 0,
    partial: 0,
    off: 0,
    unknown: 0,
    'not-applicable': 0,
  };
  for (const state of states) counts[state] += 1;
  return counts;
}

/** Against the last state of an earlier day. */
function sinceYesterday({ base }: View, before: DayDetails): Overview['sinceYesterday'] {
  const { assessment } = base;
  const earlier = new Map(before.risks.map((risk) => [risk.id, risk]));
  const now = new Set(assessment.risks.map(({ id }) => id));
  const changed = assessment.risks.flatMap((risk) => {
    const known = earlier.get(risk.id);
    if (!known || known.value === risk.current.high) return [];
    const { id, title } = risk;
    return [
      {
        up: risk.current.high > known.value,
        row: {
          id,
          title,
          from: bandOf(known.value),
          fromValue: known.value,
          to: risk.band.current,
          toValue: risk.current.high,
        },
      },
    ];
  });
  const failing = base.memo(failingIds);
  const failed = new Set(before.failing);
  // Of very many findings only their number was remembered.
  const difference = failing.size - before.failingCount;
  const whole = before.failing.length === before.failingCount;
  return {
    from: before.at,
    appeared: assessment.risks
      .filter(({ id }) => !earlier.has(id))
      .map(({ id, title, band }) => ({ id, title, band: band.current })),
    disappeared: before.risks
      .filter(({ id }) => !now.has(id))
      .map(({ id, title, band }) => ({ id, title, band })),
    raised: changed.filter(({ up }) => up).map(({ row }) => row),
    lowered: changed.filter(({ up }) => !up).map(({ row }) => row),
    failing: whole ? [...failing].filter((id) => !failed.has(id)).length : Math.max(0, difference),
    mended: whole ? before.failing.filter((id) => !failing.has(id)).length : Math.max(0, -difference),
  };
}
