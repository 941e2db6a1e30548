import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Sha256 } from '@smithy/core/checksum';
import { SignatureV4 } from '@smithy/signature-v4';
import type { HttpRequest } from '@smithy/types';
import { run } from './program.ts';

/** An external key store proxy with one AES-256 key, as its specification has it. */
export interface XksProxy {
  readonly accessKeyId: string;
  readonly secret: string;
  /** What clients have to trust. */
  readonly certificate: string;
  /** Names of the operations of KMS that came with requests. */
  readonly operations: string[];
  status: 'ENABLED' | 'DISABLED';
  /** Breaks the check value of what is encrypted from now on. */
  corrupt: boolean;
  /** The certificate that clients have to show, with its key; it names KMS in its Region as AWS's does. */
  readonly client: { readonly certificate: string; readonly key: string };
  stop(): Promise<void>;
}

export const XKS_KEY = 'key-1';
export const XKS_PATH = '/example/kms/xks/v1';

/** Serves at port 443 of localhost, where external key stores are. @throws when that is not allowed or taken. */
export async function xksProxy(folder: string): Promise<XksProxy> {
  const [certificate, privateKey] = [join(folder, 'xks.crt'), join(folder, 'xks.key')];
  const words =
    'req -x509 -newkey rsa:2048 -nodes -subj /CN=localhost -days 2 -addext subjectAltName=DNS:localhost';
  const made = run('openssl', [...words.split(' '), '-keyout', privateKey, '-out', certificate]);
  if (made.code !== 0) throw new Error(made.err);
  const client = { certificate: join(folder, 'client.crt'), key: join(folder, 'client.key') };
  const shown = 'req -x509 -newkey rsa:2048 -nodes -subj /CN=cks.kms.us-east-1.amazonaws.com -days 2';
  run('openssl', [...shown.split(' '), '-keyout', client.key, '-out', client.certificate]);
  const key = randomBytes(32);
  const proxy = {
    accessKeyId: 'ABCDEFGHIJKLMNOPQRST',
    secret: randomBytes(32).toString('base64'),
    certificate,
    client,
    operations: [] as string[],
    status: 'ENABLED' as XksProxy['status'],
    corrupt: false,
  };

  async function answer(
    path: string,
    headers: Record<string, string>,
    body: string,
  ): Promise<[number, object]> {
    if (!(await isSigned(proxy, path, headers, body)))
      return [401, { errorName: 'AuthenticationFailedException' }];
    const asked = JSON.parse(body);
    proxy.operations.push(asked.requestMetadata.kmsOperation);
    if (path === `${XKS_PATH}/health`) return [200, health()];
    if (!path.startsWith(`${XKS_PATH}/keys/${XKS_KEY}/`)) return [404, { errorName: 'KeyNotFoundException' }];
    if (path.endsWith('/metadata')) {
      return [200, { keySpec: 'AES_256', keyUsage: ['ENCRYPT', 'DECRYPT'], keyStatus: proxy.status }];
    }
    if (proxy.status === 'DISABLED') return [400, { errorName: 'InvalidStateException' }];
    return path.endsWith('/encrypt') ? [200, encrypt(asked)] : decrypt(asked);
  }

  function encrypt(asked: Record<string, string>): object {
    const [iv, metadata] = [randomBytes(12), Buffer.from('version=1')];
    const aad = Buffer.from(asked.additionalAuthenticatedData ?? '', 'base64');
    const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(bound(aad, metadata));
    const ciphertext = Buffer.concat([cipher.update(asked.plaintext ?? '', 'base64'), cipher.final()]);
    const tag = cipher.getAuthTag();
    const check = createHash('sha256')
      .update(Buffer.concat([aad, metadata, iv, ciphertext, tag]))
      .digest();
    return {
      ciphertext: ciphertext.toString('base64'),
      ciphertextMetadata: metadata.toString('base64'),
      initializationVector: iv.toString('base64'),
      authenticationTag: tag.toString('base64'),
      ciphertextDataIntegrityValue: (proxy.corrupt ? randomBytes(32) : check).toString('base64'),
    };
  }

  function decrypt(asked: Record<string, string>): [number, object] {
    const part = (name: string) => Buffer.from(asked[name] ?? '', 'base64');
    const aad = bound(part('additionalAuthenticatedData'), part('ciphertextMetadata'));
    const decipher = createDecipheriv('aes-256-gcm', key, part('initializationVector')).setAAD(aad);
    try {
      decipher.setAuthTag(part('authenticationTag'));
      const plain = Buffer.concat([decipher.update(part('ciphertext')), decipher.final()]);
      return [200, { plaintext: plain.toString('base64') }];
    } catch {
      return [400, { errorName: 'InvalidCiphertextException' }];
    }
  }

  const server: Server = createServer(
    {
      key: readFileSync(privateKey),
      cert: readFileSync(certificate),
      ca: readFileSync(client.certificate),
      requestCert: true,
      rejectUnauthorized: true,
    },
    (request, response) => {
      let body = '';
      request.setEncoding('utf8').on('data', (text: string) => {
        body += text;
      });
      request.on('end', async () => {
        const headers = request.headers as Record<string, string>;
        const [status, content] = await answer(request.url ?? '', headers, body);
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(content));
      });
    },
  );
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(443, '127.0.0.1', resolve);
  });
  if ((server.address() as AddressInfo).port !== 443) throw new Error('not at port 443');
  return Object.assign(proxy, {
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  });
}

/** Signs the request once more with the official signer. */
async function isSigned(
  { accessKeyId, secret }: Pick<XksProxy, 'accessKeyId' | 'secret'>,
  path: string,
  headers: Record<string, string>,
  body: string,
): Promise<boolean> {
  const [, region = ''] =
    /Credential=[A-Z2-7]+\/\d{8}\/([a-z0-9-]+)\/kms-xks-proxy\/aws4_request/.exec(
      headers.authorization ?? '',
    ) ?? [];
  const signer = new SignatureV4({
    credentials: { accessKeyId, secretAccessKey: secret },
    region,
    service: 'kms-xks-proxy',
    sha256: Sha256,
    applyChecksum: false,
  });
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(headers['x-amz-date'] ?? '') ?? [];
  const request: HttpRequest = {
    method: 'POST',
    protocol: 'https:',
    hostname: headers.host ?? '',
    path,
    headers: { host: headers.host ?? '', 'content-type': headers['content-type'] ?? '' },
    body,
  };
  const signingDate = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  const signed = await signer.sign(request, { signingDate });
  return signed.headers.authorization === headers.authorization;
}

function bound(aad: Buffer, metadata: Buffer): Buffer {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(aad.length);
  return Buffer.concat([length, aad, Buffer.of(metadata.length), metadata]);
}

function health(): object {
  return {
    xksProxyFleetSize: 1,
    xksProxyVendor: 'Example',
    xksProxyModel: 'Test 1',
    ekmVendor: 'Example',
    ekmFleetDetails: [{ id: 'one', model: 'Test 1', healthStatus: 'ACTIVE' }],
  };
}
