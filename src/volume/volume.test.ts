import assert from 'node:assert/strict';
import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { array, asyncProperty, boolean, integer, assert as property, record } from 'fast-check';
import { testDataKeys } from '../envelope/testing.ts';
import { attach } from './attach.ts';
import { createVolume, reencryptVolume, snapshotVolume } from './create.ts';
import { lockVolume } from './lock.ts';
import { readMetadata } from './volume-file.ts';

const SIZE = 64 * 1024;
const keys = testDataKeys();
const making = { dataKeys: keys, now: new Date('2026-11-24T00:00:00Z'), keyId: 'alias/x' };
const CANARY = Buffer.from('a very secret sentence of the plaintext');
let folder = '';
let count = 0;

before(() => {
  folder = mkdtempSync(join(tmpdir(), 'honmaru-volume-'));
});
after(() => rmSync(folder, { recursive: true, force: true }));

function path(): string {
  count += 1;
  return join(folder, `${count}.volume`);
}

async function volume(size = SIZE): Promise<string> {
  const made = path();
  await createVolume(made, { ...making, size });
  return made;
}

async function contentOf(file: string, dataKeys = keys): Promise<Buffer> {
  const { device } = await attach(file, dataKeys, true);
  try {
    return device.read(0, device.size);
  } finally {
    device.close();
  }
}

async function write(file: string, offset: number, bytes: Buffer): Promise<void> {
  const { device } = await attach(file, keys, false);
  device.write(offset, bytes);
  device.flush();
  device.close();
}

describe('a volume', () => {
  test('is new: zeros, sparse, readable by its owner only, with an id like EC2 gives', async () => {
    const file = await volume(1 << 30);
    const { size, blocks, mode } = statSync(file);
    assert.equal(size, (1 << 30) + 65536);
    assert.ok(blocks * 512 < 1 << 20);
    assert.equal(mode & 0o777, 0o600);
    assert.match(readMetadata(file).id, /^vol-[0-9a-f]{17}$/);
    const { device } = await attach(file, keys, true);
    assert.ok(device.read((1 << 30) - 5000, 5000).every((byte) => byte === 0));
    device.close();
  });

  test('does as a plain array of bytes would, whatever is written, zeroed and read', async () => {
    const range = record({
      zero: boolean(),
      offset: integer({ min: 0, max: SIZE - 1 }),
      length: integer({ min: 1, max: 12_000 }),
      fill: integer({ min: 0, max: 255 }),
    });
    const cases = asyncProperty(array(range, { maxLength: 12 }), async (steps) => {
      const file = await volume();
      const { device } = await attach(file, keys, false);
      const model = Buffer.alloc(SIZE);
      for (const { zero, offset, length: wanted, fill } of steps) {
        const length = Math.min(wanted, SIZE - offset);
        if (zero) device.zero(offset, length);
        else device.write(offset, Buffer.alloc(length, fill));
        model.fill(zero ? 0 : fill, offset, offset + length);
        assert.ok(device.read(offset, length).equals(model.subarray(offset, offset + length)));
      }
      device.close();
      assert.ok((await contentOf(file)).equals(model));
    });
    await property(cases, { numRuns: 25 });
  });

  test('holds no plaintext, and the same bytes differ from sector to sector', async () => {
    const file = await volume();
    await write(file, 0, Buffer.concat([CANARY, Buffer.alloc(8192 - CANARY.length, 7)]));
    await write(file, 8192, Buffer.alloc(8192, 7));
    const raw = readFileSync(file);
    assert.equal(raw.indexOf(CANARY), -1);
    assert.notDeepEqual(
      raw.subarray(65536 + 8192, 65536 + 12288),
      raw.subarray(65536 + 12288, 65536 + 16384),
    );
  });

  test('what is trimmed is gone from the file', async () => {
    const file = await volume();
    await write(file, 4096, Buffer.alloc(4096, 1));
    const { device } = await attach(file, keys, false);
    device.zero(4096, 4096);
    device.close();
    assert.ok(
      readFileSync(file)
        .subarray(65536)
        .every((byte) => byte === 0),
    );
  });

  test('asks KMS with the context that EBS gives', async () => {
    const asked: unknown[] = [];
    const file = path();
    const { id } = await createVolume(file, {
      ...making,
      size: SIZE,
      dataKeys: {
        ...keys,
        generate(keyId, context) {
          asked.push(keyId, ...context);
          return keys.generate(keyId, context);
        },
      },
    });
    assert.deepEqual(asked, ['alias/x', ['aws:ebs:id', id]]);
  });
});

describe('a volume is not opened', () => {
  test('where KMS says no', async () => {
    const file = await volume();
    const refusing = { open: () => Promise.reject(new Error('the key is disabled')) };
    await assert.rejects(attach(file, refusing, true), /the key is disabled/);
  });

  test('where one byte of its header was changed', async () => {
    const sound = readFileSync(await volume());
    const length = sound.indexOf('}') + 1 + 32;
    for (let at = 0; at < length; at += 1) {
      const changed = Buffer.from(sound);
      changed[at] = (changed[at] ?? 0) ^ 1;
      const file = path();
      writeFileSync(file, changed);
      await assert.rejects(attach(file, keys, true), `byte ${at}`);
    }
    const hidden = Buffer.from(sound);
    hidden[60_000] = 1;
    const file = path();
    writeFileSync(file, hidden);
    await assert.rejects(attach(file, keys, true), { code: 'volume-header-changed' });
  });

  test('where its file is shorter or longer than it says', async () => {
    const short = await volume();
    truncateSync(short, 65536 + SIZE - 1);
    await assert.rejects(attach(short, keys, true), { code: 'volume-damaged' });
    const long = await volume();
    appendFileSync(long, 'x');
    await assert.rejects(attach(long, keys, true), { code: 'volume-damaged' });
  });

  test('where it is another file, or a folder', async () => {
    const file = path();
    writeFileSync(file, 'text');
    await assert.rejects(attach(file, keys, true), { code: 'volume-format' });
    await assert.rejects(attach(folder, keys, true), { code: 'volume-format' });
  });

  test('where its size is no size', async () => {
    for (const size of [0, -4096, 4097, 2 ** 47, Number.NaN]) {
      await assert.rejects(createVolume(path(), { ...making, size }), { code: 'volume-size' });
    }
  });

  test('twice at once', async () => {
    const file = await volume();
    const release = await lockVolume(file);
    await assert.rejects(lockVolume(file), { code: 'volume-in-use' });
    release();
  });
});

describe('a snapshot', () => {
  test('keeps what the volume held, whatever is written later', async () => {
    const file = await volume();
    await write(file, 100, CANARY);
    const kept = path();
    const snapshot = await snapshotVolume(file, kept, making);
    await write(file, 100, Buffer.alloc(CANARY.length, 1));
    assert.ok((await contentOf(kept)).includes(CANARY));
    assert.match(snapshot.id, /^snap-[0-9a-f]{17}$/);
    assert.equal(snapshot.dataKeyOf, readMetadata(file).id);
  });

  test('is only read', async () => {
    const file = path();
    await snapshotVolume(await volume(), file, making);
    await assert.rejects(attach(file, keys, false), { code: 'volume-is-snapshot' });
  });

  test('does not overwrite a file', async () => {
    const file = await volume();
    await assert.rejects(snapshotVolume(file, await volume(), making), { code: 'volume-exists' });
  });
});

describe('a snapshot of a volume that is served', () => {
  const LARGE = 8 << 20;
  const MiB = 1 << 20;

  test('is of the moment at which it was asked for, whatever is written, trimmed and zeroed meanwhile', async () => {
    const file = await volume(LARGE);
    const { device, metadata, snapshots } = await attach(file, keys, false);
    for (let at = 0; at < LARGE; at += MiB) device.write(at, Buffer.alloc(MiB, 1 + at / MiB));
    const then = device.read(0, LARGE);
    const kept = path();
    const taking = snapshots.take(kept, making.now);
    // Behind what is copied, across a border, before the first turn and between turns.
    device.write(7 * MiB + 100, Buffer.alloc(5_000, 99));
    device.write(4 * MiB - 10, Buffer.alloc(20, 98));
    await new Promise((resolve) => setImmediate(resolve));
    device.zero(5 * MiB, 2 * MiB);
    device.write(0, Buffer.alloc(4_096, 97));
    const snapshot = await taking;
    device.write(3 * MiB, Buffer.alloc(4_096, 96));
    device.close();
    assert.equal(snapshot.from, metadata.id);
    assert.ok((await contentOf(kept)).equals(then));
    const now = await contentOf(file);
    assert.equal(now[7 * MiB + 100], 99);
    assert.equal(now[6 * MiB], 0);
    await assert.rejects(attach(kept, keys, false), { code: 'volume-is-snapshot' });
  });

  test('is one at a time, and leaves nothing behind where the volume goes or its place is taken', async () => {
    const file = await volume(LARGE);
    const { device, snapshots } = await attach(file, keys, false);
    const kept = path();
    const taking = snapshots.take(kept, making.now);
    await assert.rejects(snapshots.take(path(), making.now), { code: 'volume-snapshot-runs' });
    snapshots.abandon();
    await assert.rejects(taking, { code: 'volume-snapshot-abandoned' });
    assert.equal(existsSync(kept), false);
    await assert.rejects(snapshots.take(file, making.now), { code: 'volume-exists' });
    assert.equal((await snapshots.take(kept, making.now)).kind, 'snapshot');
    device.close();
  });
});

describe('encrypting anew', () => {
  test('gives the same content under another key; no sector stays as it was', async () => {
    const file = await volume();
    await write(file, 4096, Buffer.alloc(12_288, 9));
    const old = readFileSync(file);
    const content = await contentOf(file);
    const others = testDataKeys('arn:other');
    const both = { open: keys.open, generate: others.generate };
    await reencryptVolume(file, file, { ...making, dataKeys: both, keyId: 'arn:other' });
    assert.equal(readMetadata(file).keyId, 'arn:other');
    assert.ok((await contentOf(file, others)).equals(content));
    await assert.rejects(contentOf(file, keys));
    const now = readFileSync(file);
    for (let at = 65536 + 4096; at < 65536 + 16_384; at += 4096) {
      assert.notDeepEqual(now.subarray(at, at + 4096), old.subarray(at, at + 4096));
    }
    assert.ok(now.subarray(65536, 65536 + 4096).every((byte) => byte === 0));
  });

  test('leaves nothing behind where KMS refuses the new key', async () => {
    const file = await volume();
    const out = path();
    const refusing = { ...keys, generate: () => Promise.reject(new Error('no')) };
    await assert.rejects(reencryptVolume(file, out, { ...making, dataKeys: refusing }));
    assert.equal(existsSync(out), false);
  });
});
