/**
 * Messages of p11-kit's remote protocol, version 0: the number of a call, its signature, and its arguments.
 * Numbers are big-endian; a CK_ULONG has 8 bytes, a length 4. Facts of the protocol: p11-kit 0.24, `rpc-message.h`.
 */

/** The calls that are used, with the signatures of their arguments and answers. */
const CALLS = {
  Initialize: [1, 'ayyay', ''],
  GetSlotList: [4, 'yfu', 'au'],
  GetTokenInfo: [6, 'u', 'ssssuuuuuuuuuuuvvs'],
  OpenSession: [10, 'uu', 'u'],
  Login: [18, 'uuay', ''],
  DestroyObject: [22, 'uu', ''],
  GetAttributeValue: [24, 'uufA', 'aAu'],
  FindObjectsInit: [26, 'uaA', ''],
  FindObjects: [27, 'ufu', 'au'],
  FindObjectsFinal: [28, 'u', ''],
  SignInit: [42, 'uMu', ''],
  Sign: [43, 'uayfy', 'ay'],
  GenerateKey: [58, 'uMaA', 'u'],
  GenerateRandom: [64, 'ufy', 'ay'],
} as const satisfies Record<string, readonly [number: number, asked: string, answered: string]>;

export type CallName = keyof typeof CALLS;

/** The value of an attribute: a byte for a truth value, a CK_ULONG for a number. */
export type AttributeValue = boolean | number | Buffer;

const NO_BYTES = 0xffffffff;
const REFUSAL = 0;

/** Arguments in the order of a call's signature, each as bytes. */
export const argument = {
  byte: (value: number) => Buffer.of(value),
  ulong(value: number): Buffer {
    const bytes = Buffer.alloc(8);
    bytes.writeBigUInt64BE(BigInt(value));
    return bytes;
  },
  bytes: (value: Uint8Array) => Buffer.concat([Buffer.of(1), counted(value)]),
  /** How many bytes or numbers of an answer there is room for. */
  room: (count: number) => word(count),
  mechanism: (type: number) => Buffer.concat([word(type), word(NO_BYTES)]),
  attributes: (all: ReadonlyMap<number, AttributeValue>) =>
    Buffer.concat([word(all.size), ...[...all].map(([type, value]) => attributeBytes(type, value))]),
  /** Truth values that are asked for. */
  truths: (types: readonly number[]) =>
    Buffer.concat([word(types.length), ...types.flatMap((type) => [word(type), word(1)])]),
} as const;

/** A call as bytes. */
export function callBytes(name: CallName, args: readonly Buffer[]): Buffer {
  const [number, asked] = CALLS[name];
  return Buffer.concat([word(number), counted(Buffer.from(asked)), ...args]);
}

/** What a token answered: the return value of a refusal, or the arguments that come back. */
export type Answer = { readonly refused: number } | { readonly fields: AnswerReader };

/** Reads an answer to a call. @throws RangeError when it is none. */
export function answerOf(name: CallName, bytes: Buffer): Answer {
  const [number, , answered] = CALLS[name];
  const fields = answerReader(bytes);
  const got = fields.word();
  const signature = fields.counted().toString('latin1');
  if (got === REFUSAL && signature === 'u') return { refused: fields.ulong() };
  if (got !== number || signature !== answered) throw new RangeError('no answer to this call');
  return { fields };
}

/** Reads the arguments of an answer one after the other. @throws RangeError past the end. */
export interface AnswerReader {
  word(): number;
  ulong(): number;
  counted(): Buffer;
  /** A byte array; empty when the token had none. */
  bytes(): Buffer;
  ulongs(): readonly number[];
  /** Truth values by attribute; those that the token does not tell are absent. */
  truths(): ReadonlyMap<number, boolean>;
}

function answerReader(bytes: Buffer): AnswerReader {
  let at = 0;
  const take = (count: number): Buffer => {
    if (bytes.length - at < count) throw new RangeError('the answer is too short');
    at += count;
    return bytes.subarray(at - count, at);
  };
  const reader: AnswerReader = {
    word: () => take(4).readUInt32BE(),
    ulong: () => Number(take(8).readBigUInt64BE()),
    counted: () => take(reader.word()),
    bytes() {
      if (take(1)[0] === 1) return reader.counted();
      take(4);
      return Buffer.alloc(0);
    },
    ulongs() {
      const present = take(1)[0] === 1;
      const count = reader.word();
      if (!present) return [];
      if (count > bytes.length / 8) throw new RangeError('the answer is too short');
      return Array.from({ length: count }, () => reader.ulong());
    },
    truths() {
      const all = new Map<number, boolean>();
      for (let left = reader.word(); left > 0; left -= 1) {
        const type = reader.word();
        if (take(1)[0] !== 1) continue;
        reader.word();
        all.set(type, take(1)[0] === 1);
      }
      return all;
    },
  };
  return reader;
}

function attributeBytes(type: number, value: AttributeValue): Buffer {
  const head = Buffer.concat([word(type), Buffer.of(1)]);
  if (typeof value === 'boolean') return Buffer.concat([head, word(1), Buffer.of(value ? 1 : 0)]);
  if (typeof value === 'number') return Buffer.concat([head, word(8), argument.ulong(value)]);
  return Buffer.concat([head, word(value.length), counted(value)]);
}

function word(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

function counted(value: Uint8Array): Buffer {
  return Buffer.concat([word(value.length), value]);
}
