import { get } from 'node:https';
import { checkServerIdentity, type TLSSocket } from 'node:tls';
import { isPinned } from './pinned-chain.ts';

const TIMEOUT_MILLISECONDS = 5_000;
const MOST_BYTES = 256 * 1024;

/**
 * Reads a JSON document over HTTPS, without following redirects. The server is believed when its certificate is
 * of a known authority, or when a certificate with one of the thumbprints vouches for it.
 * Source: IAM User Guide, "Obtain the thumbprint for an OpenID Connect identity provider".
 *
 * @throws Error when it cannot be read.
 */
export function fetchJson(url: string, thumbprints: readonly string[]): Promise<unknown> {
  const { protocol, hostname } = new URL(url);
  if (protocol !== 'https:') return Promise.reject(new Error(`${url} is not https`));
  return new Promise((done, failed) => {
    const options = { rejectUnauthorized: false, agent: false, headers: { accept: 'application/json' } };
    const request = get(url, options, (response) => {
      const socket = response.socket as TLSSocket;
      const reason = distrust(socket, hostname, thumbprints);
      if (reason !== undefined || response.statusCode !== 200) {
        response.destroy();
        failed(new Error(reason ?? `${url} answered ${response.statusCode}`));
        return;
      }
      let size = 0;
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size > MOST_BYTES) response.destroy(new Error(`${url} is too large`));
        else chunks.push(chunk);
      });
      response.once('error', failed);
      response.once('end', () => {
        try {
          done(JSON.parse(Buffer.concat(chunks).toString('utf8')));
        } catch (error) {
          failed(error);
        }
      });
    });
    const timer = setTimeout(() => request.destroy(new Error(`${url} took too long`)), TIMEOUT_MILLISECONDS);
    request.once('close', () => clearTimeout(timer));
    request.once('error', failed);
  });
}

/** Why a server is not believed to be whom it says; undefined when it is. */
function distrust(socket: TLSSocket, host: string, thumbprints: readonly string[]): string | undefined {
  const certificate = socket.getPeerCertificate();
  const otherName = checkServerIdentity(host, certificate);
  if (otherName !== undefined) return otherName.message;
  if (socket.authorized) return undefined;
  const leaf = socket.getPeerX509Certificate();
  return leaf !== undefined && isPinned(leaf, thumbprints, new Date())
    ? undefined
    : `the certificate of ${host} is neither of a known authority nor has it a thumbprint of the provider`;
}
