import type { Hole, Part, UnknownValue } from '../model/value.ts';

/** A string of which some may be unknown: literal text and typed holes, as a template leaves them. */
export interface PartialText {
  readonly parts: readonly Part[];
}

export type PartialString = string | PartialText;

/** A partial string from parts; joins neighbouring literals and is a plain string when nothing is open. */
export function partial(parts: readonly Part[]): PartialString {
  const joined: Part[] = [];
  for (const part of parts) {
    const last = joined.at(-1);
    if (typeof part === 'string' && typeof last === 'string') joined[joined.length - 1] = last + part;
    else if (part !== '') joined.push(part);
  }
  const first = joined[0];
  if (joined.length === 0) return '';
  return joined.length === 1 && typeof first === 'string' ? first : { parts: joined };
}

/** A partial string of which nothing is known but the expression that stands for it. */
export function openText(expression: string): PartialText {
  return { parts: [{ type: 'other', expression }] };
}

/** The partial string of a value that a reader could not decide. */
export function partialOfUnknown(value: UnknownValue): PartialString {
  return value.parts && value.parts.length > 0 ? partial(value.parts) : openText(value.expression);
}

/** The parts of a partial string; a known string is one literal part. */
export function partsOf(text: PartialString): readonly Part[] {
  return typeof text === 'string' ? [text] : text.parts;
}

/** Whether two holes stand for the same thing, so that they are equal whatever fills them. */
export function sameHole(a: Hole, b: Hole): boolean {
  if (a === b) return true;
  return (
    a.type === b.type &&
    a.expression === b.expression &&
    a.resource === b.resource &&
    a.attribute === b.attribute
  );
}

/** A partial string on one line, holes as their expressions. */
export function showPartial(text: PartialString): string {
  if (typeof text === 'string') return text;
  return text.parts.map((part) => (typeof part === 'string' ? part : part.expression)).join('');
}

/** The expressions of the holes of a partial string. */
export function holesOf(text: PartialString): readonly string[] {
  if (typeof text === 'string') return [];
  return text.parts.flatMap((part) => (typeof part === 'string' ? [] : [part.expression]));
}

/** Replaces each hole for which `fill` knows a value. */
export function fillHoles(text: PartialString, fill: (hole: Hole) => string | undefined): PartialString {
  if (typeof text === 'string') return text;
  return partial(text.parts.map((part) => (typeof part === 'string' ? part : (fill(part) ?? part))));
}

/** Cuts a partial string at each `separator` that stands in its literal text, at most `limit` pieces. */
export function splitPartial(text: PartialText, separator: string, limit: number): PartialString[] {
  const pieces: Part[][] = [[]];
  for (const part of text.parts) {
    if (typeof part !== 'string') {
      pieces.at(-1)?.push(part);
      continue;
    }
    let rest = part;
    for (let at = rest.indexOf(separator); at >= 0 && pieces.length < limit; at = rest.indexOf(separator)) {
      pieces.at(-1)?.push(rest.slice(0, at));
      pieces.push([]);
      rest = rest.slice(at + separator.length);
    }
    pieces.at(-1)?.push(rest);
  }
  return pieces.map(partial);
}
