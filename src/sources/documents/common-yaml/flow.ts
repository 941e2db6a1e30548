import { LIMITS } from '../../../kernel/limits.ts';
import {
  BANG,
  COLON,
  COMMA,
  endOfLine,
  HASH,
  isBlank,
  LIST,
  LIST_END,
  MAP,
  MAP_END,
  NEWLINE,
  SPACE,
} from './characters.ts';
import { lineScalar } from './scalars.ts';
import { shortTag } from './tags.ts';
import { uncommon } from './uncommon.ts';
import type { Written, WrittenEntry, WrittenItem } from './written.ts';

/**
 * Reads `[…]` or `{…}` from its bracket on (YAML 1.2.2, section 7.4).
 *
 * @param parent indentation of what holds it; further lines are indented more
 * @throws Uncommon for keys without a value, pairs in lists, trailing commas and scalars over several lines.
 */
export function flowCollection(source: string, at: number, parent: number, depth: number): Written {
  return new FlowReader(source, parent).collection(at, at, undefined, depth);
}

class FlowReader {
  readonly #source: string;
  readonly #parent: number;

  constructor(source: string, parent: number) {
    this.#source = source;
    this.#parent = parent;
  }

  collection(start: number, at: number, tag: string | undefined, depth: number): Written {
    if (depth > LIMITS.documentDepth) return uncommon();
    return this.#source.charCodeAt(at) === LIST
      ? this.#list(start, at, tag, depth)
      : this.#map(start, at, tag, depth);
  }

  #list(start: number, bracket: number, tag: string | undefined, depth: number): Written {
    const items: WrittenItem[] = [];
    let at = this.#next(bracket + 1);
    while (this.#source.charCodeAt(at) !== LIST_END) {
      if (items.length > 0) at = this.#comma(at);
      const value = this.#value(at, depth + 1);
      items.push({ start: value.start, value });
      at = this.#next(value.end);
    }
    return { kind: 'list', shape: 'flow', items, ...places(start, bracket, at + 1, tag) };
  }

  #map(start: number, bracket: number, tag: string | undefined, depth: number): Written {
    const entries: WrittenEntry[] = [];
    const keys = new Set<string>();
    let at = this.#next(bracket + 1);
    while (this.#source.charCodeAt(at) !== MAP_END) {
      if (keys.size > 0) at = this.#comma(at);
      const key = lineScalar(this.#source, at, true);
      const colon = this.#next(key.end) + 1;
      const isValue = this.#source.charCodeAt(colon - 1) === COLON;
      const isApart = isBlank(this.#source.charCodeAt(colon)) || key.quote !== undefined;
      if (!isValue || !isApart || key.value === '<<' || keys.has(key.value)) return uncommon();
      if (this.#source.slice(key.end, colon).includes('\n')) return uncommon();
      keys.add(key.value);
      const value = this.#value(this.#next(colon), depth + 1);
      entries.push({ key: key.value, start: key.start, keyEnd: key.end, colon, value });
      at = this.#next(value.end);
    }
    return { kind: 'map', shape: 'flow', entries, merged: [], ...places(start, bracket, at + 1, tag) };
  }

  #comma(at: number): number {
    return this.#source.charCodeAt(at) === COMMA ? this.#next(at + 1) : uncommon();
  }

  #value(start: number, depth: number): Written {
    const tag = this.#source.charCodeAt(start) === BANG ? shortTag(this.#source, start) : undefined;
    const at = tag === undefined ? start : this.#next(start + tag.length);
    const first = this.#source.charCodeAt(at);
    if (first === LIST || first === MAP) return this.collection(start, at, tag, depth);
    const { end, value, quote } = lineScalar(this.#source, at, true);
    const written = { value, block: false, empty: false, ...(quote ? { quote } : {}) } as const;
    return { kind: 'scalar', ...written, ...places(start, at, end, tag) };
  }

  /** The next sign that is no white space and no comment. */
  #next(from: number): number {
    let at = from;
    for (;;) {
      const code = this.#source.charCodeAt(at);
      if (code === SPACE) at += 1;
      else if (code === NEWLINE) at = this.#line(at + 1);
      else if (code === HASH && isBlank(this.#source.charCodeAt(at - 1))) at = endOfLine(this.#source, at);
      else return Number.isNaN(code) ? uncommon() : at;
    }
  }

  /** The first sign of a line, which must be indented more than what holds the collection. */
  #line(from: number): number {
    let at = from;
    while (this.#source.charCodeAt(at) === SPACE) at += 1;
    const isEmpty = this.#source.charCodeAt(at) === NEWLINE;
    return isEmpty || at - from > this.#parent ? at : uncommon();
  }
}

function places(start: number, contentStart: number, end: number, tag: string | undefined) {
  return { start, end, contentStart, contentEnd: end, nodeEnd: end, ...(tag === undefined ? {} : { tag }) };
}
