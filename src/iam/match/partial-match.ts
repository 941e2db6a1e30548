import type { Hole } from '../../model/value.ts';
import { type PartialString, partsOf, sameHole } from '../partial.ts';
import { NO, type Truth, UNKNOWN, YES } from '../truth.ts';
import { isHole, isWildcard, MANY, ONE, type Token, type Wildcard } from './tokens.ts';

/** One step of a pattern or of a text: a character, a wildcard, or a hole of any length. */
type Unit = string | Wildcard | Hole;

/** More comparisons than this are not worth an answer: the match stays unknown. */
const MOST_STEPS = 4_000_000;

export interface PartialMatchOptions {
  /**
   * Whether wildcards may take colons and holes in which colons may hide. Where the segments of an ARN
   * are not known, a wildcard may not, because in its first five segments it would not.
   */
  readonly wildcardsCrossColons?: boolean;
}

/**
 * Matches a pattern against a text when either has holes. YES means: whatever fills the holes; NO means:
 * nothing that fills them makes it match. Equal holes on both sides are the same text.
 */
export function matchPartial(
  pattern: readonly Token[],
  text: PartialString,
  options: PartialMatchOptions = {},
): Truth {
  const wanted = unitsOf(pattern);
  const given = unitsOf(partsOf(text));
  if (wanted.length * given.length > MOST_STEPS) return UNKNOWN;
  if (alwaysMatches(wanted, given, options.wildcardsCrossColons ?? true)) return YES;
  return canMatch(wanted, given) ? UNKNOWN : NO;
}

function unitsOf(tokens: readonly Token[]): readonly Unit[] {
  const units: Unit[] = [];
  for (const token of tokens) {
    if (typeof token === 'string') units.push(...token.split(''));
    else if (isWildcard(token) || isHole(token)) units.push(token);
  }
  return units;
}

/** The greedy wildcard walk, with holes as letters of their own that equal only themselves. */
function alwaysMatches(pattern: readonly Unit[], text: readonly Unit[], crossColons: boolean): boolean {
  let p = 0;
  let t = 0;
  let star = -1;
  let mark = 0;
  while (t < text.length) {
    const wanted = pattern[p];
    if (wanted === MANY) {
      star = p;
      mark = t;
      p += 1;
    } else if (wanted !== undefined && surelyEqual(wanted, text[t] as Unit, crossColons)) {
      p += 1;
      t += 1;
    } else if (star >= 0 && (crossColons || staysInSegment(text[mark] as Unit))) {
      mark += 1;
      t = mark;
      p = star + 1;
    } else {
      return false;
    }
  }
  while (pattern[p] === MANY) p += 1;
  return p === pattern.length;
}

function surelyEqual(wanted: Unit, given: Unit, crossColons: boolean): boolean {
  if (wanted === ONE) return typeof given === 'string' && (crossColons || given !== ':');
  if (typeof wanted === 'string') return wanted === given;
  return isHole(wanted) && typeof given === 'object' && isHole(given) && sameHole(wanted, given);
}

function staysInSegment(unit: Unit): boolean {
  return typeof unit === 'string' ? unit !== ':' : isHole(unit) && isSegmentHole(unit);
}

/** Whether some text could be read both ways: emptiness of the intersection of two wildcard patterns. */
function canMatch(pattern: readonly Unit[], text: readonly Unit[]): boolean {
  let reachable = new Uint8Array(pattern.length + 1);
  reachable[0] = 1;
  for (let t = 0; t <= text.length; t += 1) {
    const given = text[t];
    const next = new Uint8Array(pattern.length + 1);
    for (let p = 0; p <= pattern.length; p += 1) {
      if (reachable[p] === 0) continue;
      const wanted = pattern[p];
      if (wanted !== undefined && isElastic(wanted)) reachable[p + 1] = 1;
      if (given === undefined) continue;
      if (isElastic(given)) {
        next[p] = 1;
        if (wanted !== undefined && fits(wanted, given)) reachable[p + 1] = 1;
      } else if (wanted !== undefined && fits(given, wanted)) {
        next[isElastic(wanted) ? p : p + 1] = 1;
      }
    }
    if (given === undefined) return reachable[pattern.length] === 1;
    reachable = next;
  }
  return false;
}

function isElastic(unit: Unit): boolean {
  return unit === MANY || (typeof unit === 'object' && isHole(unit));
}

/** Whether a single character (or `?`) can be part of what the other unit stands for. */
function fits(single: Unit, other: Unit): boolean {
  if (single === ONE || other === ONE || other === MANY || single === MANY) return true;
  if (typeof single !== 'string') return true;
  return typeof other === 'string' ? single === other : isHole(other) && holeMayHold(other, single);
}

/** Holes of which the alphabet is known; they never hold a colon or a slash. */
export function isSegmentHole(hole: Hole): boolean {
  return (
    hole.type === 'account' || hole.type === 'region' || hole.type === 'partition' || hole.type === 'zone'
  );
}

function holeMayHold(hole: Hole, character: string): boolean {
  if (!isSegmentHole(hole)) return true;
  if (hole.type === 'account') return character >= '0' && character <= '9';
  return (
    (character >= 'a' && character <= 'z') || (character >= '0' && character <= '9') || character === '-'
  );
}
