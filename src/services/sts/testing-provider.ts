import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';

/** A certificate for `localhost` that only tests use, with its key; it protects nothing. */
const CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBnDCCAUGgAwIBAgIUL5UHUKXVkp7P/UpAyX5gsRo5vU0wCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyNDEyMjU0OFoYDzIxMjYxMDMx
MTIyNTQ4WjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAATPk2fdSLfF+SaD5U8TAPGSAC3wpzu5+r3fKCP+NgHs5tE1GODKSI94
bpHMGRdfju4C1YGvpbzL3cZq3neBJj2ho28wbTAdBgNVHQ4EFgQUCkjIv2vWuxjx
ev58kUvqJ1+amYQwHwYDVR0jBBgwFoAUCkjIv2vWuxjxev58kUvqJ1+amYQwDwYD
VR0TAQH/BAUwAwEB/zAaBgNVHREEEzARgglsb2NhbGhvc3SHBH8AAAEwCgYIKoZI
zj0EAwIDSQAwRgIhAMuSrbPqlnEZ4xYynMC0FmAE8FeWArTc2k/Hs29WEjVkAiEA
gUDwQ7aYuvRCM7ZehWi+UsVSLSfIZG7+2ueDXQMofi8=
-----END CERTIFICATE-----`;
const CERTIFICATE_KEY = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgf7uUPAcwe33kZCVv
+NBZhrYaSfAzDNyNFdjXEim2fvWhRANCAATPk2fdSLfF+SaD5U8TAPGSAC3wpzu5
+r3fKCP+NgHs5tE1GODKSI94bpHMGRdfju4C1YGvpbzL3cZq3neBJj2h
-----END PRIVATE KEY-----`;
export const THUMBPRINT = '2ded632ac7124c588fdbcaff1b2dc65a6892df32';

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
