import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { asyncProperty, integer, assert as property, uint8Array } from 'fast-check';
import { encodeHeader, headerLength } from './header.ts';
import { opened } from './open.ts';
import { sealed } from './seal.ts';
import { testDataKeys } from './testing.ts';

const CHUNK = 4096;
const SEALED_CHUNK = CHUNK + 16;
const CONTEXT = new Map([
  ['tenant', 'blue'],
  ['purpose', 'backup'],
]);
const keys = testDataKeys();

async function* streamOf(bytes: Uint8Array, step = 1000): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += step) yield bytes.subarray(at, at + step);
}

async function gathered(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of stream) parts.push(part);
  return Buffer.concat(parts);
}

async function seal(plaintext: Uint8Array, context = CONTEXT): Promise<Buffer> {
  return gathered(sealed(streamOf(plaintext), keys, { keyId: 'alias/x', context, chunkBytes: CHUNK }));
}

async function open(envelope: Uint8Array): Promise<Buffer> {
  return gathered((await opened(streamOf(envelope), keys)).plaintext);
}

/** What was given out before the refusal, and its code. */
async function refused(envelope: Uint8Array): Promise<{ code: string; given: Buffer }> {
  const parts: Buffer[] = [];
  try {
    for await (const part of (await opened(streamOf(envelope), keys)).plaintext) parts.push(part);
  } catch (error) {
    return { code: String((error as { code?: unknown }).code), given: Buffer.concat(parts) };
  }
  throw new Error('it was opened');
}

function pattern(length: number): Buffer {
  return Buffer.from(Array.from({ length }, (_, at) => (at * 31 + (at >> 8)) & 255));
}

/** Header and sealed chunks, apart. */
function partsOf(envelope: Buffer): { header: Buffer; chunks: Buffer[] } {
  const start = headerLength(envelope);
  const chunks: Buffer[] = [];
  for (let at = start; at < envelope.length; at += SEALED_CHUNK) {
    chunks.push(envelope.subarray(at, at + SEALED_CHUNK));
  }
  return { header: envelope.subarray(0, start), chunks };
}

describe('an envelope gives back what was put in', () => {
  for (const length of [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 3 * CHUNK + 5]) {
    test(`${length} bytes`, async () => {
      const plaintext = pattern(length);
      const envelope = await seal(plaintext);
      assert.deepEqual(await open(envelope), plaintext);
      const chunks = Math.max(1, Math.ceil(length / CHUNK));
      assert.equal(envelope.length, headerLength(envelope) + length + 16 * chunks);
    });
  }

  test('whatever the plaintext, its context and the way it arrives', async () => {
    const cases = asyncProperty(
      uint8Array({ maxLength: 9000 }),
      integer({ min: 1, max: 5000 }),
      async (bytes, step) => {
        const envelope = await gathered(
          sealed(streamOf(bytes, step), keys, {
            keyId: 'k',
            context: new Map([['n', String(step)]]),
            chunkBytes: CHUNK,
          }),
        );
        const { header, plaintext } = await opened(streamOf(envelope, step), keys);
        assert.equal(header.context.get('n'), String(step));
        assert.ok((await gathered(plaintext)).equals(bytes));
      },
    );
    await property(cases, { numRuns: 40 });
  });

  test('the same plaintext twice has nothing in common but the header fields', async () => {
    const [first, second] = [partsOf(await seal(pattern(9000))), partsOf(await seal(pattern(9000)))];
    for (const [index, chunk] of first.chunks.entries()) assert.notDeepEqual(chunk, second.chunks[index]);
  });
});

describe('a changed envelope is refused, and nothing of the changed place is given out', () => {
  const plaintext = pattern(2 * CHUNK + 700);

  test('any bit of any byte', async () => {
    const envelope = await seal(plaintext);
    const start = headerLength(envelope);
    const cases = asyncProperty(
      integer({ min: 0, max: envelope.length - 1 }),
      integer({ min: 0, max: 7 }),
      async (at, bit) => {
        const changed = Buffer.from(envelope);
        changed[at] = (changed[at] ?? 0) ^ (1 << bit);
        const { given } = await refused(changed);
        const sound = at < start ? 0 : Math.floor((at - start) / SEALED_CHUNK) * CHUNK;
        assert.ok(given.length <= sound && given.equals(plaintext.subarray(0, given.length)));
      },
    );
    await property(cases, { numRuns: 150 });
  });

  test('every byte of the header', async () => {
    const envelope = await seal(Buffer.from('x'));
    for (let at = 0; at < headerLength(envelope); at += 1) {
      const changed = Buffer.from(envelope);
      changed[at] = (changed[at] ?? 0) ^ 0x20;
      assert.equal((await refused(changed)).given.length, 0);
    }
  });

  test('cut off anywhere', async () => {
    const envelope = await seal(plaintext);
    const cases = asyncProperty(integer({ min: 0, max: envelope.length - 1 }), async (length) => {
      const { given } = await refused(envelope.subarray(0, length));
      assert.ok(given.equals(plaintext.subarray(0, given.length)));
    });
    await property(cases, { numRuns: 100 });
  });

  test('cut off behind a whole chunk says so', async () => {
    const { header, chunks } = partsOf(await seal(plaintext));
    for (const kept of [0, 1, 2]) {
      const { code } = await refused(Buffer.concat([header, ...chunks.slice(0, kept)]));
      assert.equal(code, 'envelope-truncated');
    }
  });

  test('chunks swapped, repeated, left out, appended or taken from another file', async () => {
    const { header, chunks } = partsOf(await seal(plaintext));
    const [first, second, last] = chunks as [Buffer, Buffer, Buffer];
    const other = partsOf(await seal(plaintext));
    const orders = [
      [second, first, last],
      [first, first, second, last],
      [second, last],
      [first, last],
      [first, second, last, last],
      [first, second, second],
      [first, other.chunks[1] ?? last, last],
    ];
    for (const order of orders) {
      assert.equal((await refused(Buffer.concat([header, ...order]))).code, 'envelope-changed');
    }
    assert.equal((await refused(Buffer.concat([other.header, ...chunks]))).code, 'envelope-changed');
  });

  test('bytes behind the end', async () => {
    const envelope = await seal(pattern(CHUNK));
    assert.equal((await refused(Buffer.concat([envelope, Buffer.from('x')]))).code, 'envelope-changed');
  });
});

describe('the header', () => {
  const fields = {
    chunkBytes: CHUNK,
    salt: Buffer.alloc(32),
    keyId: 'k',
    context: new Map<string, string>(),
    encryptedDataKey: Buffer.alloc(10),
  };

  test('another file is not taken for an envelope', async () => {
    for (const bytes of ['', 'x', 'PK\u0003\u0004 and so on, long enough to be something']) {
      assert.equal((await refused(Buffer.from(bytes))).code, 'envelope-format');
    }
  });

  test('an impossible chunk size, context order or length is refused before the key is asked for', async () => {
    const asked = { open: () => assert.fail('the key was asked for') };
    const twice = encodeHeader({
      ...fields,
      context: new Map([
        ['a', '1'],
        ['b', '2'],
      ]),
    });
    twice[twice.lastIndexOf('b')] = 'a'.charCodeAt(0);
    const bad = [
      encodeHeader({ ...fields, chunkBytes: 5000 }),
      encodeHeader({ ...fields, chunkBytes: 1 << 30 }),
      twice,
    ];
    for (const head of bad) {
      const source = streamOf(Buffer.concat([head, Buffer.alloc(32)]));
      await assert.rejects(opened(source, asked), { code: 'envelope-header' });
    }
  });

  test('a context name such as __proto__ is a name', async () => {
    const envelope = await seal(pattern(3), new Map([['__proto__', 'x']]));
    assert.deepEqual(await open(envelope), pattern(3));
  });

  test('a context that does not fit 64 KiB is refused', async () => {
    const context = new Map(Array.from({ length: 3 }, (_, at) => [`n${at}`, 'v'.repeat(30_000)] as const));
    await assert.rejects(seal(pattern(1), context), { code: 'envelope-header' });
  });

  test('a file under another key or context than expected is refused before the key is asked for', async () => {
    const envelope = await seal(pattern(1));
    const asked = { open: () => assert.fail('the key was asked for') };
    for (const expected of [{ keyId: 'arn:other' }, { context: new Map([['tenant', 'red']]) }]) {
      await assert.rejects(opened(streamOf(envelope), asked, expected), { code: 'envelope-unexpected' });
    }
    await opened(streamOf(envelope), keys, { context: new Map([['tenant', 'blue']]) });
  });
});
