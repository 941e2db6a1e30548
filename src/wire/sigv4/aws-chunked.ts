import { checksumFor } from './checksums.ts';
import { sha256 } from './signing-keys.ts';

/** How the chunks of a body are signed; made from the request's own signature. */
export interface ChunkSigner {
  readonly algorithm: string;
  readonly date: string;
  readonly scope: string;
  readonly seedSignature: string;
  /** Whether a signature (hexadecimal) is that of a text. Constant time. */
  verify(stringToSign: string, signature: string): boolean;
}

export interface ChunkedForm {
  /** Whether each chunk carries a signature. */
  readonly signed: boolean;
  readonly trailer: boolean;
}

/** A decoded body with its trailing headers. */
export interface DecodedBody {
  readonly body: Buffer;
  readonly trailers: ReadonlyMap<string, string>;
}

const FORMS: Readonly<Record<string, ChunkedForm>> = {
  'STREAMING-AWS4-HMAC-SHA256-PAYLOAD': { signed: true, trailer: false },
  'STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER': { signed: true, trailer: true },
  'STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD': { signed: true, trailer: false },
  'STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD-TRAILER': { signed: true, trailer: true },
  'STREAMING-UNSIGNED-PAYLOAD-TRAILER': { signed: false, trailer: true },
};

/** The form of a body whose `x-amz-content-sha256` begins with STREAMING; undefined for an unknown one. */
export function chunkedForm(declared: string): ChunkedForm | undefined {
  return Object.hasOwn(FORMS, declared) ? FORMS[declared] : undefined;
}

const HEAD = /^([0-9a-fA-F]{1,8})(?:;chunk-signature=([0-9a-fA-F*]{64,144}))?$/;
const LONGEST_LINE = 512;
const HASH_OF_NOTHING = sha256('');
const MOST_TRAILERS = 16;

/**
 * Decodes an `aws-chunked` body and verifies the signature of each chunk and of the trailer, and the
 * checksums in the trailer. Undefined when anything is wrong; nothing of the body is released then.
 * Source: Amazon S3 API Reference, "Signature calculations for the authorization header: transferring
 * payload in multiple chunks", and "… including trailing headers".
 *
 * @param declaredLength `x-amz-decoded-content-length`.
 * @param declaredTrailers the names in `x-amz-trailer`, in lower case.
 */
export function decodeChunks(
  encoded: Buffer,
  form: ChunkedForm,
  signer: ChunkSigner,
  declaredLength: number,
  declaredTrailers: readonly string[],
): DecodedBody | undefined {
  const chunks: Buffer[] = [];
  let previous = signer.seedSignature;
  let at = 0;
  for (;;) {
    const line = lineAt(encoded, at);
    const [, size, signature] = line === undefined ? [] : (HEAD.exec(line.text) ?? []);
    if (line === undefined || size === undefined || (signature !== undefined) !== form.signed)
      return undefined;
    const length = Number.parseInt(size, 16);
    const data = encoded.subarray(line.end, line.end + length);
    if (data.length !== length) return undefined;
    if (signature !== undefined) {
      const plain = signature.replace(/\*+$/, '');
      if (!signer.verify(chunkText(signer, previous, data), plain)) return undefined;
      previous = plain;
    }
    if (length === 0) {
      at = line.end;
      break;
    }
    chunks.push(data);
    at = line.end + length;
    if (encoded.toString('latin1', at, at + 2) !== '\r\n') return undefined;
    at += 2;
  }
  const body = Buffer.concat(chunks);
  if (body.length !== declaredLength) return undefined;
  const trailers = readTrailers(encoded, at, form, signer, previous);
  if (!trailers || declaredTrailers.some((name) => !trailers.has(name))) return undefined;
  if ([...trailers.keys()].some((name) => !declaredTrailers.includes(name))) return undefined;
  return checksumsHold(trailers, body) ? { body, trailers } : undefined;
}

function chunkText({ algorithm, date, scope }: ChunkSigner, previous: string, data: Uint8Array): string {
  return [`${algorithm}-PAYLOAD`, date, scope, previous, HASH_OF_NOTHING, sha256(data)].join('\n');
}

function lineAt(encoded: Buffer, from: number): { text: string; end: number } | undefined {
  const end = encoded.subarray(from, from + LONGEST_LINE).indexOf('\r\n');
  if (end < 0) return undefined;
  return { text: encoded.toString('latin1', from, from + end), end: from + end + 2 };
}

function readTrailers(
  encoded: Buffer,
  from: number,
  form: ChunkedForm,
  signer: ChunkSigner,
  previous: string,
): ReadonlyMap<string, string> | undefined {
  const trailers = new Map<string, string>();
  let signature: string | undefined;
  let at = from;
  for (;;) {
    // Clients differ in whether an empty line ends the body.
    const line = at === encoded.length ? { text: '', end: at } : lineAt(encoded, at);
    if (line === undefined || trailers.size > MOST_TRAILERS) return undefined;
    at = line.end;
    if (line.text === '') break;
    const colon = line.text.indexOf(':');
    const name = line.text.slice(0, Math.max(colon, 0)).trim().toLowerCase();
    const value = line.text.slice(colon + 1).trim();
    if (name === '' || trailers.has(name)) return undefined;
    if (name === 'x-amz-trailer-signature') signature = value;
    else trailers.set(name, value);
  }
  if (at !== encoded.length) return undefined;
  if (!form.trailer) return trailers.size === 0 && signature === undefined ? trailers : undefined;
  if (!form.signed) return signature === undefined ? trailers : undefined;
  const canonical = [...trailers].map(([name, value]) => `${name}:${value}\n`).join('');
  const { algorithm, date, scope } = signer;
  const text = [`${algorithm}-TRAILER`, date, scope, previous, sha256(canonical)].join('\n');
  return signature !== undefined && signer.verify(text, signature.replace(/\*+$/, '')) ? trailers : undefined;
}

function checksumsHold(trailers: ReadonlyMap<string, string>, body: Buffer): boolean {
  for (const [name, value] of trailers) {
    const expected = checksumFor(name, body);
    if (expected !== undefined && expected !== value) return false;
  }
  return true;
}
