import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { plainRequest } from './plain-request.ts';

const LIMITS = { headerBytes: 2_000, headers: 10 };
const read = (text: string) => plainRequest(Buffer.from(text, 'latin1'), LIMITS);
const post = (headers: string, body = '') => read(`POST / HTTP/1.1\r\nhost: a\r\n${headers}\r\n${body}`);

describe('a request in the plainest form', () => {
  test('is read with its headers by name and its body', () => {
    const request = post('Content-Length: 4\r\nX-Amz-Date:\tone \r\nx-amz-date: two\r\n', 'body');
    assert.deepEqual(request, {
      method: 'POST',
      target: '/',
      byName: new Map([
        ['host', ['a']],
        ['content-length', ['4']],
        ['x-amz-date', ['one', 'two']],
      ]),
      body: Buffer.from('body'),
    });
    assert.equal(read('GET /a?b=c HTTP/1.1\r\nhost: a\r\nconnection: Keep-Alive\r\n\r\n')?.target, '/a?b=c');
  });

  const OTHERS: Readonly<Record<string, string>> = {
    'a head that is not whole': 'POST / HTTP/1.1\r\nhost: a\r\n',
    'a body that is not whole': 'POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 2\r\n\r\nx',
    'more than one request': 'GET / HTTP/1.1\r\nhost: a\r\n\r\nGET / HTTP/1.1\r\nhost: a\r\n\r\n',
    'no host': 'GET / HTTP/1.1\r\nx: a\r\n\r\n',
    'no headers': 'GET / HTTP/1.1\r\n\r\n',
    'two hosts': 'GET / HTTP/1.1\r\nhost: a\r\nhost: a\r\n\r\n',
    'an older version': 'GET / HTTP/1.0\r\nhost: a\r\n\r\n',
    'another method': 'HEAD / HTTP/1.1\r\nhost: a\r\n\r\n',
    'a whole address': 'GET http://a/ HTTP/1.1\r\nhost: a\r\n\r\n',
    'two lengths': 'POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 1\r\ncontent-length: 1\r\n\r\nx',
    'lengths in a list': 'POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 1, 1\r\n\r\nx',
    'a length with a sign': 'POST / HTTP/1.1\r\nhost: a\r\ncontent-length: +1\r\n\r\nx',
    'a length and chunks':
      'POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
    'an empty length': 'POST / HTTP/1.1\r\nhost: a\r\ncontent-length:\r\n\r\n',
    'a body without a length': 'POST / HTTP/1.1\r\nhost: a\r\n\r\nx',
    'an upgrade': 'GET / HTTP/1.1\r\nhost: a\r\nupgrade: h2c\r\n\r\n',
    'a closing connection': 'GET / HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n',
    'a wait for a go': 'POST / HTTP/1.1\r\nhost: a\r\nexpect: 100-continue\r\ncontent-length: 0\r\n\r\n',
    'a folded line': 'GET / HTTP/1.1\r\nhost: a\r\nx: b\r\n c\r\n\r\n',
    'a space before the colon': 'GET / HTTP/1.1\r\nhost : a\r\n\r\n',
    'a lone line feed': 'GET / HTTP/1.1\r\nhost: a\nx: b\r\n\r\n',
    'a lone carriage return': 'GET / HTTP/1.1\r\nhost: a\rx: b\r\n\r\n',
    'a zero byte': 'GET / HTTP/1.1\r\nhost: a\0\r\n\r\n',
    'bytes beyond ASCII': 'GET / HTTP/1.1\r\nhost: a\r\nx: \xe9\r\n\r\n',
    'a long head': `GET / HTTP/1.1\r\nhost: a\r\nx: ${'y'.repeat(2_000)}\r\n\r\n`,
    'many headers': `GET / HTTP/1.1\r\nhost: a\r\n${'x: y\r\n'.repeat(10)}\r\n`,
  };
  for (const [name, text] of Object.entries(OTHERS)) {
    test(`${name} is none`, () => assert.equal(read(text), undefined));
  }

  test('never throws, and never reads what is not all of the bytes', () => {
    const piece = fc.constantFrom(
      'POST / HTTP/1.1',
      '\r\n',
      '\n',
      'host: a',
      'content-length: ',
      '3',
      'transfer-encoding: chunked',
      ' ',
      ':',
      'xyz',
      '\0',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => {
        const text = `POST / HTTP/1.1\r\nhost: b\r\n${pieces.join('')}`;
        const found = read(text);
        if (!found) return;
        assert.ok(text.endsWith(`\r\n\r\n${found.body.toString('latin1')}`));
        assert.equal(String(found.body.length), found.byName.get('content-length')?.[0] ?? '0');
      }),
      { numRuns: 300 },
    );
  });
});
