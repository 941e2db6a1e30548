import { LIMITS } from '../../../kernel/limits.ts';
import { blockScalar } from './block-scalar.ts';
import {
  BANG,
  COLON,
  DASH,
  FOLDED,
  HASH,
  isBlank,
  LIST,
  LITERAL,
  MAP,
  NEWLINE,
  skipSpaces,
} from './characters.ts';
import { flowCollection } from './flow.ts';
import { Lines } from './lines.ts';
import { type LineScalar, lineScalar } from './scalars.ts';
import { shortTag } from './tags.ts';
import { Uncommon, uncommon } from './uncommon.ts';
import type { Written, WrittenEntry, WrittenItem } from './written.ts';

/**
 * Reads a YAML document that is in the form which nearly all templates have: block maps and lists, scalars on one
 * line, block scalars, brackets, and CloudFormation's short tags. It takes a tenth of the time of the complete
 * parser and says exactly what that says.
 *
 * @returns undefined for everything else (anchors, several documents, carriage returns, tabs as indentation, keys
 * without a value or written twice, scalars over several lines, and whatever is no YAML at all), for which the
 * complete parser is to be asked.
 */
export function readCommonYaml(source: string): Written | undefined {
  if (source.includes('\r') || source.startsWith('\uFEFF')) return undefined;
  try {
    return new BlockReader(source).document();
  } catch (error) {
    if (error instanceof Uncommon) return undefined;
    throw error;
  }
}

/** Longest key (YAML 1.2.2, section 7.4.2: 1024 characters with what stands before the colon). */
const LONGEST_KEY = 1_000;
const START_OF_DOCUMENT = /^(?:(?: *#[^\n]*| *)\n)*---[ ]*\n/;

class BlockReader {
  readonly #source: string;
  readonly #lines: Lines;
  #nodes = 0;

  constructor(source: string) {
    this.#source = source;
    this.#lines = new Lines(source);
  }

  document(): Written {
    const mark = START_OF_DOCUMENT.exec(this.#source)?.[0] ?? '';
    this.#lines.next(mark.length);
    if (this.#lines.indent < 0 || this.#source[this.#lines.at] === '%') return uncommon();
    const root = this.#below(undefined, -1, 0);
    return this.#lines.indent < 0 && root.kind !== 'scalar' ? root : uncommon();
  }

  /** What stands on the present line and those below, deeper than `parent`. */
  #below(tagged: Tagged | undefined, parent: number, depth: number): Written {
    const { at, indent } = this.#lines;
    if (this.#isDash(at)) return this.#list(tagged, indent, depth);
    const first = this.#keyAt(at);
    if (first) return this.#map(tagged, indent, first, depth);
    return tagged ? uncommon() : this.#inline(at, parent, depth);
  }

  #isDash(at: number): boolean {
    return this.#source.charCodeAt(at) === DASH && isBlank(this.#source.charCodeAt(at + 1));
  }

  /** The key that begins at an offset, or undefined where something else stands there. */
  #keyAt(at: number): Key | undefined {
    const code = this.#source.charCodeAt(at);
    if (code === BANG || code === LIST || code === MAP || code === LITERAL || code === FOLDED)
      return undefined;
    const key = lineScalar(this.#source, at, false);
    const colon = skipSpaces(this.#source, key.end);
    if (this.#source.charCodeAt(colon) !== COLON) return undefined;
    if (!isBlank(this.#source.charCodeAt(colon + 1)) || key.end - at > LONGEST_KEY) return uncommon();
    return key.value === '<<' ? uncommon() : { ...key, colon: colon + 1 };
  }

  #count(depth: number): void {
    this.#nodes += 1;
    if (depth > LIMITS.documentDepth || this.#nodes > LIMITS.documentNodes) uncommon();
  }

  #list(tagged: Tagged | undefined, indent: number, depth: number): Written {
    this.#count(depth);
    const start = this.#lines.at;
    const items: WrittenItem[] = [];
    for (let at = start; ; at = this.#lines.at) {
      const content = skipSpaces(this.#source, at + 1);
      const value = this.#isLineEnd(content)
        ? this.#onNextLine(content, undefined, indent, false, depth)
        : this.#inItem(content, indent, depth);
      items.push({ start: at, value });
      if (this.#lines.indent !== indent || !this.#isDash(this.#lines.at)) break;
    }
    return {
      kind: 'list',
      shape: 'block',
      items,
      ...this.#places(tagged, start, indent, items.at(-1)?.value),
    };
  }

  /** What stands behind a dash: a map or list of its own indentation, or a value. */
  #inItem(content: number, indent: number, depth: number): Written {
    const own = indent + content - this.#lines.at;
    if (this.#isDash(content)) {
      this.#lines.at = content;
      this.#lines.indent = own;
      return this.#list(undefined, own, depth + 1);
    }
    const key = this.#keyAt(content);
    if (key) return this.#map(undefined, own, key, depth + 1);
    return this.#inline(content, indent, depth + 1);
  }

  #map(tagged: Tagged | undefined, indent: number, first: Key, depth: number): Written {
    this.#count(depth);
    const entries: WrittenEntry[] = [];
    const keys = new Set<string>();
    for (let key: Key | undefined = first; ; key = this.#keyAt(this.#lines.at)) {
      if (!key || keys.has(key.value)) return uncommon();
      keys.add(key.value);
      const value = this.#valueOf(key, indent, depth);
      entries.push({ key: key.value, start: key.start, keyEnd: key.end, colon: key.colon, value });
      if (this.#lines.indent !== indent || this.#isDash(this.#lines.at)) break;
    }
    const last = entries.at(-1)?.value;
    const written = { kind: 'map', shape: 'block', entries, merged: [] } as const;
    return { ...written, ...this.#places(tagged, first.start, indent, last) };
  }

  #valueOf({ colon }: Key, indent: number, depth: number): Written {
    const content = skipSpaces(this.#source, colon);
    if (this.#isLineEnd(content)) return this.#onNextLine(content, undefined, indent, true, depth);
    if (this.#isDash(content)) return uncommon();
    return this.#inline(content, indent, depth + 1);
  }

  #isLineEnd(at: number): boolean {
    const code = this.#source.charCodeAt(at);
    return code === NEWLINE || code === HASH || Number.isNaN(code);
  }

  /** The block below a key, dash or tag. In a map, a list may be indented like its key. */
  #onNextLine(
    end: number,
    tagged: Tagged | undefined,
    parent: number,
    inMap: boolean,
    depth: number,
  ): Written {
    this.#lines.rest(this.#source.charCodeAt(end) === HASH ? end - 1 : end);
    const isFlush = inMap && this.#lines.indent === parent && this.#isDash(this.#lines.at);
    if (this.#lines.indent <= parent && !isFlush) return uncommon();
    return this.#below(tagged, parent, depth + 1);
  }

  /** A value that begins on the line of its key or dash (or alone on a line). */
  #inline(start: number, parent: number, depth: number): Written {
    if (this.#source.charCodeAt(start) !== BANG) return this.#untagged(start, undefined, parent, depth);
    const tag = shortTag(this.#source, start);
    const content = skipSpaces(this.#source, start + tag.length);
    if (this.#source.charCodeAt(content) === HASH) return uncommon();
    if (!this.#isLineEnd(content)) return this.#untagged(content, { tag, start }, parent, depth);
    return this.#onNextLine(content, { tag, start }, parent, false, depth - 1);
  }

  #untagged(at: number, tagged: Tagged | undefined, parent: number, depth: number): Written {
    this.#count(depth);
    const code = this.#source.charCodeAt(at);
    const start = tagged?.start ?? at;
    const tag = tagged ? { tag: tagged.tag } : {};
    if (code === LITERAL || code === FOLDED) {
      const { value, end: contentEnd } = blockScalar(this.#source, at, parent);
      this.#lines.next(contentEnd);
      this.#refuseDeeper(parent);
      const end = this.#blockEnd(at, contentEnd);
      const places = { start, end, contentStart: at, contentEnd, nodeEnd: contentEnd };
      return { kind: 'scalar', block: true, empty: false, value, ...places, ...tag };
    }
    if (code === LIST || code === MAP) {
      const written = flowCollection(this.#source, at, parent, depth);
      return { ...written, start, ...tag, nodeEnd: this.#lineBehind(written.contentEnd, parent) };
    }
    const scalar: LineScalar = lineScalar(this.#source, at, false);
    const nodeEnd = this.#lineBehind(scalar.end, parent);
    const { end, value, quote } = scalar;
    const places = { start, end, contentStart: at, contentEnd: end, nodeEnd };
    return {
      kind: 'scalar',
      block: false,
      empty: false,
      value,
      ...(quote ? { quote } : {}),
      ...places,
      ...tag,
    };
  }

  /** The rest of the line; what stands deeper on the next one would belong to the value. */
  #lineBehind(end: number, parent: number): number {
    const behind = this.#lines.rest(end);
    this.#refuseDeeper(parent);
    return behind;
  }

  #refuseDeeper(parent: number): void {
    if (this.#lines.indent > parent) uncommon();
  }

  /** The end of the last line of a block scalar that has something in it; of the last line at all with `+`. */
  #blockEnd(start: number, end: number): number {
    const written = this.#source.slice(start, end);
    if (/^[|>][^\n]*\+/.test(written)) return start + written.replace(/\n$/, '').length;
    return start + written.trimEnd().length;
  }

  #places(tagged: Tagged | undefined, contentStart: number, indent: number, last: Written | undefined) {
    const isBlock = last?.kind === 'scalar' ? last.block : last?.shape === 'block';
    const lastEnd = last?.nodeEnd ?? contentStart;
    const contentEnd = isBlock ? lastEnd : this.#lines.withDeeperComments(lastEnd, indent);
    const nodeEnd = this.#lines.withOwnComments(contentEnd, indent);
    const places = { start: tagged?.start ?? contentStart, end: last?.end ?? contentStart };
    return { ...places, contentStart, contentEnd, nodeEnd, ...(tagged ? { tag: tagged.tag } : {}) };
  }
}

interface Tagged {
  readonly tag: string;
  readonly start: number;
}

interface Key extends LineScalar {
  /** Behind the colon. */
  readonly colon: number;
}
