import type { Change } from '../../fix/plan/change.ts';
import { type Impact, impacts } from '../../fix/plan/impact.ts';
import type { FixPlan } from '../../fix/plan/plan.ts';
import { undoOf } from '../../fix/plan/undo.ts';
import { priceOf } from '../../fix/prices/prices.ts';
import { type Hunk, hunksOf } from '../../fix/text/hunks.ts';
import type { Text } from '../../kernel/texts.ts';
import type { Assessment } from '../../model/assessment.ts';
import type { Finding } from '../../model/finding.ts';
import type { Band } from '../../model/risk.ts';
import { compareAssessments } from '../../risk/compare.ts';

/** A change with all that is said about it. */
export interface ReportedChange extends Change {
  readonly impact: Impact;
  /** Typical US dollars a month; 0 where another change of the plan pays for the same thing already. */
  readonly dollars: number;
  readonly undo: Text;
}

/** The diff of one file in one round. */
export interface FileDiff {
  readonly path: string;
  readonly isNew: boolean;
  readonly hunks: readonly Hunk[];
}

/** Everything that `fix` says. */
export interface FixReport {
  readonly environment: string;
  readonly changes: readonly ReportedChange[];
  readonly files: readonly FileDiff[];
  readonly dollars: number;
  readonly notes: readonly Text[];
  /** Risks by band, before and after. */
  readonly bands: {
    readonly before: Readonly<Record<Band, number>>;
    readonly after: Readonly<Record<Band, number>>;
  };
  /** Controls that fail afterwards and did not before, on resources that were there. */
  readonly newFailing: readonly Finding[];
  /** The same on resources that the plan adds. */
  readonly failingOnAdded: readonly Finding[];
  /** Edited safeguards that are still off or partial afterwards: an edit does a part of the work. */
  readonly remaining: readonly { readonly id: string; readonly because: Text }[];
  /** Rules of risks whose value rises. */
  readonly raised: readonly { readonly rule: string; readonly before: number; readonly after: number }[];
  readonly assessment: Assessment;
  /** The resources that the plan adds. */
  readonly added: readonly { readonly id: string; readonly name: string }[];
}

/** Puts together what a plan means. */
export function fixReport(
  plan: FixPlan,
  before: Assessment,
  after: Assessment,
  notes: readonly Text[],
): FixReport {
  const comparison = compareAssessments(before, after);
  const there = new Set(before.environment.resources.map(({ id }) => id));
  const changes = reported(plan.changes, before, after);
  return {
    environment: before.environment.name,
    changes,
    files: plan.rounds.flat().map(({ file, splices, isNew }) => ({
      path: file.path,
      isNew,
      hunks: hunksOf(file.text, splices),
    })),
    dollars: changes.reduce((sum, { dollars }) => sum + dollars, 0),
    notes,
    bands: { before: countBands(before), after: countBands(after) },
    newFailing: comparison.findings.failing.filter(({ resource }) => there.has(resource)),
    failingOnAdded: comparison.findings.failing.filter(({ resource }) => !there.has(resource)),
    remaining: remaining(plan, after),
    raised: comparison.risks.raised.map(({ before: old, after: now }) => ({
      rule: now.rule,
      before: old.current.high,
      after: now.current.high,
    })),
    assessment: before,
    added: after.environment.resources.filter(({ id }) => !there.has(id)),
  };
}

/** What a CDK app makes is known only when it is synthesized again, so nothing is said of its changes. */
function remaining(plan: FixPlan, { safeguards }: Assessment): FixReport['remaining'] {
  const inApps = new Set(
    plan.rounds
      .flat()
      .flatMap(({ file, splices }) => (file.path.endsWith('.ts') ? splices.flatMap(({ by }) => by) : [])),
  );
  const edited = new Set(
    plan.changes.filter(({ id, outcome }) => outcome === 'edit' && !inApps.has(id)).map(({ id }) => id),
  );
  return safeguards.flatMap(({ id, attachments }) =>
    attachments
      .filter(
        ({ resource, state }) => edited.has(`${id}@${resource}`) && (state === 'off' || state === 'partial'),
      )
      .map(({ resource, because }) => ({ id: `${id}@${resource}`, because })),
  );
}

function reported(
  changes: readonly Change[],
  before: Assessment,
  after: Assessment,
): readonly ReportedChange[] {
  const paid = new Set<string>();
  const [impactBefore, impactAfter] = [impacts(before), impacts(after)];
  return changes.map((change) => {
    const price = change.outcome === 'edit' ? priceOf(change.safeguard) : undefined;
    const once = price?.per === 'region' || price?.per === 'account';
    const isPaid = once && paid.has(change.safeguard);
    if (price) paid.add(change.safeguard);
    const impact = impactBefore(new Set([change.id]));
    const none = impact.alone.length + impact.together.length === 0;
    return {
      ...change,
      impact: none ? impactAfter(new Set([change.id])) : impact,
      dollars: isPaid ? 0 : (price?.monthly.typical ?? 0),
      undo: undoOf(change.edits),
    };
  });
}

function countBands({ risks }: Assessment): Record<Band, number> {
  const count = { high: 0, medium: 0, low: 0 };
  for (const { band } of risks) count[band.current] += 1;
  return count;
}
