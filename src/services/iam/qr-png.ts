import { crc32, deflateSync } from 'node:zlib';
import { encode } from 'uqr';

const PIXELS_PER_MODULE = 6;
const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const GREYSCALE = 0;

/** A QR code (ISO/IEC 18004, level M) as a PNG picture (RFC 2083) that cameras read. */
export function qrPng(text: string): Uint8Array {
  const { data, size } = encode(text, { ecc: 'M', border: 4 });
  const width = size * PIXELS_PER_MODULE;
  const rows = data.flatMap((modules) => {
    const row = Buffer.concat([
      Buffer.of(0),
      ...modules.map((dark) => Buffer.alloc(PIXELS_PER_MODULE, dark ? 0 : 255)),
    ]);
    return Array.from({ length: PIXELS_PER_MODULE }, () => row);
  });
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(width, 4);
  header[8] = 8;
  header[9] = GREYSCALE;
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.concat(rows))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, body: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type), body]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, check]);
}
