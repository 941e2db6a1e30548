import type { Assessment } from '../model/assessment.ts';
import type { Finding } from '../model/finding.ts';
import type { Risk } from '../model/risk.ts';
import type { SafeguardState } from '../model/safeguard.ts';

/** A risk whose current value changed. */
export interface ChangedRisk {
  readonly before: Risk;
  readonly after: Risk;
}

/** A safeguard whose state at one place changed; undefined where the place is new or gone. */
export interface ChangedState {
  readonly safeguard: string;
  readonly place: string;
  readonly before: SafeguardState | undefined;
  readonly after: SafeguardState | undefined;
}

/** A resource that seems to have another name now: what a `moved:` entry would say. */
export interface Rename {
  readonly from: string;
  readonly to: string;
}

/** What a change does to an environment. */
export interface Comparison {
  readonly schema: 'honmaru.comparison/1';
  readonly risks: {
    readonly appeared: readonly Risk[];
    readonly disappeared: readonly Risk[];
    readonly raised: readonly ChangedRisk[];
    readonly lowered: readonly ChangedRisk[];
  };
  readonly findings: { readonly failing: readonly Finding[]; readonly mended: readonly Finding[] };
  readonly safeguards: readonly ChangedState[];
  readonly renamed: readonly Rename[];
}

/**
 * Compares two assessments of one environment. Risks are the same by id, findings by control and resource; a
 * risk is raised when its interval lies higher at its upper end, or there equally and higher at its lower.
 */
export function compareAssessments(before: Assessment, after: Assessment): Comparison {
  const earlier = new Map(before.risks.map((risk) => [risk.id, risk]));
  const later = new Set(after.risks.map(({ id }) => id));
  const both = after.risks.flatMap((risk) => {
    const known = earlier.get(risk.id);
    return known ? [{ before: known, after: risk }] : [];
  });
  return {
    schema: 'honmaru.comparison/1',
    risks: {
      appeared: after.risks.filter(({ id }) => !earlier.has(id)),
      disappeared: before.risks.filter(({ id }) => !later.has(id)),
      raised: both.filter((pair) => rise(pair) > 0),
      lowered: both.filter((pair) => rise(pair) < 0),
    },
    findings: comparedFindings(before, after),
    safeguards: changedStates(before, after),
    renamed: renames(before, after),
  };
}

function rise({ before, after }: ChangedRisk): number {
  return after.current.high - before.current.high || after.current.low - before.current.low;
}

function comparedFindings(before: Assessment, after: Assessment): Comparison['findings'] {
  const status = (findings: readonly Finding[]) =>
    new Map(findings.map((finding) => [`${finding.control} ${finding.resource}`, finding.status]));
  const earlier = status(before.findings);
  const later = status(after.findings);
  const key = (finding: Finding) => `${finding.control} ${finding.resource}`;
  return {
    failing: after.findings.filter((each) => each.status === 'FAIL' && earlier.get(key(each)) !== 'FAIL'),
    mended: before.findings.filter((each) => each.status === 'FAIL' && later.get(key(each)) !== 'FAIL'),
  };
}

function changedStates(before: Assessment, after: Assessment): readonly ChangedState[] {
  const earlier = statesOf(before);
  const later = statesOf(after);
  return [...new Set([...earlier.keys(), ...later.keys()])].flatMap((key) => {
    const [safeguard = '', place = ''] = key.split('\n');
    const states = { before: earlier.get(key), after: later.get(key) };
    return states.before === states.after ? [] : [{ safeguard, place, ...states }];
  });
}

function statesOf({ safeguards }: Assessment): ReadonlyMap<string, SafeguardState> {
  return new Map(
    safeguards.flatMap(({ id, attachments }) =>
      attachments.map(({ resource, state }) => [`${id}\n${resource}`, state] as const),
    ),
  );
}

/**
 * Resources that are gone and came, of one type, of which every control says the same; only where it is
 * clear which became which.
 */
function renames(before: Assessment, after: Assessment): readonly Rename[] {
  const gone = candidates(before, after);
  const came = candidates(after, before);
  return [...gone].flatMap(([likeness, [from, ...otherGone]]) => {
    const [to, ...otherCame] = came.get(likeness) ?? [];
    return from && to && otherGone.length === 0 && otherCame.length === 0 ? [{ from, to }] : [];
  });
}

/** The resources of one assessment that the other has not, by what makes them alike. */
function candidates(one: Assessment, other: Assessment): ReadonlyMap<string, readonly string[]> {
  const known = new Set(other.environment.resources.map(({ id }) => id));
  const verdicts = new Map<string, string[]>();
  for (const { resource, control, status } of one.findings) {
    verdicts.set(resource, [...(verdicts.get(resource) ?? []), `${control}=${status}`]);
  }
  const found = new Map<string, string[]>();
  for (const { id, type } of one.environment.resources) {
    const judged = verdicts.get(id);
    if (known.has(id) || !judged) continue;
    const likeness = `${type} ${judged.toSorted().join(' ')}`;
    found.set(likeness, [...(found.get(likeness) ?? []), id]);
  }
  return found;
}

/** Whether a change makes something worse: a new or raised risk. */
export function isWorse({ risks }: Comparison): boolean {
  return risks.appeared.length > 0 || risks.raised.length > 0;
}
