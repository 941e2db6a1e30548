import type { EditValue } from '../../model/remedy.ts';
import { isList, isMap, sameValue } from './functions.ts';

/** What is to become of one place of a document and of the places below it. */
export interface Patch {
  set?: EditValue;
  remove?: true;
  readonly below: Map<string, Patch>;
  /** Ids of the changes that ask for it. */
  readonly by: Set<string>;
}

export function emptyPatch(): Patch {
  return { below: new Map(), by: new Set() };
}

/** One wish about a place, by the path of keys and list indexes that leads to it. */
export interface Wish {
  readonly path: readonly string[];
  /** Undefined takes the place out. */
  readonly value: EditValue | undefined;
}

/** Whether a wish can be granted beside what is asked for already; the same wish twice can. */
export function agrees(patch: Patch, { path, value }: Wish): boolean {
  let at: Patch | undefined = patch;
  for (const step of path) {
    if (at.set !== undefined || at.remove) return false;
    at = at.below.get(step);
    if (!at) return true;
  }
  if (at.below.size > 0) return false;
  if (at.remove) return value === undefined;
  if (at.set === undefined) return true;
  return value !== undefined && sameValue(at.set, value);
}

/** Writes a wish into a patch with which it agrees. */
export function grant(patch: Patch, { path, value }: Wish, by: string): void {
  let at = patch;
  at.by.add(by);
  for (const step of path) {
    const next: Patch = at.below.get(step) ?? emptyPatch();
    at.below.set(step, next);
    at = next;
    at.by.add(by);
  }
  if (value === undefined) at.remove = true;
  else at.set = value;
}

/** What a patch makes where nothing stands: a list where only numbers are asked for, else a map. */
export function madeFrom(patch: Patch): EditValue | undefined {
  if (patch.set !== undefined) return patch.set;
  const made = [...patch.below].flatMap(([key, inner]) => {
    const value = inner.remove ? undefined : madeFrom(inner);
    return value === undefined ? [] : [[key, value] as const];
  });
  if (made.length === 0) return undefined;
  const isListOfItems = made.every(([key]) => /^\d+$/.test(key));
  if (!isListOfItems) return Object.fromEntries(made);
  return made.toSorted((a, b) => Number(a[0]) - Number(b[0])).map(([, value]) => value);
}

/** A plain value with a patch applied: what an edited file must say when it is read again. */
export function patched(value: EditValue | undefined, patch: Patch): EditValue | undefined {
  if (patch.remove) return undefined;
  if (patch.set !== undefined) return patch.set;
  if (patch.below.size === 0) return value;
  const asksForItems = [...patch.below.keys()].every((key) => /^\d+$/.test(key));
  if (asksForItems && value !== undefined && value !== null) return patchedList(value, patch);
  if (!isMap(value)) return madeFrom(patch);
  const result = new Map(Object.entries(value));
  for (const [key, inner] of patch.below) {
    const next = patched(result.get(key), inner);
    if (next === undefined) result.delete(key);
    else result.set(key, next);
  }
  return Object.fromEntries(result);
}

function patchedList(value: EditValue, patch: Patch): EditValue {
  const before = isList(value) ? value : [value];
  const kept = before.flatMap((item, index) => {
    const inner = patch.below.get(String(index));
    const next = inner ? patched(item, inner) : item;
    return next === undefined ? [] : [next];
  });
  const added = [...patch.below]
    .filter(([key]) => Number(key) >= before.length)
    .toSorted((a, b) => Number(a[0]) - Number(b[0]))
    .map(([, inner]) => madeFrom(inner))
    .filter((item) => item !== undefined);
  return [...kept, ...added];
}
