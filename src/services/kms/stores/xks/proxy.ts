import { request as httpsRequest } from 'node:https';
import type { ClientCertificate } from '../../../../platform/ports.ts';
import type { KeyStoreRecord, XksFacts } from '../../records.ts';
import { signedHeaders } from './sign.ts';

/** A key store with what is known of its proxy. */
export type XksStore = KeyStoreRecord & { readonly xks: XksFacts };

/** Why a proxy did not do what it was asked: its own error, or what is wrong with the way to it. */
export class ProxyError extends Error {
  /** `errorName` of the proxy, or `UNREACHABLE`, `TLS`, `TIMED_OUT`, `RESPONSE`. */
  readonly reason: string;

  constructor(reason: string) {
    super(`the proxy of the external key store: ${reason}`);
    this.name = 'ProxyError';
    this.reason = reason;
  }
}

/** AWS waits 250 ms, with its connections kept open; opening one is in this time too. */
const PATIENCE_MILLISECONDS = 2_000;
const MOST_BYTES = 32 * 1024;
const REASONS: ReadonlySet<string> = new Set([
  'ValidationException',
  'InvalidStateException',
  'InvalidCiphertextException',
  'InvalidKeyUsageException',
  'AuthenticationFailedException',
  'AccessDeniedException',
  'KeyNotFoundException',
  'InvalidUriPathException',
  'UnsupportedOperationException',
  'DependencyTimeoutException',
  'ThrottlingException',
  'InternalException',
]);

/**
 * Asks a proxy. Only HTTPS with a certificate that the machine trusts, and port 443; no redirection is followed.
 * Source: External Key Store Proxy API Specification, "API operations" and "Error codes".
 *
 * @param path below the store's own, such as `/health`.
 * @param client shown to a proxy that asks for a certificate (mutual TLS, "Authentication").
 * @throws ProxyError
 */
export async function askProxy(
  { region, xks }: XksStore,
  secret: Uint8Array,
  path: string,
  content: object,
  client?: ClientCertificate,
): Promise<Readonly<Record<string, unknown>>> {
  const { hostname: host } = new URL(xks.endpoint);
  const whole = `${xks.path}${path}`;
  const body = Buffer.from(JSON.stringify(content));
  const { accessKeyId } = xks;
  const headers = signedHeaders({ host, path: whole, body, region, accessKeyId, secret, at: new Date() });
  const { status, bytes } = await posted(host, whole, headers, body, client);
  const answer = objectIn(bytes);
  if (status === 200 && answer) return answer;
  const name = answer?.errorName;
  throw new ProxyError(typeof name === 'string' && REASONS.has(name) ? name : 'RESPONSE');
}

function posted(
  host: string,
  path: string,
  headers: Readonly<Record<string, string>>,
  body: Buffer,
  client: ClientCertificate | undefined,
): Promise<{ readonly status: number; readonly bytes: Buffer }> {
  return new Promise((resolve, reject) => {
    const signal = AbortSignal.timeout(PATIENCE_MILLISECONDS);
    const options = {
      host,
      port: 443,
      path,
      method: 'POST',
      headers,
      signal,
      minVersion: 'TLSv1.2',
      ...client,
    } as const;
    const refuse = (error: Error) => reject(new ProxyError(reasonOf(error, signal)));
    const asked = httpsRequest(options, (answer) => {
      const chunks: Buffer[] = [];
      let size = 0;
      answer.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size > MOST_BYTES) answer.destroy(new Error('an answer that is too long'));
        else chunks.push(chunk);
      });
      answer.on('error', refuse);
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, bytes: Buffer.concat(chunks) }));
    });
    asked.on('error', refuse);
    asked.end(body);
  });
}

const NO_CONNECTION = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ETIMEDOUT',
]);

function reasonOf(error: Error, signal: AbortSignal): string {
  if (signal.aborted) return 'TIMED_OUT';
  const code = (error as NodeJS.ErrnoException).code ?? '';
  if (NO_CONNECTION.has(code)) return 'UNREACHABLE';
  return code === '' || code.startsWith('HPE_') ? 'RESPONSE' : 'TLS';
}

function objectIn(bytes: Buffer): Readonly<Record<string, unknown>> | undefined {
  try {
    const content: unknown = JSON.parse(bytes.toString('utf8'));
    if (typeof content !== 'object' || content === null || Array.isArray(content)) return undefined;
    return content as Readonly<Record<string, unknown>>;
  } catch {
    return undefined;
  }
}
