import { type Connection, ConnectionEnded } from './connection.ts';
import {
  BLOCK,
  HANDSHAKE,
  INFO,
  INIT_MAGIC,
  OPTION,
  OPTION_MAGIC,
  OPTION_REPLY,
  OPTION_REPLY_MAGIC,
  TRANSMISSION,
} from './protocol.ts';

/** The one device that is offered. */
export interface Export {
  /** The name that clients see; the empty name means the same device. */
  readonly name: string;
  readonly size: number;
  readonly readOnly: boolean;
}

const MOST_OPTIONS = 64;
const MOST_OPTION_BYTES = 1 << 13;

/**
 * Fixed newstyle negotiation, until the client has chosen the device.
 *
 * @returns false where the client only asked and went away
 * @throws ConnectionEnded
 */
export async function negotiate(connection: Connection, offered: Export): Promise<boolean> {
  const hello = Buffer.alloc(18);
  hello.writeBigUInt64BE(INIT_MAGIC);
  hello.writeBigUInt64BE(OPTION_MAGIC, 8);
  hello.writeUInt16BE(HANDSHAKE.fixedNewstyle | HANDSHAKE.noZeroes, 16);
  await connection.send(hello);
  const flags = (await connection.read(4)).readUInt32BE();
  if ((flags & ~(HANDSHAKE.fixedNewstyle | HANDSHAKE.noZeroes)) !== 0) {
    throw new ConnectionEnded('the client set flags that it was not offered');
  }
  for (let count = 0; count < MOST_OPTIONS; count += 1) {
    const option = await readOption(connection);
    const next = await answerOption(connection, offered, option, (flags & HANDSHAKE.noZeroes) !== 0);
    if (next !== 'more') return next === 'transmit';
  }
  throw new ConnectionEnded('the client asks without end');
}

interface Option {
  readonly number: number;
  /** Undefined where they were too many. */
  readonly data: Buffer | undefined;
}

async function readOption(connection: Connection): Promise<Option> {
  const head = await connection.read(16);
  if (head.readBigUInt64BE() !== OPTION_MAGIC) throw new ConnectionEnded('this is no option');
  const number = head.readUInt32BE(8);
  const length = head.readUInt32BE(12);
  if (length <= MOST_OPTION_BYTES) return { number, data: await connection.read(length) };
  if (length > BLOCK.most) throw new ConnectionEnded('the option is too long to read past');
  await connection.read(length);
  return { number, data: undefined };
}

async function answerOption(
  connection: Connection,
  offered: Export,
  { number, data }: Option,
  noZeroes: boolean,
): Promise<'more' | 'transmit' | 'end'> {
  const reply = (type: number, payload: Uint8Array = Buffer.alloc(0)) =>
    connection.send(optionReply(number, type, payload.length), payload);

  if (number === OPTION.abort) {
    await reply(OPTION_REPLY.ack);
    return 'end';
  }
  if (number === OPTION.exportName) {
    if (!data || !isNameOf(offered, data)) throw new ConnectionEnded('there is no such export');
    await connection.send(exportFacts(offered), Buffer.alloc(noZeroes ? 0 : 124));
    return 'transmit';
  }
  if (!data) {
    await reply(OPTION_REPLY.tooBig);
    return 'more';
  }
  if (number === OPTION.list) {
    if (data.length > 0) {
      await reply(OPTION_REPLY.invalid);
      return 'more';
    }
    await reply(OPTION_REPLY.server, withLength(Buffer.from(offered.name)));
    await reply(OPTION_REPLY.ack);
    return 'more';
  }
  if (number !== OPTION.info && number !== OPTION.go) {
    await reply(OPTION_REPLY.unsupported);
    return 'more';
  }
  const name = nameAsked(data);
  if (!name || !isNameOf(offered, name)) {
    await reply(name ? OPTION_REPLY.unknown : OPTION_REPLY.invalid);
    return 'more';
  }
  await reply(OPTION_REPLY.info, Buffer.concat([uint16(INFO.export), exportFacts(offered)]));
  await reply(OPTION_REPLY.info, blockSizes());
  await reply(OPTION_REPLY.ack);
  return number === OPTION.go ? 'transmit' : 'more';
}

/** The name in INFO and GO: its length, itself, then how many facts are asked for and which. */
function nameAsked(data: Buffer): Buffer | undefined {
  if (data.length < 6) return undefined;
  const length = data.readUInt32BE();
  if (length > data.length - 6) return undefined;
  const asked = data.readUInt16BE(4 + length);
  return data.length === 6 + length + 2 * asked ? data.subarray(4, 4 + length) : undefined;
}

function isNameOf(offered: Export, name: Buffer): boolean {
  return name.length === 0 || name.equals(Buffer.from(offered.name));
}

function exportFacts({ size, readOnly }: Export): Buffer {
  const facts = Buffer.alloc(10);
  facts.writeBigUInt64BE(BigInt(size));
  const writing = readOnly
    ? TRANSMISSION.readOnly
    : TRANSMISSION.sendFua | TRANSMISSION.sendTrim | TRANSMISSION.sendWriteZeroes;
  // Every connection works on one open file, so that a flush on any of them is a flush for all.
  const always = TRANSMISSION.hasFlags | TRANSMISSION.sendFlush | TRANSMISSION.canMultiConn;
  facts.writeUInt16BE(always | writing, 8);
  return facts;
}

function blockSizes(): Buffer {
  const sizes = Buffer.alloc(14);
  sizes.writeUInt16BE(INFO.blockSize);
  sizes.writeUInt32BE(BLOCK.least, 2);
  sizes.writeUInt32BE(BLOCK.preferred, 6);
  sizes.writeUInt32BE(BLOCK.most, 10);
  return sizes;
}

function optionReply(option: number, type: number, length: number): Buffer {
  const head = Buffer.alloc(20);
  head.writeBigUInt64BE(OPTION_REPLY_MAGIC);
  head.writeUInt32BE(option, 8);
  head.writeUInt32BE(type, 12);
  head.writeUInt32BE(length, 16);
  return head;
}

function withLength(bytes: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(value);
  return bytes;
}
