import assert from 'node:assert/strict';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import {
  AttachUserPolicyCommand,
  CreateLoginProfileCommand,
  CreateUserCommand,
  IAMClient,
} from '@aws-sdk/client-iam';
import type { Browser } from 'playwright-core';
import {
  buildConsole,
  CHROMIUM,
  drawnFaults,
  launch,
  NO_CHROMIUM,
  registerPasskey,
  screenshot,
  setUpInBrowser,
  signIn,
  type Visit,
  visit,
} from './console-browser.ts';
import { type ConsoleNode, startConsoleNode } from './console-node.ts';
import { withSqlRules } from './console-template.ts';
import { seriousFaults } from './console-walk.ts';
import { OWNER, PASSWORD } from './console-world.ts';
import { honmaru, ROOT } from './program.ts';
import { environmentOf } from './up-node.ts';

/** The words by which the story finds its way, in each language. */
const WORDS = {
  en: {
    accept: 'accept',
    table: 'Table',
    history: 'History',
    signed: 'signed',
    lapsed: 'lapsed',
    marking: 'not a probability',
  },
  ja: {
    accept: '受容',
    table: '一覧',
    history: '履歴',
    signed: '署名済み',
    lapsed: '失効',
    marking: '確率ではない',
  },
} as const;

/** The whole way from the first start to a signed decision that lapses, in one language. */
export function describeStory(language: 'en' | 'ja'): void {
  describe(`from the first start to a signed decision in the browser (${language})`, {
    skip: CHROMIUM === undefined && NO_CHROMIUM,
  }, () => {
    const words = WORDS[language];
    const folder = mkdtempSync(join(tmpdir(), 'honmaru-story-'));
    const environment = join(folder, 'webapp');
    const template = join(environment, 'template.yaml');
    let node: ConsoleNode;
    let browser: Browser;
    let admin: Visit;
    let analyst: Visit;
    let owner: Visit;
    let risk: string;

    before(async () => {
      buildConsole();
      mkdirSync(environment);
      for (const file of ['honmaru.yaml', 'template.yaml']) {
        cpSync(join(ROOT, 'examples/webapp', file), join(environment, file));
      }
      node = await startConsoleNode(folder, environment);
      browser = await launch();
      admin = await visit(browser, language);
      analyst = await visit(browser, language);
      owner = await visit(browser, language);
    });
    after(async () => {
      await browser?.close();
      await node?.stop();
      rmSync(folder, { recursive: true, force: true });
    });

    test('the set-up link makes an administrator, who sees the map', async () => {
      const { page } = admin;
      await page.goto(node.origin);
      await page.waitForSelector('.gate');
      assert.equal(await page.locator('input').count(), 0, 'nothing is asked for without the link');
      await screenshot(page, `set-up-needed-${language}`);
      assert.deepEqual(await seriousFaults(page), []);
      await page.goto(node.link());
      await page.waitForSelector('input[name=again]');
      await screenshot(page, `set-up-${language}`);
      assert.deepEqual(await seriousFaults(page), []);
      const key = await setUpInBrowser(page, node.link(), PASSWORD);
      assert.equal(new URL(page.url()).hash, '', 'the token leaves the address');
      await page.click('form button[type=submit]');
      await page.waitForSelector('.map-badge[data-safeguard=waf]');
      assert.deepEqual(await drawnFaults(page), []);
      const iam = new IAMClient({ endpoint: node.endpoint, region: 'us-east-1', credentials: key });
      for (const [name, policy] of [
        ['analyst', 'HonmaruAnalyst'],
        ['owner', 'HonmaruOwner'],
      ] as const) {
        await iam.send(new CreateUserCommand({ UserName: name }));
        await iam.send(new CreateLoginProfileCommand({ UserName: name, Password: PASSWORD }));
        const PolicyArn = `arn:aws:iam::aws:policy/${policy}`;
        await iam.send(new AttachUserPolicyCommand({ UserName: name, PolicyArn }));
      }
      iam.destroy();
    });

    test('the administrator says for whom the owner decides', async () => {
      const { page } = admin;
      await registerPasskey(admin, node.origin);
      const line = page.locator('tr', { hasText: /^owner/, has: page.locator('input') });
      await line.locator('input').fill(OWNER);
      await line.locator('button').click();
      await line.locator('.tag').waitFor();
    });

    test('the panel of the WAF at the load balancer says what it would change, before anything is done', async () => {
      const { page } = admin;
      await page.goto(node.origin);
      await page.click('.map-badge[data-safeguard=waf]');
      const panel = page.locator('[data-testid=panel]');
      await panel.locator('h4').first().waitFor();
      assert.match((await panel.getAttribute('data-place')) ?? '', /LoadBalancer$/);
      assert.match((await panel.textContent()) ?? '', /template\.yaml:\d+/);
      await screenshot(page, `panel-${language}`);
      await page.click('[data-testid=what-if-on]');
      const result = page.locator('[data-testid=what-if]');
      await result.locator('[data-testid=marking]').waitFor();
      assert.match((await result.textContent()) ?? '', new RegExp(words.marking));
      const changed = await result.locator('li[data-risk]').first().locator('.band').allTextContents();
      assert.equal(changed.length, 2);
      assert.notEqual(changed[0], changed[1], 'the level before and after');
      await screenshot(page, `what-if-${language}`);
      await page.click('[data-testid=undo-what-if]');
      await result.waitFor({ state: 'detached' });
    });

    test('an attack is followed hop by hop', async () => {
      const { page } = admin;
      await page.goto(node.origin);
      await page.click('.attack-list button >> nth=0');
      const player = page.locator('[data-testid=player]');
      await player.waitFor();
      assert.equal(await page.locator('.map-box.lit-now').getAttribute('data-key'), 'internet');
      await page.click('[data-testid=next-hop]');
      await page.click('[data-testid=next-hop]');
      assert.equal(await player.getAttribute('data-hop'), '2');
      assert.match((await page.locator('.map-box.lit-now').getAttribute('data-key')) ?? '', /LoadBalancer/);
      assert.ok((await player.locator('.verdict').count()) > 0);
      await page.click('[data-testid=play]');
      await page.waitForSelector('[data-testid=player][data-hop="4"]');
      await screenshot(page, `attack-${language}`);
    });

    test('the analyst proposes to accept a risk and cannot decide it', async () => {
      const { page } = analyst;
      await signIn(page, node.origin, 'analyst', PASSWORD);
      await page.goto(`${node.origin}/risks?rule=inject-db`);
      await page.click('table tbody a');
      await page.waitForSelector('[data-testid=propose]');
      risk = new URL(page.url()).pathname;
      await page.click('[data-testid=propose]');
      const dialog = page.locator('[data-testid=propose-dialog]');
      await dialog.getByRole('radio', { name: words.accept }).check();
      await dialog.locator('textarea').fill('until the launch');
      await dialog.locator('input[type=date]').fill('2099-12-31');
      await screenshot(page, `propose-${language}`);
      await page.click('[data-testid=send-proposal]');
      await page.waitForSelector('[data-testid=decision] [data-status=proposed]');
      assert.equal(await page.locator('[data-testid=decide]').count(), 0);
      await screenshot(page, `proposed-${language}`);
    });

    test('the owner registers a passkey and decides; the other browser sees it by itself', async () => {
      const { page } = owner;
      await signIn(page, node.origin, 'owner', PASSWORD);
      await registerPasskey(owner, node.origin);
      await screenshot(page, `devices-${language}`);
      await page.goto(`${node.origin}/overview`);
      await page.waitForSelector(`a[href="${risk}"]`);
      await page.goto(node.origin + risk);
      await page.click('[data-testid=decide]');
      await page.waitForSelector('[data-testid=signed-hash]');
      assert.match((await page.textContent('[data-testid=signed-hash]')) ?? '', /^[0-9a-f]{64}$/);
      await screenshot(page, `decide-${language}`);
      await page.click('[data-testid=sign]');
      await page.waitForSelector('[data-testid=decision] [data-assurance=signed]');
      await analyst.page.waitForSelector('[data-testid=decision] [data-assurance=signed]', {
        timeout: 5_000,
      });
    });

    test('the history shows it as signed, and it verifies offline', async () => {
      const { page } = analyst;
      await page.getByRole('tab', { name: words.history }).click();
      const history = page.locator('[data-testid=chain]');
      await history.waitFor();
      assert.equal(await history.getAttribute('data-intact'), 'true');
      await history.locator('[data-kind=decided] .assurance.signed').waitFor();
      await screenshot(page, `history-${language}`);
      const kept = join(folder, 'kept');
      mkdirSync(join(kept, '.honmaru'), { recursive: true });
      cpSync(join(environment, 'honmaru.yaml'), join(kept, 'honmaru.yaml'));
      for (const [name, path] of [
        ['honmaru.decisions.jsonl', 'honmaru.decisions.jsonl'],
        ['allowed_signers', '.honmaru/allowed_signers'],
      ] as const) {
        const [download] = await Promise.all([
          page.waitForEvent('download'),
          page.click(`a[download="${name}"]`),
        ]);
        await download.saveAs(join(kept, path));
      }
      const verified = honmaru(['risk', 'verify', 'honmaru.decisions.jsonl'], {
        cwd: kept,
        env: environmentOf(folder),
      });
      assert.equal(verified.code, 0, verified.err);
      assert.match(verified.out, /1 signed, 0 confirmed, 0 not signed/);
    });

    test('a report is downloaded', async () => {
      const { page } = admin;
      await page.goto(`${node.origin}/reports`);
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.click(`[data-testid=report-html-${language}]`),
      ]);
      const file = join(folder, download.suggestedFilename());
      await download.saveAs(file);
      assert.ok(statSync(file).size > 10_000);
      assert.match(readFileSync(file, 'utf8'), /社外秘/);
    });

    test('a broken file leaves the last good state, with a banner that names its line', async () => {
      const { page } = admin;
      await page.goto(node.origin);
      await page.waitForSelector('.map-badge');
      const good = readFileSync(template, 'utf8');
      writeFileSync(template, good.replace('Resources:', 'Resources: ['));
      const banner = page.locator('[data-testid=banner]');
      await banner.waitFor();
      assert.match((await banner.textContent()) ?? '', /template\.yaml:\d+/);
      assert.ok((await page.locator('.map-badge').count()) > 20, 'the map stays');
      await screenshot(page, `banner-${language}`);
      writeFileSync(template, good);
      await banner.waitFor({ state: 'detached' });
    });

    test('a saved change of the facts changes the map, and the acceptance lapses', async () => {
      const { page } = admin;
      await page.goto(node.origin);
      await page.waitForSelector('.map-badge[data-safeguard=waf][data-state=off]');
      const saved = performance.now();
      writeFileSync(template, withSqlRules(readFileSync(template, 'utf8')));
      await page.waitForSelector('.map-badge[data-safeguard=waf][data-state=partial]');
      console.log(`a saved file shows in the browser after ${(performance.now() - saved).toFixed(0)} ms`);
      await screenshot(page, `changed-${language}`);
      await page.goto(`${node.origin}/?attack=${risk.split('/').at(-1)}`);
      await page.waitForSelector('[data-testid=player] .verdict.hinders');
      await screenshot(page, `attack-hindered-${language}`);
      await analyst.page.goto(node.origin + risk);
      await analyst.page.waitForSelector('[data-testid=decision] [data-status=lapsed]');
      assert.match(
        (await analyst.page.textContent('[data-testid=decision]')) ?? '',
        new RegExp(words.lapsed),
      );
      await analyst.page.goto(`${node.origin}/risks`);
      await analyst.page.waitForSelector('table tbody a');
      assert.match(
        (await analyst.page.locator('table tbody tr').first().textContent()) ?? '',
        new RegExp(words.lapsed),
        'lapsed ones are on top',
      );
      await screenshot(analyst.page, `lapsed-${language}`);
    });

    test('signing out leaves nothing behind', async () => {
      const { page, context } = analyst;
      await page.click('[data-testid=sign-out]');
      await page.waitForSelector('input[name=username]');
      await page.goto(`${node.origin}/risks`);
      await page.waitForSelector('input[name=username]');
      assert.deepEqual(
        (await context.cookies()).filter(({ value }) => value === ''),
        [],
      );
      for (const each of [admin, analyst, owner]) {
        assert.deepEqual(
          each.complaints.filter((text) => !/status of 40[13]/.test(text)),
          [],
        );
      }
    });
  });
}
