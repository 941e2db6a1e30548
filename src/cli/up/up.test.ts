import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { withSection } from './aws-profile.ts';
import { checkPublic, isLoopback, listenOf } from './listen.ts';

describe('where the endpoint listens', () => {
  test('is a host and a port', () => {
    assert.deepEqual(listenOf('127.0.0.1:7401'), { host: '127.0.0.1', port: 7401 });
    assert.deepEqual(listenOf('[::1]:80'), { host: '::1', port: 80 });
    for (const words of ['', '7401', 'a:b', '::1:80', '127.0.0.1:99999', 'a:1:2']) {
      assert.throws(() => listenOf(words), { code: 'option-value' }, words);
    }
  });

  test('needs TLS and an administrator as soon as others can reach it', () => {
    for (const host of ['127.0.0.1', '127.9.9.9', '::1', 'localhost', 'honmaru.localhost']) {
      assert.ok(isLoopback(host), host);
      checkPublic({ host, port: 1 }, false, false);
    }
    for (const host of ['0.0.0.0', '::', '192.0.2.1', 'example.com', '128.0.0.1', '::ffff:127.0.0.1']) {
      assert.ok(!isLoopback(host), host);
      assert.throws(() => checkPublic({ host, port: 1 }, false, true), { code: 'listen-without-tls' });
      assert.throws(() => checkPublic({ host, port: 1 }, true, false), { code: 'listen-before-setup' });
      checkPublic({ host, port: 1 }, true, true);
    }
  });
});

test('a section of an AWS file is replaced, and every other byte stays', () => {
  const before = '# c\n[a]\nx = 1\n\n[honmaru]\nregion = old\nother = kept\n\n[b]\ny = 2';
  assert.equal(
    withSection(before, 'honmaru', { region: 'new', key: 'k' }),
    '# c\n[a]\nx = 1\n\n[honmaru]\nregion = new\nkey = k\nother = kept\n\n[b]\ny = 2',
  );
  assert.equal(withSection('', 'p', { a: '1' }), '[p]\na = 1\n');
  assert.equal(withSection('[q]\nb = 2', 'p', { a: '1' }), '[q]\nb = 2\n\n[p]\na = 1\n');
});
