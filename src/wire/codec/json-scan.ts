/**
 * Bytes of JSON looked through sixteen at a time by a few instructions of WebAssembly: JavaScript takes as long
 * for two. The memory is fixed; who writes JSON puts it together in there, who reads it lays the body in there.
 * Source: WebAssembly Core Specification 2.0, "Binary Format".
 */
const PAGE = 65_536;
const PAGES = 4;

/** The text is put together below this; above it lies what has to be escaped. */
export const HALF = (PAGES * PAGE) / 2;

interface Scan {
  readonly memory: { readonly buffer: ArrayBuffer };
  /**
   * Whether any byte cannot stand in a JSON string as it is: a control character, a quote, a backslash, or one that
   * is not ASCII. Not zero if so.
   *
   * @param end the index after the last of at least 16 bytes.
   */
  needsEscape(from: number, end: number): number;
  /** Copies bytes of UTF-8 as the inside of a JSON string. Returns the index after the last byte written. */
  copyEscaped(from: number, end: number, to: number): number;
  /** The index of the first quote, backslash or control character; there has to be one. */
  endOfText(from: number): number;
  /** The index of the next quote that ends a text, or of a control character; there has to be one. */
  endOfQuoted(from: number): number;
  /** How many lists and objects are opened, by brackets in texts too; negative less one when not all is ASCII. */
  countOpen(from: number, end: number): number;
}

const I32 = 0x7f;
const V128 = 0x7b;
const NO_RESULT = 0x40;
const BLOCK = [0x02, NO_RESULT];
const LOOP = [0x03, NO_RESULT];
const IF = [0x04, NO_RESULT];
const END = [0x0b];
const branch = (levels: number) => [0x0c, levels];
const branchIf = (levels: number) => [0x0d, levels];
const get = (local: number) => [0x20, local];
const set = (local: number) => [0x21, local];
const tee = (local: number) => [0x22, local];
const load = [0x2d, 0, 0];
const storeAt = (offset: number) => [0x3a, 0, offset];
const IS_ZERO = [0x45];
const EQUAL = [0x46];
const NOT_LESS = [0x4e];
/** The place of the lowest bit. */
const ZEROS_BELOW = [0x68];
const COUNT_BITS = [0x69];
const ADD = [0x6a];
const SUBTRACT = [0x6b];
const AND = [0x71];
const SHIFT_RIGHT = [0x76];
/** On sixteen bytes at once. */
const LOAD_16 = [0xfd, 0x00, 0, 0];
const SPREAD = [0xfd, 0x0f];
const EQUAL_16 = [0xfd, 0x23];
const LESS_16 = [0xfd, 0x25];
const AND_16 = [0xfd, 0x4e];
const OR_16 = [0xfd, 0x50];
const ANY_16 = [0xfd, 0x53];
/** The highest bit of each. */
const BITS_16 = [0xfd, 0x64];

/** A constant from 0 to 2^20, in LEB128. */
const constant = (value: number) => [0x41, (value & 0x7f) | 0x80, ((value >> 7) & 0x7f) | 0x80, value >> 14];
const sixteen = (byte: number) => [...constant(byte), ...SPREAD];
const advance = (local: number, by: number) => [...get(local), ...constant(by), ...ADD, ...set(local)];
/** Does the same again until an index reaches another. */
const until = (index: number, end: number, body: readonly number[]) => [
  ...[...BLOCK, ...LOOP, ...get(index), ...get(end), ...NOT_LESS, ...branchIf(1)],
  ...[...body, ...branch(0), ...END, ...END],
];

const SPACE = 0x20;
const QUOTE = 0x22;
const ZERO = 0x30;
const OPEN_BRACKET = 0x5b;
const BACKSLASH = 0x5c;
const LETTER_U = 0x75;
/** All but the bit in which an opening bracket and an opening brace differ. */
const BUT_KIND = 0xdf;

const FROM = 0;
const STOP = 1;

function needsEscape(): number[] {
  const [last, found, bytes] = [2, 3, 4] as const;
  const same = (byte: number) => [...get(bytes), ...sixteen(byte), ...EQUAL_16, ...OR_16];
  // What is not ASCII is a negative number, and so less than a space.
  const look = (place: number) => [
    ...[...get(found), ...get(place), ...LOAD_16, ...tee(bytes), ...sixteen(SPACE), ...LESS_16],
    ...[...same(QUOTE), ...same(BACKSLASH), ...OR_16],
  ];
  return [
    ...[2, 1, I32, 2, V128],
    ...[...get(STOP), ...constant(16), ...SUBTRACT, ...set(last)],
    ...until(FROM, last, [...look(FROM), ...set(found), ...advance(FROM, 16)]),
    // The last sixteen, of which some were looked at before.
    ...[...look(last), ...ANY_16, ...END],
  ];
}

/** For each byte what follows the backslash; zero: it stands for itself. Behind it the digits of base 16. */
const ESCAPES = PAGES * PAGE - 512;
const DIGITS = ESCAPES + 256;

function copyEscaped(): number[] {
  const [to, byte, letter] = [2, 3, 4] as const;
  const put = (offset: number, what: readonly number[]) => [...get(to), ...what, ...storeAt(offset)];
  const plain = [...put(0, get(byte)), ...advance(to, 1), ...branch(1)];
  const high = [...get(byte), ...constant(4), ...SHIFT_RIGHT, ...constant(ZERO), ...ADD];
  const low = [...get(byte), ...constant(15), ...AND, ...constant(DIGITS), ...ADD, ...load];
  const zero = constant(ZERO);
  return [
    ...[1, 2, I32],
    ...until(FROM, STOP, [
      ...[...get(FROM), ...load, ...set(byte), ...advance(FROM, 1)],
      ...[...get(byte), ...constant(ESCAPES), ...ADD, ...load, ...tee(letter)],
      ...[...IS_ZERO, ...IF, ...plain, ...END],
      ...[...put(0, constant(BACKSLASH)), ...put(1, get(letter)), ...advance(to, 2)],
      ...[...get(letter), ...constant(LETTER_U), ...EQUAL, ...IF],
      ...[...put(0, zero), ...put(1, zero), ...put(2, high), ...put(3, low), ...advance(to, 4), ...END],
    ]),
    ...[...get(to), ...END],
  ];
}

function countOpen(): number[] {
  const [count, bytes, all] = [2, 3, 4] as const;
  const brackets = [...get(bytes), ...sixteen(BUT_KIND), ...AND_16, ...sixteen(OPEN_BRACKET), ...EQUAL_16];
  const negative = [...constant(0), ...get(count), ...SUBTRACT, ...constant(1), ...SUBTRACT, ...set(count)];
  return [
    ...[2, 1, I32, 2, V128],
    ...until(FROM, STOP, [
      ...[...get(FROM), ...LOAD_16, ...tee(bytes), ...get(all), ...OR_16, ...set(all)],
      ...[...get(count), ...brackets, ...BITS_16, ...COUNT_BITS, ...ADD, ...set(count)],
      ...advance(FROM, 16),
    ]),
    ...[...get(all), ...BITS_16, ...IF, ...negative, ...END],
    ...[...get(count), ...END],
  ];
}

/** Puts on the stack which of the sixteen bytes from the place are looked for, as bits; keeps them. */
function findMarks(bytes: number, marks: number): number[] {
  const same = (byte: number) => [...get(bytes), ...sixteen(byte), ...EQUAL_16, ...OR_16];
  return [
    ...[...get(FROM), ...LOAD_16, ...tee(bytes), ...sixteen(SPACE), ...LESS_16],
    ...[...same(QUOTE), ...same(BACKSLASH), ...BITS_16, ...tee(marks)],
  ];
}

function endOfText(): number[] {
  const [marks, bytes] = [1, 2] as const;
  return [
    ...[2, 1, I32, 1, V128],
    ...[
      ...LOOP,
      ...findMarks(bytes, marks),
      ...IS_ZERO,
      ...IF,
      ...advance(FROM, 16),
      ...branch(1),
      ...END,
      ...END,
    ],
    ...[...get(FROM), ...get(marks), ...ZEROS_BELOW, ...ADD, ...END],
  ];
}

function endOfQuoted(): number[] {
  const [marks, byte, bytes] = [1, 2, 3] as const;
  const passOver = (length: number) => [...IF, ...advance(FROM, length), ...branch(1), ...END];
  return [
    ...[2, 2, I32, 1, V128],
    ...[...LOOP, ...findMarks(bytes, marks), ...IS_ZERO, ...passOver(16)],
    ...[...get(FROM), ...get(marks), ...ZEROS_BELOW, ...ADD, ...tee(FROM), ...load, ...tee(byte)],
    ...[...constant(BACKSLASH), ...EQUAL, ...passOver(2)],
    ...[...get(byte), ...constant(0x80), ...NOT_LESS, ...passOver(1), ...END],
    ...[...get(FROM), ...END],
  ];
}

const leb = (value: number) => [(value & 0x7f) | 0x80, value >> 7];
const sized = (content: readonly number[]) => [...leb(content.length), ...content];
const section = (id: number, content: readonly number[]) => [id, ...sized(content)];
const exported = (name: string, kind: number, index: number) => [
  name.length,
  ...Buffer.from(name),
  kind,
  index,
];

/** What is used of the engine; its types are not part of the library that this compiles against. */
interface Engine {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: unknown };
}

function build(): Scan {
  const { WebAssembly } = globalThis as unknown as { readonly WebAssembly: Engine };
  const module = new WebAssembly.Module(
    Uint8Array.from([
      ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
      ...section(1, [3, 0x60, 2, I32, I32, 1, I32, 0x60, 3, I32, I32, I32, 1, I32, 0x60, 1, I32, 1, I32]),
      ...section(3, [5, 0, 1, 0, 2, 2]),
      ...section(5, [1, 1, PAGES, PAGES]),
      ...section(7, [
        ...[6, ...exported('memory', 2, 0), ...exported('needsEscape', 0, 0)],
        ...[
          ...exported('copyEscaped', 0, 1),
          ...exported('countOpen', 0, 2),
          ...exported('endOfText', 0, 3),
          ...exported('endOfQuoted', 0, 4),
        ],
      ]),
      ...section(10, [
        5,
        ...sized(needsEscape()),
        ...sized(copyEscaped()),
        ...sized(countOpen()),
        ...sized(endOfText()),
        ...sized(endOfQuoted()),
      ]),
    ]),
  );
  return new WebAssembly.Instance(module).exports as Scan;
}

export const scan = build();
/** What `write` and `toString` of a `Buffer` call once they know the encoding; finding it takes as long as a short text. */
interface ByEncoding {
  latin1Slice(from: number, end: number): string;
  utf8Slice(from: number, end: number): string;
  latin1Write(text: string, at: number, most: number): number;
  utf8Write(text: string, at: number, most: number): number;
}

export const scratch = Buffer.from(scan.memory.buffer) as Buffer & ByEncoding;
export const words = new DataView(scan.memory.buffer);

/** How many bytes of a body there is room for, with zeros behind them. */
export const MOST_LAID_OUT = HALF - 16;

/** Lays a body in the scratch. How many lists and objects are opened is counted with brackets in texts. */
export function layOut(body: Uint8Array): { readonly open: number; readonly isAscii: boolean } {
  const { byteLength } = body;
  scratch.set(body);
  // What lies behind from before is not looked at.
  words.setFloat64(byteLength, 0);
  words.setFloat64(byteLength + 8, 0);
  const open = scan.countOpen(0, byteLength);
  return open < 0 ? { open: -1 - open, isAscii: false } : { open, isAscii: true };
}

/** Those of RFC 8259, section 7, that have a letter; all other control characters are written with `u`. */
const LETTERS: Readonly<Record<string, string>> = {
  '\b': 'b',
  '\t': 't',
  '\n': 'n',
  '\f': 'f',
  '\r': 'r',
  '"': '"',
  '\\': '\\',
};

scratch.fill(LETTER_U, ESCAPES, ESCAPES + SPACE);
for (const [character, letter] of Object.entries(LETTERS)) {
  scratch.write(letter, ESCAPES + character.charCodeAt(0));
}
scratch.write('0123456789abcdef', DIGITS);
