import type { Assessment } from '../model/assessment.ts';
import type { Finding } from '../model/finding.ts';
import { firstNames } from '../model/moved.ts';
import type { Risk } from '../model/risk.ts';
import type { SafeguardState } from '../model/safeguard.ts';
import { type Rename, renames } from './renames.ts';

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
 * Compares two assessments of one environment. Risks are the same by id, findings by control and resource, each
 * under the first name of what was renamed; a risk is raised when its interval lies higher at its upper end, or
 * there equally and higher at its lower.
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
  const earlier = statusesOf(before);
  const later = statusesOf(after);
  const failsNewly = (one: Assessment, known: ReadonlyMap<string, string>) => {
    const key = findingKey(one);
    return one.findings.filter((each) => each.status === 'FAIL' && known.get(key(each)) !== 'FAIL');
  };
  return { failing: failsNewly(after, earlier), mended: failsNewly(before, later) };
}

function findingKey({ environment }: Assessment): (finding: Finding) => string {
  const first = firstNames(environment.moved);
  return ({ control, resource }) => `${control} ${first(resource)}`;
}

function statusesOf(assessment: Assessment): ReadonlyMap<string, string> {
  const key = findingKey(assessment);
  return new Map(assessment.findings.map((finding) => [key(finding), finding.status]));
}

function changedStates(before: Assessment, after: Assessment): readonly ChangedState[] {
  const earlier = statesOf(before);
  const later = statesOf(after);
  return [...new Set([...earlier.keys(), ...later.keys()])].flatMap((key) => {
    const [old, now] = [earlier.get(key), later.get(key)];
    const { safeguard, place } = now ?? old ?? { safeguard: '', place: '' };
    const states = { before: old?.state, after: now?.state };
    return states.before === states.after ? [] : [{ safeguard, place, ...states }];
  });
}

interface StateAt {
  readonly safeguard: string;
  readonly place: string;
  readonly state: SafeguardState;
}

function statesOf({ safeguards, environment }: Assessment): ReadonlyMap<string, StateAt> {
  const first = firstNames(environment.moved);
  return new Map(
    safeguards.flatMap(({ id, attachments }) =>
      attachments.map(
        ({ resource, state }) =>
          [`${id}\n${first(resource)}`, { safeguard: id, place: resource, state }] as const,
      ),
    ),
  );
}

/** The risks that a change makes worse: new ones, and those that rose. */
export function worsened({ risks }: Comparison): readonly Risk[] {
  return [...risks.appeared, ...risks.raised.map(({ after }) => after)];
}

/** Whether any risk appeared or rose. */
export function isWorse({ risks }: Comparison): boolean {
  return risks.appeared.length > 0 || risks.raised.length > 0;
}
