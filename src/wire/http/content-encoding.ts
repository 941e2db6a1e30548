import { gunzipSync } from 'node:zlib';
import { WIRE_LIMITS } from '../limits.ts';
import type { WireRequest } from '../message.ts';
import { SerializationError } from '../serialization-error.ts';

/**
 * The body of a request that its client compressed (Smithy, "requestCompression trait"), bounded by what a
 * plain body may have; other encodings are the operation's own affair.
 *
 * @throws SerializationError when it is not gzip, or too large.
 */
export function decodedBody(request: WireRequest, body: Buffer): Buffer {
  const encodings = (request.header('content-encoding') ?? '')
    .split(',')
    .map((each) => each.trim().toLowerCase());
  if (encodings.at(-1) !== 'gzip' || body.length === 0) return body;
  try {
    return gunzipSync(body, { maxOutputLength: WIRE_LIMITS.bodyBytes });
  } catch {
    throw new SerializationError('the body is not gzip, or too large');
  }
}
