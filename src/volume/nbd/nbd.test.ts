import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { byteReader } from '../../envelope/index.ts';
import type { BlockDevice } from '../block-device.ts';
import { BLOCK, COMMAND, FUA, NBD_ERROR, OPTION, OPTION_REPLY } from './protocol.ts';
import { type ServedDevice, serveDevice } from './serve.ts';

const SIZE = 1 << 20;
const NAME = 'vol-test';
let folder = '';
let path = '';
let served: ServedDevice;
let device: MemoryDevice;

interface MemoryDevice extends BlockDevice {
  readonly calls: string[];
  failing: string | undefined;
}

function memoryDevice(readOnly = false): MemoryDevice {
  const bytes = Buffer.alloc(SIZE);
  const calls: string[] = [];
  const memory: MemoryDevice = {
    size: SIZE,
    readOnly,
    calls,
    failing: undefined,
    read: (offset, length) => Buffer.from(bytes.subarray(offset, offset + length)),
    write(offset, data) {
      if (memory.failing) throw Object.assign(new Error('disk'), { code: memory.failing });
      calls.push('write');
      data.copy(bytes, offset);
    },
    zero(offset, length) {
      calls.push('zero');
      bytes.fill(0, offset, offset + length);
    },
    flush: () => void calls.push('flush'),
    close: () => {},
  };
  return memory;
}

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'honmaru-nbd-'));
  path = join(folder, 's');
  device = memoryDevice();
  served = await serveDevice(device, NAME, { socket: path });
});
after(async () => {
  await served.stop();
  rmSync(folder, { recursive: true, force: true });
});

interface Client {
  readonly socket: Socket;
  send(...parts: readonly (Buffer | string)[]): void;
  read(length: number): Promise<Buffer>;
  option(number: number, data?: Buffer): void;
  reply(): Promise<{ type: number; data: Buffer }>;
  request(
    type: number,
    offset: number | bigint,
    length: number,
    rest?: { flags?: number; data?: Buffer },
  ): void;
  /** The error of the next answer. */
  answer(): Promise<number>;
}

async function dial(to = path): Promise<Client> {
  const socket = connect(to);
  socket.on('error', () => {});
  const reader = byteReader(socket);
  const hello = await reader.read(18);
  assert.equal(hello.toString('latin1', 0, 16), 'NBDMAGICIHAVEOPT');
  return {
    socket,
    send: (...parts) => {
      for (const part of parts) socket.write(part);
    },
    read: (length) => reader.read(length),
    option: (number, data = Buffer.alloc(0)) => {
      socket.write(Buffer.concat([Buffer.from('IHAVEOPT'), numbers(number, data.length), data]));
    },
    async reply() {
      const head = await reader.read(20);
      return { type: head.readUInt32BE(12), data: await reader.read(head.readUInt32BE(16)) };
    },
    request(type, offset, length, { flags = 0, data = Buffer.alloc(0) } = {}) {
      const head = Buffer.alloc(28);
      head.writeUInt32BE(0x25609513);
      head.writeUInt16BE(flags, 4);
      head.writeUInt16BE(type, 6);
      head.write('cookie!!', 8);
      head.writeBigUInt64BE(BigInt(offset), 16);
      head.writeUInt32BE(length, 24);
      socket.write(Buffer.concat([head, data]));
    },
    async answer() {
      const head = await reader.read(16);
      assert.equal(head.toString('latin1', 8), 'cookie!!');
      return head.readUInt32BE(4);
    },
  };
}

function numbers(...values: number[]): Buffer {
  const bytes = Buffer.alloc(4 * values.length);
  for (const [index, value] of values.entries()) bytes.writeUInt32BE(value, 4 * index);
  return bytes;
}

function goFor(name: string): Buffer {
  return Buffer.concat([numbers(name.length), Buffer.from(name), Buffer.alloc(2)]);
}

async function transmitting(to = path): Promise<Client> {
  const client = await dial(to);
  client.send(numbers(3));
  client.option(OPTION.go, goFor(''));
  while ((await client.reply()).type !== OPTION_REPLY.ack);
  return client;
}

async function isClosed(client: Client): Promise<void> {
  assert.equal((await client.read(1)).length, 0);
  client.socket.destroy();
}

describe('negotiation', () => {
  test('offers the device by its name and by none, with its block sizes', async () => {
    for (const name of ['', NAME]) {
      const client = await dial();
      client.send(numbers(3));
      client.option(OPTION.info, goFor(name));
      const facts = await client.reply();
      assert.equal(facts.data.readBigUInt64BE(2), BigInt(SIZE));
      assert.equal(facts.data.readUInt16BE(10), 0b1_0110_1101);
      assert.deepEqual(
        (await client.reply()).data,
        Buffer.concat([Buffer.from([0, 3]), numbers(512, 4096, 1 << 25)]),
      );
      assert.equal((await client.reply()).type, OPTION_REPLY.ack);
      client.option(OPTION.abort);
      assert.equal((await client.reply()).type, OPTION_REPLY.ack);
      await isClosed(client);
    }
  });

  test('lists it', async () => {
    const client = await dial();
    client.send(numbers(3));
    client.option(OPTION.list);
    assert.equal((await client.reply()).data.toString('latin1', 4), NAME);
    client.socket.destroy();
  });

  test('old clients name it with EXPORT_NAME', async () => {
    const client = await dial();
    client.send(numbers(1));
    client.option(OPTION.exportName, Buffer.from(NAME));
    assert.equal((await client.read(10 + 124)).readBigUInt64BE(), BigInt(SIZE));
    client.request(COMMAND.read, 0, 512);
    assert.equal(await client.answer(), 0);
    client.socket.destroy();
  });

  test('refuses what it does not know, and goes on', async () => {
    const client = await dial();
    client.send(numbers(3));
    for (const [option, data, type] of [
      [99, Buffer.alloc(0), OPTION_REPLY.unsupported],
      [8, Buffer.alloc(0), OPTION_REPLY.unsupported],
      [OPTION.go, goFor('other'), OPTION_REPLY.unknown],
      [OPTION.go, Buffer.alloc(3), OPTION_REPLY.invalid],
      [OPTION.go, numbers(0xffff_fff0, 0), OPTION_REPLY.invalid],
      [OPTION.info, Buffer.alloc(10_000), OPTION_REPLY.tooBig],
    ] as const) {
      client.option(option, data);
      assert.equal((await client.reply()).type, type);
    }
    client.socket.destroy();
  });

  test('lets go of whoever speaks something else', async () => {
    for (const words of ['GET / HTTP/1.1\r\n\r\n and more than enough bytes', numbers(0xff)]) {
      const client = await dial();
      client.send(words);
      await isClosed(client);
    }
    const asking = await dial();
    asking.send(numbers(3));
    for (let count = 0; count < 70; count += 1) asking.option(99);
    for (let count = 0; count < 64; count += 1) await asking.reply();
    await isClosed(asking);
  });
});

describe('requests', () => {
  test('FUA and FLUSH are answered behind the flush', async () => {
    const client = await transmitting();
    device.calls.length = 0;
    client.request(COMMAND.write, 0, 512, { flags: FUA, data: Buffer.alloc(512, 7) });
    assert.equal(await client.answer(), 0);
    client.request(COMMAND.write, 512, 512, { data: Buffer.alloc(512, 8) });
    assert.equal(await client.answer(), 0);
    client.request(COMMAND.flush, 0, 0);
    assert.equal(await client.answer(), 0);
    client.request(COMMAND.trim, 0, 512, { flags: FUA });
    assert.equal(await client.answer(), 0);
    assert.deepEqual(device.calls, ['write', 'flush', 'write', 'flush', 'zero', 'flush']);
    client.request(COMMAND.disconnect, 0, 0);
    await isClosed(client);
  });

  test('beyond the end, of no length, too long or of an unknown kind: an error, and the next one is served', async () => {
    const client = await transmitting();
    const data = Buffer.alloc(1024);
    for (const [type, offset, length, error] of [
      [COMMAND.read, SIZE - 512, 1024, NBD_ERROR.invalid],
      [COMMAND.read, 2n ** 64n - 512n, 1024, NBD_ERROR.invalid],
      [COMMAND.read, 0, 0, NBD_ERROR.invalid],
      [COMMAND.read, 0, BLOCK.most + 1, NBD_ERROR.invalid],
      [COMMAND.write, SIZE - 512, 1024, NBD_ERROR.noSpace],
      [COMMAND.trim, SIZE, 1, NBD_ERROR.noSpace],
      [99, 0, 512, NBD_ERROR.invalid],
    ] as const) {
      client.request(type, offset, length, type === COMMAND.write ? { data } : {});
      assert.equal(await client.answer(), error);
    }
    client.request(COMMAND.read, 0, 512);
    assert.equal(await client.answer(), 0);
    client.socket.destroy();
  });

  test('a disk that fails is an error, not the end', async () => {
    const client = await transmitting();
    for (const [code, error] of [
      ['EIO', NBD_ERROR.io],
      ['ENOSPC', NBD_ERROR.noSpace],
    ] as const) {
      device.failing = code;
      client.request(COMMAND.write, 0, 512, { data: Buffer.alloc(512) });
      assert.equal(await client.answer(), error);
    }
    device.failing = undefined;
    client.socket.destroy();
  });

  test('a write that is longer than announced ends the connection before it is read', async () => {
    const client = await transmitting();
    client.request(COMMAND.write, 0, BLOCK.most + 1);
    await isClosed(client);
  });

  test('no change reaches a read-only device', async () => {
    const socket = join(folder, 'r');
    const readOnly = memoryDevice(true);
    const server = await serveDevice(readOnly, NAME, { socket });
    const client = await transmitting(socket);
    client.request(COMMAND.write, 0, 512, { data: Buffer.alloc(512) });
    assert.equal(await client.answer(), NBD_ERROR.perm);
    client.request(COMMAND.trim, 0, 512);
    assert.equal(await client.answer(), NBD_ERROR.perm);
    await server.stop();
    assert.deepEqual(readOnly.calls, []);
  });
});

test('the socket is for its owner only', () => {
  assert.equal(statSync(path).mode & 0o777, 0o600);
});

test('a client that goes away amid an answer does no harm', async () => {
  const leaving = await transmitting();
  for (let count = 0; count < 20; count += 1) leaving.request(COMMAND.read, 0, SIZE);
  leaving.socket.destroy();
  await once(leaving.socket, 'close');
  const client = await transmitting();
  client.request(COMMAND.read, 0, 512);
  assert.equal(await client.answer(), 0);
  client.socket.destroy();
});
