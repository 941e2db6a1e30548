import { lookup } from 'node:dns';
import { get } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { checkServerIdentity, type TLSSocket } from 'node:tls';
import type { AddressRule } from './issuer-address.ts';
import { isPinned } from './pinned-chain.ts';

const TIMEOUT_MILLISECONDS = 5_000;
const MOST_BYTES = 256 * 1024;

/**
 * Reads a JSON document over HTTPS, without following redirects. The server is believed when its certificate is
 * of a known authority, or when a certificate with one of the thumbprints vouches for it. The addresses that the
 * name has are judged where the connection is made, so that a name cannot be judged by one and connect to another.
 * Source: IAM User Guide, "Obtain the thumbprint for an OpenID Connect identity provider".
 *
 * @throws Error when it cannot be read.
 */
export function fetchJson(
  url: string,
  thumbprints: readonly string[],
  mayConnect: AddressRule,
): Promise<unknown> {
  const { protocol, hostname } = new URL(url);
  if (protocol !== 'https:') return Promise.reject(new Error(`${url} is not https`));
  const literal = hostname.replace(/^\[(.*)\]$/, '$1');
  if (isIP(literal) !== 0 && !mayConnect(literal)) return Promise.reject(forbidden(literal));
  return new Promise((done, failed) => {
    const options = {
      rejectUnauthorized: false,
      agent: false,
      headers: { accept: 'application/json' },
      lookup: judgedLookup(mayConnect),
    };
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

/** Names are looked up as always, and only the addresses that may be connected to are given back. */
function judgedLookup(mayConnect: AddressRule): LookupFunction {
  return (name, options, answer) => {
    lookup(name, { ...options, all: true }, (error, addresses) => {
      if (error) return answer(error, []);
      const good = addresses.filter(({ address }) => mayConnect(address));
      const [first] = good;
      if (!first) return answer(forbidden(addresses[0]?.address ?? name), []);
      return options.all ? answer(null, good) : answer(null, first.address, first.family);
    });
  };
}

function forbidden(address: string): Error {
  return new Error(`${address} is no address of an identity provider`);
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
