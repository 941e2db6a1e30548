import { createHash, createHmac } from 'node:crypto';

/** What is signed of a request to a proxy. */
export interface ProxyRequest {
  readonly host: string;
  readonly path: string;
  readonly body: Buffer;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secret: Uint8Array;
  readonly at: Date;
}

const SERVICE = 'kms-xks-proxy';
const SIGNED = 'content-type;host;x-amz-date';

/**
 * The headers of a signed request to an external key store proxy. Source: External Key Store Proxy API Specification,
 * "Authentication" and "Using SigV4 to sign XKS proxy requests".
 */
export function signedHeaders(request: ProxyRequest): Readonly<Record<string, string>> {
  const { host, path, body, region, accessKeyId, secret, at } = request;
  const time = at.toISOString().replace(/[-:]|\.\d{3}/g, '');
  const scope = `${time.slice(0, 8)}/${region}/${SERVICE}/aws4_request`;
  const canonical = [
    'POST',
    path,
    '',
    'content-type:application/json',
    `host:${host}`,
    `x-amz-date:${time}`,
    '',
    SIGNED,
    hash(body),
  ].join('\n');
  const toSign = ['AWS4-HMAC-SHA256', time, scope, hash(Buffer.from(canonical))].join('\n');
  const first = Buffer.concat([Buffer.from('AWS4'), secret]);
  const key = [time.slice(0, 8), region, SERVICE, 'aws4_request'].reduce(mac, first);
  const signature = mac(key, toSign).toString('hex');
  return {
    host,
    'content-type': 'application/json',
    'x-amz-date': time,
    authorization: `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope}, SignedHeaders=${SIGNED}, Signature=${signature}`,
  };
}

function hash(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function mac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}
