import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { buildConsole, CHROMIUM, launch, NO_CHROMIUM, screenshot, signIn, visit } from './console-browser.ts';
import { ConsoleClient } from './console-client.ts';
import { type ConsoleNode, startConsoleNode } from './console-node.ts';
import { ROOT } from './program.ts';
import { runAsync } from './run-async.ts';
import { environmentOf } from './up-node.ts';

const PASSWORD = 'Correct-Horse-7';
const PASSPHRASE = 'a long passphrase\n';
const SEAL = '[data-testid=seal]';
const PAGES = [
  '',
  'overview',
  'risks',
  'assets',
  'decisions',
  'findings',
  'safeguards',
  'resources',
  'account',
];

describe('the console of a node whose KMS keys are sealed', { skip: CHROMIUM ? false : NO_CHROMIUM }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'honmaru-seal-console-'));
  let node: ConsoleNode;

  const tend = async (words: string, input = ''): Promise<string> => {
    const program = [join(ROOT, 'bin/honmaru.js'), 'kms', ...words.split(' ')];
    const { out, err } = await runAsync(process.execPath, program, {
      cwd: folder,
      env: environmentOf(folder),
      input,
    });
    return out + err;
  };
  const told = async (page: Page): Promise<string> => (await page.textContent(SEAL)) ?? '';
  const gone = (page: Page) => page.waitForSelector(SEAL, { state: 'detached' });

  before(async () => {
    buildConsole();
    const environment = join(folder, 'webapp');
    mkdirSync(environment);
    const template = { Resources: { Topic: { Type: 'AWS::SNS::Topic' } } };
    writeFileSync(join(environment, 'template.json'), JSON.stringify(template));
    node = await startConsoleNode(folder, environment);
    const admin = new ConsoleClient(node.origin);
    await admin.get('GET /api/session');
    const token = new URL(node.link()).hash.slice(1);
    await admin.get('POST /api/set-up', { body: { token, name: 'admin', password: PASSWORD } });
    assert.match(await tend('rekey --method passphrase', PASSPHRASE), /sealed anew/);
  });
  after(async () => {
    await node?.stop();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });

  test('people sign in all the same; every page says what to type, until it is done', async () => {
    await tend('seal');
    const browser = await launch();
    try {
      const { page, complaints } = await visit(browser, 'ja');
      await signIn(page, node.origin, 'admin', PASSWORD);
      for (const name of PAGES) {
        await page.goto(`${node.origin}/${name}`);
        await page.waitForSelector(SEAL);
        assert.match(await told(page), /KMSキーは封印中です.*暗号化も復号もできません.*パスフレーズ/, name);
        assert.equal(await page.textContent(`${SEAL} code`), 'honmaru kms unseal');
      }
      await page.goto(node.origin);
      await page.waitForSelector(SEAL);
      await screenshot(page, 'kms-seal-ja');
      const english = await visit(browser, 'en');
      await signIn(english.page, node.origin, 'admin', PASSWORD);
      await english.page.waitForSelector(SEAL);
      assert.match(
        await told(english.page),
        /The KMS keys are sealed.*give the passphrase: honmaru kms unseal/,
      );
      await screenshot(english.page, 'kms-seal-en');
      assert.match(await tend('unseal', PASSPHRASE), /unsealed \(passphrase\)/);
      await Promise.all([gone(page), gone(english.page)]);
      await tend('seal');
      await page.waitForSelector(SEAL);
      await tend('unseal', PASSPHRASE);
      await gone(page);
      assert.deepEqual(complaints, []);
    } finally {
      await browser.close();
    }
  });

  test('a keeper that does not answer is told too, while it does not', async () => {
    const keeper = node
      .processes()
      .find((pid) => /keeper\/main\.[jt]s/.test(readFileSync(`/proc/${pid}/cmdline`, 'utf8')));
    assert.ok(keeper);
    const browser = await launch();
    try {
      const { page } = await visit(browser, 'en');
      await signIn(page, node.origin, 'admin', PASSWORD);
      process.kill(keeper, 'SIGSTOP');
      await page.waitForSelector(SEAL);
      assert.match(await told(page), /The KMS keys cannot be used.*\(keeper\) does not answer/);
      process.kill(keeper, 'SIGCONT');
      await gone(page);
    } finally {
      process.kill(keeper, 'SIGCONT');
      await browser.close();
    }
  });
});
