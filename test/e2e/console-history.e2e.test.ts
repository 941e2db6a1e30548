import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { CHROMIUM, NO_CHROMIUM, screenshot, type Visit } from './console-browser.ts';
import type { VirtualPasskey } from './console-client.ts';
import { livePast, type Past } from './console-past.ts';
import { withoutSsh, withSqlRules } from './console-template.ts';
import { cutOff, foreignTexts, goTo, seriousFaults } from './console-walk.ts';
import { type ConsoleWorld, startWorld } from './console-world.ts';

const FIRST_DAY = 28;

describe('a month later', { skip: CHROMIUM === undefined && NO_CHROMIUM }, () => {
  let world: ConsoleWorld;
  let person: Visit;
  let passkey: VirtualPasskey;
  let accepted = '';
  let closed = '';

  async function riskOf({ client }: Past, rule: string): Promise<string> {
    const { items } = await client.get('GET /api/risks', { query: { rule } as never });
    return items[0]?.id ?? '';
  }

  async function decide(past: Past, id: string, treatment: object): Promise<void> {
    const { client } = past;
    const parts = { id };
    const { shown } = await client.get('GET /api/risks/:id', { parts });
    const proposal = { treatment: treatment as never, shown: shown.hash };
    await client.get('POST /api/risks/:id/proposal', { parts, body: proposal });
    await sign(past, id, 'decision', { approved: true, shown: shown.hash });
  }

  async function sign({ client }: Past, id: string, kind: 'decision' | 'closing', body: object) {
    const parts = { id };
    const start = await client.get(`POST /api/risks/:id/${kind}/start`, { parts, body: body as never });
    const response = passkey.sign(String(start.passkey?.challenge));
    const given = { method: 'passkey' as const, ticket: start.ticket, response };
    await client.get(`POST /api/risks/:id/${kind}`, { parts, body: given });
  }

  /** What happened to an environment in the weeks before the test. */
  async function weeks(environment: string): Promise<void> {
    const template = join(environment, 'template.yaml');
    const first = readFileSync(template, 'utf8');
    await livePast(dirname(environment), environment, FIRST_DAY, async (past) => {
      passkey = past.passkey;
      accepted = await riskOf(past, 'single-az');
      closed = await riskOf(past, 'admin-port');
      await decide(past, accepted, { response: 'accept', reason: 'until the sale', until: past.dateOf(10) });
      await decide(past, closed, { response: 'avoid', reason: 'a session manager instead' });
      const noSsh = withoutSsh(first);
      for (const ago of [26, 23]) await past.day(ago, () => writeFileSync(template, `${first}# ${ago}\n`));
      await past.day(20, () => writeFileSync(template, noSsh));
      const { shown } = await past.client.get('GET /api/risks/:id', { parts: { id: closed } });
      await sign(past, closed, 'closing', { shown: shown.hash, evidence: ['change 204'] });
      await past.day(14, () => writeFileSync(template, withSqlRules(noSsh)));
      for (const ago of [9, 6]) await past.day(ago, () => writeFileSync(template, `${noSsh}# ${ago}\n`));
      await past.day(2, () => writeFileSync(template, noSsh));
      writeFileSync(template, withSqlRules(noSsh));
    });
  }

  before(async () => {
    world = await startWorld(async (environment) => {
      const declaration = join(environment, 'honmaru.yaml');
      const owned = readFileSync(declaration, 'utf8').replace(/^owner: .*$/m, 'owner: admin\nteam: one');
      writeFileSync(declaration, owned);
      await weeks(environment);
    });
    person = await world.enter('admin', 'en', 'light', passkey);
  });
  after(() => world?.close());

  test('the overview shows the weeks, what changed, how long things took and what lapsed', async () => {
    const { page } = person;
    await goTo(page, '/overview');
    const rows = await page.locator('.trend ~ table tbody tr, table:has(caption) tbody tr').allTextContents();
    const days = rows.filter((row) => /^\d{4}-\d\d-\d\d/.test(row));
    assert.equal(days.length, 9, days.join('\n'));
    assert.ok(new Set(days.map((row) => row.slice(10))).size > 1, 'the counts differ');
    const text = (await page.locator('main').textContent()) ?? '';
    assert.match(text, /Lower.*Database contents stolen by SQL injection\s*high\s*9\s*→\s*high\s*\d/);
    assert.match(text, /\d+ days over \d+ findings/);
    assert.match(text, /Lapsed decisions \(1\)Database in a single availability zone/);
    assert.doesNotMatch(text, /line begins tomorrow|no earlier day/);
    assert.deepEqual([...(await seriousFaults(page)), ...(await cutOff(page))], []);
    await screenshot(page, 'overview-weeks-en');
    await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
    await page.getByRole('button', { name: '日本語' }).click();
    await page.waitForSelector('html[lang=ja]');
    await screenshot(page, 'overview-weeks-ja-dark');
    assert.deepEqual(await foreignTexts(page, 'ja'), []);
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
    await page.getByRole('button', { name: 'English' }).click();
  });

  test('an acceptance whose date has passed is on top, is reviewed, and is decided anew', async () => {
    const { page } = person;
    await goTo(page, '/risks');
    assert.match((await page.locator('tbody tr').first().textContent()) ?? '', /single availability zone/);
    await goTo(page, `/risks/${accepted}`);
    await page.waitForSelector('[data-testid=decision] [data-status=lapsed]');
    await screenshot(page, 'lapsed-by-date-en');
    await goTo(page, '/decisions');
    await page.click('[data-testid=review]');
    const reviewed = page.locator('[data-testid=reviewed] li');
    await reviewed.first().waitFor();
    assert.match((await reviewed.first().textContent()) ?? '', /single availability zone/);
    await screenshot(page, 'reviewed-en');
    await goTo(page, `/risks/${accepted}`);
    await page.click('[data-testid=propose]');
    await page.fill('[data-testid=propose-dialog] textarea', 'the sale was put off');
    await page.click('[data-testid=send-proposal]');
    await page.click('[data-testid=decide]');
    await page.waitForSelector('[data-testid=decide-dialog] [data-testid=signed-hash]');
    await screenshot(page, 'decide-again-en');
    await page.click('[data-testid=sign]');
    const decided = page.locator('[data-testid=decision] [data-assurance=signed]');
    await decided.waitFor();
    await page.getByRole('tab', { name: 'History' }).click();
    await page.locator('[data-kind=lapsed], [data-kind=reviewed]').first().waitFor();
  });

  test('the class of an asset is recorded by its owner, signed', async () => {
    const { page } = person;
    await goTo(page, `/risks/${accepted}`);
    await page.click('[data-testid=class]');
    const dialog = page.locator('[data-testid=class-dialog]');
    await dialog.locator('textarea').fill('as the team declared it');
    assert.deepEqual([...(await seriousFaults(page, '[role=dialog]')), ...(await cutOff(page))], []);
    await page.click('[data-testid=go-on]');
    await page.waitForSelector('[data-testid=class-dialog] [data-testid=signed-hash]');
    await screenshot(page, 'class-en');
    await page.click('[data-testid=sign]');
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('tab', { name: 'History' }).click();
    await page.locator('[data-kind=class-changed] [data-assurance=signed]').waitFor();
  });

  test('a closed risk is opened again with a reason', async () => {
    const { page, complaints } = person;
    await goTo(page, `/risks/${closed}`);
    await page.waitForSelector('[data-testid=decision] [data-status=closed]');
    await page.click('[data-testid=reopen]');
    await page.fill('[role=dialog] textarea', 'the port is asked for again');
    await screenshot(page, 'reopen-en');
    assert.deepEqual([...(await seriousFaults(page, '[role=dialog]')), ...(await cutOff(page))], []);
    await page.click('[data-testid=submit]');
    await page.waitForSelector('[data-testid=decision] [data-status=undecided]');
    assert.deepEqual(complaints, []);
  });
});
