/**
 * The numbers of the Network Block Device protocol (NetworkBlockDevice/nbd, doc/proto.md), as far as they
 * are spoken here. All integers on the wire are big endian.
 */

export const INIT_MAGIC = 0x4e42444d41474943n;
export const OPTION_MAGIC = 0x49484156454f5054n;
export const OPTION_REPLY_MAGIC = 0x0003e889045565a9n;
export const REQUEST_MAGIC = 0x25609513;
export const SIMPLE_REPLY_MAGIC = 0x67446698;

export const HANDSHAKE = { fixedNewstyle: 1, noZeroes: 2 } as const;

export const OPTION = { exportName: 1, abort: 2, list: 3, info: 6, go: 7 } as const;

export const OPTION_REPLY = {
  ack: 1,
  server: 2,
  info: 3,
  unsupported: 0x8000_0001,
  invalid: 0x8000_0003,
  unknown: 0x8000_0006,
  tooBig: 0x8000_0009,
} as const;

export const INFO = { export: 0, blockSize: 3 } as const;

export const TRANSMISSION = {
  hasFlags: 1,
  readOnly: 2,
  sendFlush: 4,
  sendFua: 8,
  sendTrim: 32,
  sendWriteZeroes: 64,
  canMultiConn: 256,
} as const;

export const COMMAND = { read: 0, write: 1, disconnect: 2, flush: 3, trim: 4, writeZeroes: 6 } as const;

/** Force unit access: the reply waits until the change is on the disk. */
export const FUA = 1;

export const NBD_ERROR = { perm: 1, io: 5, invalid: 22, noSpace: 28, overflow: 75 } as const;

/** Block sizes that are announced: the least a request may have, the best, and the most. */
export const BLOCK = { least: 512, preferred: 4096, most: 1 << 25 } as const;
