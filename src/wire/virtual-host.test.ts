import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { GetObjectCommand, type GetObjectCommandInput, S3Client } from '@aws-sdk/client-s3';
import { pathStyle } from './virtual-host.ts';

/** Host and path that the SDK sends for a request. */
async function sent(input: GetObjectCommandInput, options: object): Promise<readonly [string, string]> {
  let seen: readonly [string, string] = ['', ''];
  const client = new S3Client({
    region: 'eu-west-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    requestHandler: {
      async handle({ hostname, path }: { readonly hostname: string; readonly path: string }) {
        seen = [hostname, path];
        throw new Error('seen');
      },
    } as never,
    maxAttempts: 1,
    ...options,
  });
  await client.send(new GetObjectCommand(input)).catch(() => undefined);
  return seen;
}

describe('the bucket in the host', () => {
  test('comes in front of the path, however the SDK addresses it', async () => {
    const input = { Bucket: 'my-bucket.data', Key: 'a folder/b.txt' };
    const elsewhere = { endpoint: 'http://localhost:7401' };
    for (const options of [{}, { forcePathStyle: true }, elsewhere, { ...elsewhere, forcePathStyle: true }]) {
      const [host, path] = await sent({ ...input, Bucket: 'my-bucket' }, options);
      assert.equal(pathStyle(host, path), '/my-bucket/a%20folder/b.txt', JSON.stringify({ options, host }));
    }
    const [host, path] = await sent(input, {});
    assert.equal(pathStyle(host, path), '/my-bucket.data/a%20folder/b.txt');
  });

  test('is taken from the names of AWS and of this machine, in any case and with a port', () => {
    assert.equal(pathStyle('Bucket.S3.eu-west-1.amazonaws.com:443', '/k'), '/bucket/k');
    assert.equal(pathStyle('bucket.s3-us-west-2.amazonaws.com', '/k'), '/bucket/k');
    assert.equal(pathStyle('bucket.s3.dualstack.eu-west-1.amazonaws.com', '/k'), '/bucket/k');
    assert.equal(pathStyle('bucket.s3.localhost:7401', '/'), '/bucket/');
    assert.equal(pathStyle('bucket.localhost:7401', '/k'), '/bucket/k');
  });

  test('is not invented', () => {
    for (const host of [
      'localhost:7401',
      '127.0.0.1:7401',
      's3.eu-west-1.amazonaws.com',
      's3.localhost',
      'a.example.com',
      '',
    ]) {
      assert.equal(pathStyle(host, '/b/k'), '/b/k', host);
    }
  });
});
