import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { codeDevice } from './code-device.ts';
import { CHROMIUM, NO_CHROMIUM, registerPasskey, screenshot, type Visit } from './console-browser.ts';
import { withoutSsh } from './console-template.ts';
import { goTo, seriousFaults } from './console-walk.ts';
import { type ConsoleWorld, OWNER, PASSWORD, startWorld } from './console-world.ts';

const CONFIRMED = '確認済み(署名なし)';

describe('deciding by one-time code, closing, and taking back (ja)', {
  skip: CHROMIUM === undefined && NO_CHROMIUM,
}, () => {
  let world: ConsoleWorld;
  let admin: Visit;
  let analyst: Visit;
  let owner: Visit;
  let nextCode: () => string;
  let risk: string;

  async function openRisk(page: Page, rule: string): Promise<string> {
    await goTo(page, `/risks?rule=${rule}`);
    await page.click('table tbody a');
    await page.waitForSelector('[data-testid=decision]');
    return new URL(page.url()).pathname;
  }

  async function propose(page: Page, reason: string): Promise<void> {
    await page.click('[data-testid=propose]');
    await page.fill('[data-testid=propose-dialog] textarea', reason);
    await page.click('[data-testid=send-proposal]');
    await page.waitForSelector('[data-testid=decision] [data-status=proposed]');
  }

  before(async () => {
    world = await startWorld();
    await world.addUsers({ analyst: 'HonmaruAnalyst', owner: 'HonmaruOwner' });
    admin = await world.enter('admin', 'ja');
    analyst = await world.enter('analyst', 'ja');
    owner = await world.enter('owner', 'ja');
    await registerPasskey(admin, world.node.origin);
    const line = admin.page.locator('tr', { hasText: /^owner/, has: admin.page.locator('input') });
    await line.locator('input').fill(OWNER);
    await line.locator('button').click();
    await line.locator('.tag').waitFor();
  });
  after(() => world?.close());

  test('an authenticator app is registered by two codes in a row', async () => {
    const { page } = owner;
    await goTo(page, '/account');
    await page.click('[data-testid=add-totp]');
    const secret = (await page.locator('[role=dialog] code').textContent()) ?? '';
    nextCode = await codeDevice(secret.trim());
    const fields = page.locator('[role=dialog] input');
    await fields.nth(0).fill(nextCode());
    await fields.nth(1).fill(nextCode());
    await screenshot(page, 'code-device-ja');
    await page.click('[data-testid=submit]');
    await page.waitForSelector('[data-device=totp]');
  });

  test('signing in asks for a code', async () => {
    const { page } = owner;
    await page.click('[data-testid=sign-out]');
    await page.waitForSelector('input[name=username]');
    await page.fill('input[name=username]', 'owner');
    await page.fill('input[name=password]', PASSWORD);
    await page.click('form button[type=submit]');
    await page.waitForSelector('input[autocomplete=one-time-code]');
    await screenshot(page, 'second-factor-ja');
    assert.deepEqual(await seriousFaults(page), []);
    await page.fill('input[autocomplete=one-time-code]', nextCode());
    await page.click('form button[type=submit]');
    await page.waitForSelector('nav.navigation');
  });

  test('a decision by code is confirmed, not signed, wherever it is shown', async () => {
    risk = await openRisk(analyst.page, 'admin-port');
    await propose(analyst.page, '管理用ポートを閉じる');
    await goTo(admin.page, '/decisions');
    const { page } = owner;
    await goTo(page, risk);
    await page.click('[data-testid=decide]');
    await page.fill('[data-testid=decide-dialog] input[autocomplete=one-time-code]', nextCode());
    await screenshot(page, 'decide-by-code-ja');
    await page.click('[data-testid=confirm]');
    const decided = page.locator('[data-testid=decision] [data-assurance]');
    await decided.waitFor();
    assert.equal(await decided.getAttribute('data-assurance'), 'confirmed');
    assert.equal(await decided.textContent(), CONFIRMED);
    await screenshot(page, 'confirmed-ja');
    await page.getByRole('tab', { name: '履歴' }).click();
    await page.locator('[data-kind=decided] [data-assurance=confirmed]').waitFor();
    await goTo(page, '/risks?assurance=confirmed');
    assert.equal(await page.locator('tbody .assurance.confirmed').count(), 1);
    await goTo(page, '/risks?assurance=signed');
    assert.equal(await page.locator('tbody tr').count(), 0);
  });

  test('the other browser is shown the decision by itself, and that nothing is signed yet', async () => {
    const { page } = admin;
    await page.waitForSelector('tbody [data-kind=decided]');
    assert.match((await page.locator('tbody tr').first().textContent()) ?? '', /ワンタイムコード/);
    await page.click('[data-testid=verify]');
    const verdict = page.locator('[data-testid=verdict]');
    await verdict.waitFor();
    assert.equal(await verdict.getAttribute('data-whole'), 'true');
    assert.match((await verdict.textContent()) ?? '', /署名済み 0.*確認済み\(署名なし\) 1/);
    await screenshot(page, 'decisions-ja');
  });

  test('a risk cannot be closed while it is there; with its cause removed the owner closes it, signed', async () => {
    const { page } = owner;
    await goTo(page, risk);
    await page.locator('[data-testid=closing]').waitFor();
    assert.equal(await page.locator('[data-testid=close]').count(), 0);
    const template = join(world.environment, 'template.yaml');
    writeFileSync(template, withoutSsh(readFileSync(template, 'utf8')));
    await registerPasskey(owner, world.node.origin);
    await goTo(page, risk);
    await page.click('[data-testid=close]');
    await page.waitForSelector('[data-testid=close-dialog] [data-evidence]');
    await page.locator('[data-testid=close-dialog] textarea').first().fill('変更番号 CHG-204');
    await page.click('[data-testid=go-on]');
    await page.waitForSelector('[data-testid=signed-hash]');
    await screenshot(page, 'close-ja');
    await page.click('[data-testid=sign]');
    await page.waitForSelector('[data-testid=decision] [data-status=closed]');
    await page.getByRole('tab', { name: '履歴' }).click();
    const closed = page.locator('[data-kind=closed]');
    await closed.locator('[data-assurance=signed]').waitFor();
    assert.match((await closed.textContent()) ?? '', /CHG-204/);
    await screenshot(page, 'closed-ja');
  });

  test('whoever proposed takes the proposal back', async () => {
    const { page } = analyst;
    const other = await openRisk(page, 'inject-db');
    await propose(page, 'あとで考える');
    await page.click('[data-testid=withdraw]');
    await page.fill('[role=dialog] textarea', '根拠が足りない');
    await page.click('[data-testid=submit]');
    await page.waitForSelector('[data-testid=decision] [data-status=undecided]');
    await goTo(page, `/decisions?risk=${other.split('/').at(-1)}`);
    await page.waitForSelector('tbody [data-kind=withdrawn]');
    assert.equal(await page.locator('tbody tr').count(), 2);
    await screenshot(page, 'withdrawn-ja');
  });
});
