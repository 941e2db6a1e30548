import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { staticFiles } from './static.ts';

const PAGE = { gzip: false, page: true };
const PART = { gzip: false, page: false };

describe('the built files of the console', () => {
  const folder = mkdtempSync(join(tmpdir(), 'honmaru-static-'));
  const files = staticFiles(folder);
  const asked = async (path: string, wanted = PAGE) => {
    const answer = await files.answer(path, wanted);
    return { status: answer.status, text: await answer.text() };
  };

  before(() => {
    mkdirSync(join(folder, 'assets'));
    writeFileSync(join(folder, 'index.html'), 'the first page');
    writeFileSync(join(folder, 'favicon.svg'), '<svg/>');
    writeFileSync(join(folder, 'assets/app-1.js'), 'one()');
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  test('a page is answered for every route, also where an id in it has dots', async () => {
    for (const path of ['/', '/risks', '/resources/my.bucket', '/resources/x.js', '/index.html']) {
      assert.deepEqual(await asked(path), { status: 200, text: 'the first page' }, path);
    }
    assert.equal((await asked('/favicon.svg')).text, '<svg/>');
  });

  test('a part that is missing is no page, and nothing outside is answered', async () => {
    assert.equal((await asked('/x.png', PART)).status, 404);
    assert.equal((await asked('/assets/app-0.js')).status, 404, 'a page that is open asks for a former part');
    for (const path of ['/../secret.txt', '/%2e%2e/secret.txt', '/assets/%00.js', '/assets/..%2f..%2fx.js']) {
      assert.notEqual((await asked(path, PART)).status, 200, path);
    }
  });

  test('what was built again is picked up', async () => {
    assert.equal((await asked('/assets/app-1.js', PART)).text, 'one()');
    writeFileSync(join(folder, 'index.html'), 'the second page');
    assert.equal((await asked('/risks')).text, 'the second page');
  });

  test('before it is built the page says so', async () => {
    const nothing = await staticFiles(join(folder, 'nothing')).answer('/', PAGE);
    assert.equal(nothing.status, 503);
    assert.match(await nothing.text(), /コンソールはまだビルドされていません/);
  });
});
