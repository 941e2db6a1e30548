import { isAscii } from 'node:buffer';
import { HALF, scan, scratch, words } from './json-scan.ts';

const { needsEscape, copyEscaped } = scan;

const SPACE = 0x20;
const QUOTE = 0x22;
const POINT = 0x2e;
const ZERO = 0x30;
const BACKSLASH = 0x5c;
const TILDE = 0x7e;

/** A text of fewer units is looked through while it is copied, a longer one is copied at once and then looked through. */
const SHORT = 16;
/** What a number, a bracket, or a label may take without anybody asking for room. */
const SPARE = 1_024;
const FULL = HALF - SPARE;
/** Bytes that a unit of UTF-16 takes at most, in UTF-8 and with a backslash. */
const MOST_BYTES = 3;
const MOST_ESCAPED = 6;

const BILLION = 1_000_000_000;
const MAX_INT32 = 0x7fffffff;

/** What stands before a value: a comma or an opening brace, the name, a colon. In whole words, the last filled up. */
export interface Label {
  readonly words: Int32Array;
  readonly length: number;
}

/** @throws RangeError when a name is longer than any of a model, or not ASCII. */
export function labelOf(name: string): Label {
  const text = Buffer.from(`,${JSON.stringify(name)}:`);
  if (text.length > SPARE / 2 || !isAscii(text)) throw new RangeError('a member has no name of a model');
  const filled = Buffer.alloc(Math.ceil(text.length / 4) * 4);
  text.copy(filled);
  const length = filled.length / 4;
  return {
    words: Int32Array.from({ length }, (_, index) => filled.readInt32LE(index * 4)),
    length: text.length,
  };
}

/**
 * Where one JSON text at a time is put together: as bytes, each where it stays, so that nothing is copied twice.
 * A text that is longer than the room is taken out in parts.
 */
class JsonSink {
  private at = 0;
  private ascii = true;
  private before = '';
  private busy = false;

  /** @throws Error when a text is begun while another is. */
  begin(): void {
    if (this.busy) throw new Error('one JSON text is begun within another');
    this.busy = true;
    this.at = 0;
    this.ascii = true;
    this.before = '';
  }

  /** Takes out what was written. */
  text(): string {
    return this.before + this.part();
  }

  /** The same as bytes when that spares a conversion, which is so when not all is ASCII. */
  body(): string | Buffer {
    if (this.ascii || this.before !== '') return this.text();
    return Buffer.from(scratch.subarray(0, this.at));
  }

  /** To be called after `begin` whatever happens. */
  end(): void {
    this.busy = false;
    this.before = '';
  }

  private part(): string {
    return this.ascii ? scratch.latin1Slice(0, this.at) : scratch.utf8Slice(0, this.at);
  }

  private flush(): void {
    this.before += this.part();
    this.at = 0;
    this.ascii = true;
  }

  /** Makes room for so many bytes; false when there will never be so much. */
  private fits(length: number): boolean {
    if (length <= FULL - this.at) return true;
    this.flush();
    return length <= FULL;
  }

  /** @param before a comma, or the opening brace when it is the first. */
  label(label: Label, before: number): void {
    if (this.at > FULL) this.flush();
    const parts = label.words;
    const { at } = this;
    for (let index = 0; index < parts.length; index += 1)
      words.setInt32(at + index * 4, parts[index] as number, true);
    scratch[at] = before;
    this.at = at + label.length;
  }

  byte(byte: number): void {
    if (this.at > FULL) this.flush();
    scratch[this.at] = byte;
    this.at += 1;
  }

  /** Something that is JSON already and ASCII. */
  plain(json: string): void {
    if (this.fits(json.length)) this.at += scratch.latin1Write(json, this.at, json.length);
    else this.before += json;
  }

  /** Something that is JSON already. */
  json(json: string): void {
    const { length } = json;
    if (!this.fits(length * MOST_BYTES)) {
      this.before += json;
      return;
    }
    const written = scratch.utf8Write(json, this.at, length * MOST_BYTES);
    if (written !== length) this.ascii = false;
    this.at += written;
  }

  string(text: string): void {
    const { length } = text;
    if (length >= SHORT) {
      this.longString(text);
      return;
    }
    if (this.at > FULL) this.flush();
    let to = this.at;
    scratch[to] = QUOTE;
    for (let index = 0; index < length; index += 1) {
      const unit = text.charCodeAt(index);
      if (unit < SPACE || unit === QUOTE || unit === BACKSLASH || unit > TILDE) {
        this.escaped(text);
        return;
      }
      to += 1;
      scratch[to] = unit;
    }
    scratch[to + 1] = QUOTE;
    this.at = to + 2;
  }

  private longString(text: string): void {
    const most = text.length * MOST_BYTES;
    if (!this.fits(most)) {
      this.before += JSON.stringify(text);
      return;
    }
    const from = this.at + 1;
    const end = from + scratch.utf8Write(text, from, most);
    if (needsEscape(from, end) !== 0) {
      this.escaped(text);
      return;
    }
    scratch[from - 1] = QUOTE;
    scratch[end] = QUOTE;
    this.at = end + 1;
  }

  private escaped(text: string): void {
    const { length } = text;
    // Half of a surrogate pair is no UTF-8: it is written by its number.
    if (!this.fits(length * MOST_ESCAPED) || !text.isWellFormed()) {
      this.json(JSON.stringify(text));
      return;
    }
    const written = scratch.utf8Write(text, HALF, length * MOST_BYTES);
    if (written !== length) this.ascii = false;
    scratch[this.at] = QUOTE;
    const end = copyEscaped(HALF, HALF + written, this.at + 1);
    scratch[end] = QUOTE;
    this.at = end + 1;
  }

  number(value: number): void {
    if ((value | 0) === value && value >= 0) this.digits(value);
    else if (Number.isSafeInteger(value) && value >= BILLION) this.longInteger(value);
    else this.plain(String(value));
  }

  private longInteger(value: number): void {
    const high = Math.floor(value / BILLION);
    this.digits(high);
    this.fixed(value - high * BILLION, 9);
  }

  /** Seconds with up to three decimals. */
  seconds(milliseconds: number): void {
    const whole = Math.floor(milliseconds / 1_000);
    if (!(whole >= 0 && whole <= MAX_INT32)) {
      this.plain(String(milliseconds / 1_000));
      return;
    }
    this.digits(whole);
    const rest = milliseconds - whole * 1_000;
    if (rest === 0) return;
    this.byte(POINT);
    if (rest % 100 === 0) this.fixed(rest / 100, 1);
    else if (rest % 10 === 0) this.fixed(rest / 10, 2);
    else this.fixed(rest, 3);
  }

  private digits(value: number): void {
    let count = 1;
    for (let limit = 10; value >= limit; limit *= 10) count += 1;
    this.fixed(value, count);
  }

  private fixed(value: number, count: number): void {
    if (this.at > FULL) this.flush();
    let rest = value | 0;
    for (let to = this.at + count - 1; to >= this.at; to -= 1) {
      const tens = (rest / 10) | 0;
      scratch[to] = ZERO + rest - tens * 10;
      rest = tens;
    }
    this.at += count;
  }
}

export const sink = new JsonSink();
