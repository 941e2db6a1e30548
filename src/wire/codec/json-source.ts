import { scan, scratch, words } from './json-scan.ts';
import { readTimestamp } from './timestamp.ts';

const { endOfText, endOfQuoted } = scan;

const SPACE = 0x20;
const QUOTE = 0x22;
const COMMA = 0x2c;
const POINT = 0x2e;
const ZERO = 0x30;
const COLON = 0x3a;
const LETTER_E = 0x65;
const LETTER_F = 0x66;
/** The bit by which letters differ from capitals. */
const SMALL = 0x20;

const TRUE = Buffer.from('true').readInt32LE();
const ALSE = Buffer.from('alse').readInt32LE();

/** V8 copies parts of a text that are shorter; longer ones point to the text. */
const SHORTEST_PART = 13;
/** Numbers of so many digits are exact. */
const EXACT_DIGITS = 15;
const SECOND_DIGITS = 10;
/** What the last of so many decimals of a second is worth in milliseconds. */
const DECIMAL = [0, 100, 10, 1];
/** How many bytes of a body texts with escapes may take. */
const MOST_ESCAPED = 256;
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const NUMBER_END = /[^-+.0-9eE]/g;

/** Thrown where a text is other than most are. */
export const unusual = { unusual: true };

/** A member's name in quotes and the colon, in words of four bytes. */
export interface KeyBytes {
  readonly whole: Int32Array;
  /** What is left over, and which bits of a word it takes. */
  readonly rest: number;
  readonly mask: number;
  readonly length: number;
}

export function keyBytes(key: string): KeyBytes {
  const bytes = Buffer.from(`${JSON.stringify(key)}:`);
  const { length } = bytes;
  const count = length >> 2;
  const last = Buffer.alloc(4);
  const mask = Buffer.alloc(4);
  bytes.copy(last, 0, count * 4);
  mask.fill(0xff, 0, length - count * 4);
  return {
    whole: Int32Array.from({ length: count }, (_, index) => bytes.readInt32LE(index * 4)),
    rest: last.readInt32LE(),
    mask: mask.readInt32LE(),
    length,
  };
}

/**
 * One body at a time, whose bytes lie in the scratch with zeros behind them. Everything throws `unusual` when
 * something else comes.
 */
class JsonSource {
  private at = 0;
  private body = '';
  private escaped = 0;
  private copies = false;

  /**
   * @param body a character for each byte.
   * @param copies whether no text may keep the whole body in memory.
   */
  begin(body: string, copies: boolean): void {
    this.copies = copies;
    this.body = body;
    this.at = 0;
    this.escaped = 0;
  }

  end(): void {
    this.body = '';
  }

  isAtEnd(): boolean {
    return this.at === this.body.length;
  }

  /** Whether a key comes next, which is passed over then. */
  isKey({ whole, rest, mask, length }: KeyBytes): boolean {
    let place = this.at;
    for (let index = 0; index < whole.length; index += 1, place += 4) {
      if (words.getInt32(place, true) !== whole[index]) return false;
    }
    if ((words.getInt32(place, true) & mask) !== rest) return false;
    this.at += length;
    this.space();
    return true;
  }

  /** Some clients write one behind colons and commas. */
  private space(): void {
    if (scratch[this.at] === SPACE) this.at += 1;
  }

  colon(): void {
    if (scratch[this.at] !== COLON) throw unusual;
    this.at += 1;
    this.space();
  }

  /** Whether anything is in the list or object that begins. */
  opens(opening: number, closing: number): boolean {
    if (scratch[this.at] !== opening) throw unusual;
    this.at += 1;
    if (scratch[this.at] !== closing) return true;
    this.at += 1;
    return false;
  }

  /** Whether there is more in the list or object. */
  continues(closing: number): boolean {
    const byte = scratch[this.at];
    this.at += 1;
    if (byte === COMMA) {
      this.space();
      return true;
    }
    if (byte !== closing) throw unusual;
    return false;
  }

  /** A text that is kept. */
  text(): string {
    if (!this.copies) return this.string();
    const from = this.at + 1;
    const made = this.string();
    const end = this.at - 1;
    // Others than plain ones are new texts anyway.
    return made.length >= SHORTEST_PART && made.length === end - from ? scratch.latin1Slice(from, end) : made;
  }

  /** A text that is only looked at, or that has to be a secret itself. */
  string(): string {
    if (scratch[this.at] !== QUOTE) throw unusual;
    const from = this.at + 1;
    const end = endOfText(from);
    if (scratch[end] !== QUOTE) return this.unplain(from, end);
    this.at = end + 1;
    return this.body.slice(from, end);
  }

  /** A text with escapes, or not in ASCII. */
  private unplain(from: number, first: number): string {
    const end = endOfQuoted(first);
    if (scratch[end] !== QUOTE) throw unusual;
    this.at = end + 1;
    const held = scratch.utf8Slice(from, end);
    if (!held.includes('\\')) return held;
    // V8 is quicker with the whole body where much of it is escaped.
    this.escaped += end - from;
    if (this.escaped > MOST_ESCAPED) throw unusual;
    return JSON.parse(scratch.utf8Slice(from - 1, end + 1));
  }

  number(): number {
    const start = this.at;
    const value = this.digits();
    const count = this.at - start;
    const byte = scratch[this.at] as number;
    const isMore = byte === POINT || (byte | SMALL) === LETTER_E;
    if (!isMore && count > 0 && count <= EXACT_DIGITS && (scratch[start] !== ZERO || count === 1))
      return value;
    this.at = start;
    return this.anyNumber();
  }

  private anyNumber(): number {
    NUMBER_END.lastIndex = this.at;
    const end = NUMBER_END.exec(this.body)?.index ?? this.body.length;
    const found = this.body.slice(this.at, end);
    if (!NUMBER.test(found)) throw unusual;
    this.at = end;
    return Number(found);
  }

  /** Seconds, mostly with three decimals or none. */
  date(): Date {
    const start = this.at;
    const seconds = this.digits();
    const count = this.at - start;
    let milliseconds = 0;
    let decimals = 0;
    if (scratch[this.at] === POINT) {
      this.at += 1;
      const point = this.at;
      milliseconds = this.digits();
      decimals = this.at - point;
      if (decimals === 0 || decimals > 3) return this.anyDate(start);
    }
    const isMore = ((scratch[this.at] as number) | SMALL) === LETTER_E;
    if (isMore || count === 0 || count > SECOND_DIGITS || (scratch[start] === ZERO && count > 1))
      return this.anyDate(start);
    return new Date(seconds * 1_000 + milliseconds * (DECIMAL[decimals] as number));
  }

  private anyDate(start: number): Date {
    this.at = start;
    return readTimestamp(this.anyNumber(), 'epoch-seconds');
  }

  private digits(): number {
    let value = 0;
    let to = this.at;
    for (;;) {
      const digit = (scratch[to] as number) - ZERO;
      if (digit < 0 || digit > 9) break;
      value = value * 10 + digit;
      to += 1;
    }
    this.at = to;
    return value;
  }

  boolean(): boolean {
    if (words.getInt32(this.at, true) === TRUE) {
      this.at += 4;
      return true;
    }
    if (scratch[this.at] !== LETTER_F || words.getInt32(this.at + 1, true) !== ALSE) throw unusual;
    this.at += 5;
    return false;
  }
}

export const source = new JsonSource();
