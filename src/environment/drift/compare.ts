import { referenceFrom, type Value } from '../../model/value.ts';
import { isRedacted } from '../../sources/aws/redact.ts';

/** Whether what is declared and what was found say the same; undecided where one of them is not known. */
export type Likeness = 'same' | 'different' | 'undecided';

/** The declared resource that a live id means; undefined where nothing declares it. */
export type DeclaredId = (live: string) => string | undefined;

/** Written in base64 in one place and as text in the other, and without its secrets when it was collected. */
const SCRIPTS: ReadonlySet<string> = new Set(['UserData']);

/** Deepest comparison; policies and rules are far less deep. */
const DEEPEST = 30;

/**
 * Compares a declared value with what the account has. Lists are compared without their order, since services keep
 * an order of their own; keys that are not declared do not count, since services fill in what they assume.
 */
export function compare(declared: Value, live: Value, idOf: DeclaredId, depth = 0): Likeness {
  if (depth > DEEPEST) return 'undecided';
  const reference = referenceFrom(declared);
  const found = referenceFrom(live);
  if (reference || found) {
    if (!reference || !found) return 'undecided';
    const id = idOf(found.resource);
    if (id === reference.resource) return 'same';
    return id === undefined ? 'undecided' : 'different';
  }
  const one = single(declared);
  const other = single(live);
  if (one.kind === 'known' && other.kind === 'known')
    return compareTexts(String(one.value), String(other.value));
  if (declared.kind === 'map' && live.kind === 'map') {
    return worst(
      [...declared.entries]
        .filter(([name]) => !SCRIPTS.has(name))
        .map(([name, value]) => compareEntry(value, live.entries.get(name), idOf, depth)),
    );
  }
  if (declared.kind === 'list' && live.kind === 'list')
    return compareLists(declared.items, live.items, idOf, depth);
  return 'undecided';
}

function compareEntry(value: Value, found: Value | undefined, idOf: DeclaredId, depth: number): Likeness {
  return found ? compare(value, found, idOf, depth + 1) : 'undecided';
}

/** Policies may say one thing as a text or as a list of one. */
function single(value: Value): Value {
  const [first, ...more] = value.kind === 'list' ? value.items : [];
  return first && more.length === 0 && first.kind === 'known' ? first : value;
}

/** A version that is written short means any of its kind. */
function compareTexts(declared: string, live: string): Likeness {
  if (isRedacted(live)) return 'undecided';
  if (declared.toLowerCase() === live.toLowerCase()) return 'same';
  return /^[0-9]+(?:\.[0-9]+)*$/.test(declared) && live.startsWith(`${declared}.`) ? 'same' : 'different';
}

function compareLists(
  declared: readonly Value[],
  live: readonly Value[],
  idOf: DeclaredId,
  depth: number,
): Likeness {
  const left = [...live];
  const results = declared.map((item): Likeness => {
    const likenesses = left.map((each) => compare(item, each, idOf, depth + 1));
    const at = likenesses.indexOf('same');
    if (at >= 0) {
      left.splice(at, 1);
      return 'same';
    }
    return likenesses.includes('undecided') ? 'undecided' : 'different';
  });
  const extra: Likeness =
    declared.length < live.length && !results.includes('undecided') ? 'different' : 'same';
  return worst([...results, extra]);
}

function worst(results: readonly Likeness[]): Likeness {
  if (results.includes('different')) return 'different';
  return results.includes('undecided') ? 'undecided' : 'same';
}
