import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { WIRE_LIMITS } from '../limits.ts';
import { decodedRequest } from './content-encoding.ts';
import { wireRequest } from './incoming.ts';

function request(encoding: string | undefined, body: Buffer) {
  const headers = new Map(encoding === undefined ? [] : [['content-encoding', encoding]]);
  return wireRequest('POST', '/', headers, body);
}

const plain = Buffer.from('{"a":1}');

describe('the body of a request', () => {
  test('is as it was sent where nothing was done to it', () => {
    const sent = request(undefined, plain);
    assert.equal(decodedRequest(sent, sent.body, 'normalised'), sent);
    const custom = request('custom', plain);
    assert.equal(decodedRequest(custom, custom.body, 'normalised'), custom);
  });

  test('is decompressed, and its last encoding is no longer named', () => {
    const sent = request('custom, gzip', gzipSync(plain));
    const read = decodedRequest(sent, sent.body, 'normalised');
    assert.deepEqual(read.body, plain);
    assert.equal(read.header('content-encoding'), 'custom');
    const only = request('GZIP', gzipSync(plain));
    assert.equal(decodedRequest(only, only.body, 'normalised').header('content-encoding'), undefined);
  });

  test('of an object of S3 stays compressed, out of its chunks', () => {
    const object = gzipSync(plain);
    const sent = request('aws-chunked,gzip', Buffer.from('chunks'));
    const read = decodedRequest(sent, object, 's3');
    assert.equal(read.body, object);
    assert.equal(read.header('content-encoding'), 'gzip');
  });

  test('is refused when it is not gzip, or becomes too large', () => {
    for (const body of [plain, gzipSync(Buffer.alloc(WIRE_LIMITS.bodyBytes + 1))]) {
      const sent = request('gzip', body);
      assert.throws(() => decodedRequest(sent, sent.body, 'normalised'), /not gzip, or too large/);
    }
  });
});
