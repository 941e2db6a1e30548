import { setImmediate as turn } from 'node:timers/promises';
import type { BlockDevice } from '../block-device.ts';
import { type Connection, ConnectionEnded } from './connection.ts';
import { BLOCK, COMMAND, FUA, NBD_ERROR, REQUEST_MAGIC, SIMPLE_REPLY_MAGIC } from './protocol.ts';

interface Request {
  readonly flags: number;
  readonly type: number;
  /** What the client recognises the answer by; given back as it is. */
  readonly cookie: Buffer;
  /** Beyond every device where it does not fit a number. */
  readonly offset: number;
  readonly length: number;
  readonly data: Buffer | undefined;
}

const REQUEST_BYTES = 28;
const NOTHING = Buffer.alloc(0);

/**
 * Answers requests in their order until the client disconnects.
 *
 * @throws ConnectionEnded
 */
export async function transmit(connection: Connection, device: BlockDevice): Promise<void> {
  for (;;) {
    const request = await readRequest(connection);
    if (request.type === COMMAND.disconnect) return;
    const answer = await perform(device, request);
    if (typeof answer === 'number') await connection.send(simpleReply(request, answer));
    else await connection.send(simpleReply(request, 0), answer);
  }
}

async function readRequest(connection: Connection): Promise<Request> {
  const head = await connection.read(REQUEST_BYTES);
  if (head.readUInt32BE() !== REQUEST_MAGIC) throw new ConnectionEnded('this is no request');
  const type = head.readUInt16BE(6);
  const length = head.readUInt32BE(24);
  if (type === COMMAND.write && length > BLOCK.most) {
    throw new ConnectionEnded('the write is longer than was announced');
  }
  return {
    flags: head.readUInt16BE(4),
    type,
    cookie: head.subarray(8, 16),
    offset: Number(head.readBigUInt64BE(16)),
    length,
    data: type === COMMAND.write ? await connection.read(length) : undefined,
  };
}

/** The bytes that were read (none for other commands), or the number of an error. */
async function perform(device: BlockDevice, request: Request): Promise<Buffer | number> {
  const refusal = refusalOf(device, request);
  if (refusal !== undefined) return refusal;
  const { type, offset, length, data } = request;
  try {
    if (type === COMMAND.read) return device.read(offset, length);
    if (type === COMMAND.flush) device.flush();
    else if (data) device.write(offset, data);
    else await zero(device, offset, length);
    if (request.flags & FUA) device.flush();
    return NOTHING;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOSPC' ? NBD_ERROR.noSpace : NBD_ERROR.io;
  }
}

const CHANGING: readonly number[] = [COMMAND.write, COMMAND.trim, COMMAND.writeZeroes];

function refusalOf(device: BlockDevice, { type, offset, length }: Request): number | undefined {
  if (type === COMMAND.flush) return undefined;
  const changing = CHANGING.includes(type);
  if (type !== COMMAND.read && !changing) return NBD_ERROR.invalid;
  if (changing && device.readOnly) return NBD_ERROR.perm;
  if (length === 0) return NBD_ERROR.invalid;
  if (offset + length > device.size) return changing ? NBD_ERROR.noSpace : NBD_ERROR.invalid;
  return type === COMMAND.read && length > BLOCK.most ? NBD_ERROR.overflow : undefined;
}

/** A long range in steps, between which other connections have their turn. */
async function zero(device: BlockDevice, offset: number, length: number): Promise<void> {
  for (let done = 0; done < length; done += BLOCK.most) {
    if (done > 0) await turn();
    device.zero(offset + done, Math.min(BLOCK.most, length - done));
  }
}

function simpleReply({ cookie }: Request, error: number): Buffer {
  const head = Buffer.alloc(16);
  head.writeUInt32BE(SIMPLE_REPLY_MAGIC);
  head.writeUInt32BE(error, 4);
  cookie.copy(head, 8);
  return head;
}
