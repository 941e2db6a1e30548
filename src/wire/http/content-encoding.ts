import { gunzipSync } from 'node:zlib';
import { WIRE_LIMITS } from '../limits.ts';
import type { WireRequest } from '../message.ts';
import { SerializationError } from '../serialization-error.ts';
import type { PathStyle } from '../sigv4/canonical-request.ts';
import { changedRequest } from './incoming.ts';

/**
 * A request as its operation reads it: out of `aws-chunked`, and decompressed where its client compressed it
 * (Smithy, "requestCompression trait"), bounded by what a plain body may have. What is undone is no longer named
 * by `content-encoding`; other encodings are the operation's own affair, as is every encoding of an object of S3.
 *
 * @param body what was signed, out of its `aws-chunked` form.
 * @throws SerializationError when it is not gzip, or too large.
 */
export function decodedRequest(request: WireRequest, body: Buffer, style: PathStyle): WireRequest {
  const named = request.header('content-encoding');
  if (named === undefined) return body === request.body ? request : changedRequest(request, { body });
  const encodings = named.split(',').map((each) => each.trim());
  const chunked = body !== request.body;
  const kept = chunked ? encodings.filter((each) => each.toLowerCase() !== 'aws-chunked') : encodings;
  const compressed = style !== 's3' && kept.at(-1)?.toLowerCase() === 'gzip' && body.length > 0;
  if (!chunked && !compressed) return request;
  const left = compressed ? kept.slice(0, -1) : kept;
  const headers = new Map(request.headers);
  headers.delete('content-encoding');
  if (left.length > 0) headers.set('content-encoding', left.join(', '));
  return changedRequest(request, { body: compressed ? decompressed(body) : body, headers });
}

function decompressed(body: Buffer): Buffer {
  try {
    return gunzipSync(body, { maxOutputLength: WIRE_LIMITS.bodyBytes });
  } catch {
    throw new SerializationError('the body is not gzip, or too large');
  }
}
