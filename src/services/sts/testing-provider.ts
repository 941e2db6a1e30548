import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';

/** A certificate for `localhost` that only tests use, with its key; it protects nothing. */
const CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBZjCCAQ2gAwIBAgIBATAKBggqhkjOPQQDAjAUMRIwEAYDVQQDDAlsb2NhbGhv
c3QwIBcNMjAwMTAxMDAwMDAwWhgPMjEyMDAxMDEwMDAwMDBaMBQxEjAQBgNVBAMM
CWxvY2FsaG9zdDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABM+TZ91It8X5JoPl
TxMA8ZIALfCnO7n6vd8oI/42Aezm0TUY4MpIj3hukcwZF1+O7gLVga+lvMvdxmre
d4EmPaGjTjBMMA8GA1UdEwEB/wQFMAMBAf8wGgYDVR0RBBMwEYIJbG9jYWxob3N0
hwR/AAABMB0GA1UdDgQWBBQKSMi/a9a7GPF6/nyRS+onX5qZhDAKBggqhkjOPQQD
AgNHADBEAiB7qOD3/oeiseiscbp9zECUY3IySPa4Rsf1pwSsCvaWvwIgVunnKDj6
stusbcDKvJNKGfO/t5djr+Slfjlshk1cBkk=
-----END CERTIFICATE-----`;
const CERTIFICATE_KEY = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgf7uUPAcwe33kZCVv
+NBZhrYaSfAzDNyNFdjXEim2fvWhRANCAATPk2fdSLfF+SaD5U8TAPGSAC3wpzu5
+r3fKCP+NgHs5tE1GODKSI94bpHMGRdfju4C1YGvpbzL3cZq3neBJj2h
-----END PRIVATE KEY-----`;
export const THUMBPRINT = '114805901978da2dada8e74f40bdc917a1474341';

/** An identity provider on this machine. */
export interface TestProvider {
  /** The issuer without `https://`. */
  readonly host: string;
  /** How often its keys were asked for. */
  asked(): number;
  /** A token of this provider; members of `head` replace those of the header. */
  token(claims: object, head?: object, key?: KeyObject): string;
  close(): Promise<void>;
}

const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Starts a provider that publishes one key. */
export async function startProvider(): Promise<TestProvider> {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const jwk = { ...publicKey.export({ format: 'jwk' }), kid: 'one', use: 'sig', alg: 'ES256' };
  let asked = 0;
  const server = createServer({ cert: CERTIFICATE, key: CERTIFICATE_KEY }, (request, response) => {
    const { port } = server.address() as AddressInfo;
    if (request.url === '/keys') asked += 1;
    const documents: Readonly<Record<string, object>> = {
      '/.well-known/openid-configuration': { jwks_uri: `https://localhost:${port}/keys` },
      '/keys': { keys: [jwk] },
    };
    const document = documents[request.url ?? ''];
    response.writeHead(document === undefined ? 404 : 200).end(JSON.stringify(document ?? {}));
  });
  server.listen(0, 'localhost');
  await once(server, 'listening');
  const host = `localhost:${(server.address() as AddressInfo).port}`;
  return {
    host,
    asked: () => asked,
    token(claims, head = {}, key = privateKey) {
      const signed = `${encoded({ alg: 'ES256', kid: 'one', ...head })}.${encoded({ iss: `https://${host}`, ...claims })}`;
      const signature = sign('sha256', Buffer.from(signed), { key, dsaEncoding: 'ieee-p1363' });
      return `${signed}.${signature.toString('base64url')}`;
    },
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
