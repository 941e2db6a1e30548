import type { AssessedResource, Assessment } from '../model/assessment.ts';
import { firstNames, type Moved } from '../model/moved.ts';

/** Something that seems to have another name now, and nobody declared: what a `moved:` entry would say. */
export type Rename = Moved;

/**
 * What seems renamed between two assessments: stacks of which at least half of the resources are found again
 * in one new stack, then resources that are gone and came, of one type, of which every control says the
 * same. Only where it is clear which became which.
 */
export function renames(before: Assessment, after: Assessment): readonly Rename[] {
  const stacks = renamedStacks(before, after);
  return [...stacks, ...renamedResources(before, after, stacks)];
}

/**
 * What one stack became, for two versions of one environment whose files are called differently: what seems
 * renamed, and where each side has a single stack, that one whatever it holds now.
 */
export function stackCounterparts(before: Assessment, after: Assessment): readonly Rename[] {
  const [old, now] = [stacksOf(before), stacksOf(after)];
  const [[from, ...otherOld], [to, ...otherNow]] = [[...old.keys()], [...now.keys()]];
  const single = from !== undefined && to !== undefined && otherOld.length + otherNow.length === 0;
  if (single) return from === to ? [] : [{ from, to }];
  return renamedStacks(before, after);
}

/** `cfn:<stack>` of a resource's id; undefined for other sources, whose names have no stack. */
function stackOf(id: string): string | undefined {
  const at = id.lastIndexOf('/');
  return id.startsWith('cfn:') && at > 0 ? id.slice(0, at) : undefined;
}

function renamedStacks(before: Assessment, after: Assessment): readonly Rename[] {
  const [old, now] = [stacksOf(before), stacksOf(after)];
  const gone = [...old.keys()].filter((stack) => !now.has(stack));
  const came = [...now.keys()].filter((stack) => !old.has(stack));
  return gone.flatMap((from) => {
    const alike = came.filter((to) => areAlike(old.get(from) ?? new Set(), now.get(to) ?? new Set()));
    const [to, ...others] = alike;
    return to !== undefined && others.length === 0 ? [{ from, to }] : [];
  });
}

/** Each stack with what it declares: logical ids with their types. An id is the one that is first known. */
function stacksOf({ environment }: Assessment): ReadonlyMap<string, ReadonlySet<string>> {
  const first = firstNames(environment.moved);
  const stacks = new Map<string, Set<string>>();
  for (const { id, type } of environment.resources) {
    const known = first(id);
    const stack = stackOf(known);
    if (stack === undefined) continue;
    const declared = stacks.get(stack) ?? new Set();
    stacks.set(stack, declared.add(`${known.slice(stack.length)} ${type}`));
  }
  return stacks;
}

function areAlike(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  const shared = one.intersection(other).size;
  return shared > 0 && 2 * shared >= Math.max(one.size, other.size);
}

function renamedResources(
  before: Assessment,
  after: Assessment,
  stacks: readonly Rename[],
): readonly Rename[] {
  const firstBefore = firstNames(before.environment.moved);
  const firstAfter = firstNames([...(after.environment.moved ?? []), ...stacks]);
  const gone = candidates(before, { own: firstBefore, known: namesOf(after, firstAfter) });
  const came = candidates(after, { own: firstAfter, known: namesOf(before, firstBefore) });
  return [...gone].flatMap(([likeness, [from, ...otherGone]]) => {
    const [to, ...otherCame] = came.get(likeness) ?? [];
    return from && to && otherGone.length === 0 && otherCame.length === 0 ? [{ from, to }] : [];
  });
}

type Naming = (id: string) => string;

function namesOf({ environment }: Assessment, first: Naming): ReadonlySet<string> {
  return new Set(environment.resources.map(({ id }) => first(id)));
}

/** The resources of one assessment that the other has not, by what makes them alike. */
function candidates(
  assessment: Assessment,
  { own, known }: { readonly own: Naming; readonly known: ReadonlySet<string> },
): ReadonlyMap<string, readonly string[]> {
  const verdicts = new Map<string, string[]>();
  for (const { resource, control, status } of assessment.findings) {
    const list = verdicts.get(resource);
    if (list) list.push(`${control}=${status}`);
    else verdicts.set(resource, [`${control}=${status}`]);
  }
  const found = new Map<string, string[]>();
  for (const resource of assessment.environment.resources) {
    const judged = verdicts.get(resource.id);
    if (known.has(own(resource.id)) || !judged) continue;
    const likeness = likenessOf(resource, judged);
    found.set(likeness, [...(found.get(likeness) ?? []), resource.id]);
  }
  return found;
}

function likenessOf({ type }: AssessedResource, judged: readonly string[]): string {
  return `${type} ${judged.toSorted().join(' ')}`;
}
