import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { Server } from 'node:http';
import { type AddressInfo, createConnection } from 'node:net';
import { Readable } from 'node:stream';
import { describe, test } from 'node:test';
import { type FrontOptions, frontServer } from './server.ts';

const ANSWER = { status: 200, headers: {}, body: 'done' };

async function listening(
  options: Partial<FrontOptions>,
): Promise<{ server: Server; url: string; port: number }> {
  const server = frontServer({ handle: async () => ANSWER, onDefect: () => undefined, ...options });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { server, port, url: `http://127.0.0.1:${port}` };
}

function stop(server: Server): void {
  server.closeAllConnections();
  server.close();
}

/** What a server answers to some bytes, until it closes the connection. */
async function answerTo(port: number, bytes: string): Promise<string> {
  const socket = createConnection(port, '127.0.0.1');
  socket.write(bytes);
  let text = '';
  socket.on('data', (chunk) => {
    text += chunk;
  });
  socket.on('error', () => undefined);
  await once(socket, 'close');
  return text;
}

describe('the server in front of everything', () => {
  test('closes a connection whose head or body does not arrive', async () => {
    const limits = { headerMilliseconds: 50, requestMilliseconds: 100, checkMilliseconds: 25 };
    const { server, port } = await listening({ limits });
    assert.match(
      await answerTo(port, 'POST / HTTP/1.1\r\nhost: a\r\n'),
      /^HTTP\/1\.1 408 .*x-amzn-requestid/s,
    );
    assert.match(
      await answerTo(port, 'POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 9\r\n\r\nx'),
      /^HTTP\/1\.1 408/,
    );
    stop(server);
  });

  test('refuses a request without a host, with an id', async () => {
    const { server, port } = await listening({});
    assert.match(await answerTo(port, 'POST / HTTP/1.1\r\n\r\n'), /^HTTP\/1\.1 400 .*x-amzn-requestid/s);
    stop(server);
  });

  test('refuses what is too large, in one body and in all together', async () => {
    const { server, url, port } = await listening({
      limits: { bodyBytes: 10, heldBytes: 8, headerBytes: 2_000 },
    });
    assert.equal((await fetch(url, { method: 'POST', body: 'x'.repeat(11) })).status, 413);
    assert.equal((await fetch(url, { method: 'POST', body: 'x'.repeat(9) })).status, 503);
    assert.equal((await fetch(url, { method: 'POST', body: 'x'.repeat(8) })).status, 200);
    const chunked =
      'POST / HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\nb\r\nxxxxxxxxxxx\r\n0\r\n\r\n';
    assert.match(await answerTo(port, chunked), /^HTTP\/1\.1 413/);
    assert.match(
      await answerTo(port, `GET / HTTP/1.1\r\nx: ${'y'.repeat(3_000)}\r\n\r\n`),
      /^HTTP\/1\.1 431/,
    );
    assert.match(await answerTo(port, 'nonsense\r\n\r\n'), /^HTTP\/1\.1 400 .*x-amzn-requestid/s);
    stop(server);
  });

  test('works on a bounded number of requests at once', async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const { server, url } = await listening({
      limits: { concurrent: 1 },
      handle: async () => {
        await held;
        return ANSWER;
      },
    });
    const first = fetch(url);
    await new Promise((resolve) => setTimeout(resolve, 20));
    const second = await fetch(url);
    assert.equal(second.status, 503);
    release();
    assert.equal((await first).status, 200);
    stop(server);
  });

  test('says nothing of a defect, and does not let an answer take for ever', async () => {
    const broken = await listening({
      handle: async () => {
        throw new Error('secret detail');
      },
    });
    const answer = await fetch(broken.url);
    assert.equal(answer.status, 500);
    assert.ok(!(await answer.text()).includes('secret'));
    stop(broken.server);
    const slow = await listening({ handle: () => new Promise(() => {}), limits: { answerMilliseconds: 20 } });
    assert.equal((await fetch(slow.url)).status, 503);
    stop(slow.server);
  });

  test('answers one request after the other on a connection, in whichever form and pieces they come', async () => {
    const { server, port } = await listening({
      handle: async ({ wire }) => ({ status: 200, headers: { 'x-path': wire.path }, body: `é${wire.body}` }),
    });
    const plain = (path: string, body: string) =>
      `POST ${path} HTTP/1.1\r\nhost: a\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
    const chunked = 'POST /3 HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n1\r\nc\r\n0\r\n\r\n';
    const writes = [
      [plain('/1', 'a')],
      [plain('/2', 'bb')],
      [chunked.slice(0, 20), chunked.slice(20)],
      [plain('/4', 'd')],
    ];
    for (const together of [false, true]) {
      const socket = createConnection(port, '127.0.0.1');
      let text = '';
      socket.on('data', (chunk) => {
        text += chunk;
      });
      const answers = () => text.match(/HTTP\/1\.1 200 OK/g)?.length ?? 0;
      for (const [index, parts] of writes.entries()) {
        for (const part of parts) {
          socket.write(part);
          await new Promise((resolve) => setTimeout(resolve, together ? 0 : 2));
        }
        while (!together && answers() <= index) await once(socket, 'data');
      }
      while (answers() < writes.length) await once(socket, 'data');
      assert.deepEqual(text.match(/x-path: \/\d/g), ['x-path: /1', 'x-path: /2', 'x-path: /3', 'x-path: /4']);
      assert.deepEqual(text.match(/é[a-d]+/g), ['éa', 'ébb', 'éc', 'éd']);
      socket.destroy();
    }
    stop(server);
  });

  test('sends two requests that came in one piece their answers in order', async () => {
    const { server, port } = await listening({
      handle: async ({ wire }) => ({ status: 200, headers: {}, body: wire.path }),
    });
    const get = (path: string, more = '') => `GET ${path} HTTP/1.1\r\nhost: a\r\n${more}\r\n`;
    const socket = createConnection(port, '127.0.0.1');
    socket.write(get('/1'));
    setImmediate(() => socket.write(get('/2') + get('/3', 'connection: close\r\n')));
    let text = '';
    for await (const chunk of socket) text += chunk;
    assert.deepEqual(text.match(/\/\d$|\/\d(?=HTTP)/g), ['/1', '/2', '/3']);
    stop(server);
  });

  test('streams what has no length yet, and sends nothing that would break a header', async () => {
    const streaming = await listening({
      handle: async () => ({ status: 200, headers: {}, body: Readable.from(['one', 'two']) }),
    });
    assert.equal(await (await fetch(streaming.url)).text(), 'onetwo');
    stop(streaming.server);
    const broken = await listening({
      handle: async () => ({ status: 200, headers: { x: 'a\r\nset-cookie: b' }, body: '' }),
    });
    const answer = await fetch(broken.url);
    assert.equal(answer.status, 500);
    assert.equal(answer.headers.get('set-cookie'), null);
    stop(broken.server);
  });

  test('ends connections that wait when it is closed, and the others after their answer', async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const { server, url, port } = await listening({
      handle: async ({ wire }) => {
        if (wire.path === '/slow') await held;
        return ANSWER;
      },
    });
    assert.equal((await fetch(url)).status, 200);
    const slow = answerTo(port, 'GET /slow HTTP/1.1\r\nhost: a\r\n\r\n');
    await new Promise((resolve) => setTimeout(resolve, 10));
    const closed = once(server, 'close');
    server.close();
    release();
    assert.match(await slow, /^HTTP\/1\.1 200 OK.*Connection: close/s);
    await closed;
  });

  test('closes a connection on which nothing comes', async () => {
    const { server, port } = await listening({ limits: { headerMilliseconds: 20, checkMilliseconds: 10 } });
    assert.match(await answerTo(port, ''), /^HTTP\/1\.1 408/);
    stop(server);
  });
});
