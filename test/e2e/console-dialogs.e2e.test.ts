import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { CHROMIUM, NO_CHROMIUM, screenshot } from './console-browser.ts';
import { cutOff, foreignTexts, goTo, seriousFaults } from './console-walk.ts';
import { type ConsoleWorld, startWorld } from './console-world.ts';

interface Opened {
  readonly name: string;
  readonly path: string;
  readonly click: readonly string[];
  readonly shows: string;
}

/** What opens over a page or beside the map. */
const OPENED: readonly Opened[] = [
  {
    name: 'safeguard-panel',
    path: '/',
    click: ['.map-badge[data-safeguard=waf]'],
    shows: '[data-testid=panel] h4',
  },
  {
    name: 'what-if-open',
    path: '/?safeguard=waf&place=cfn:webapp/LoadBalancer',
    click: ['[data-testid=what-if-on]'],
    shows: '[data-testid=marking]',
  },
  {
    name: 'fix-edit',
    path: '/?safeguard=waf&place=cfn:webapp/LoadBalancer',
    click: ['[data-testid=show-fix]'],
    shows: '[data-testid=diff]',
  },
  {
    name: 'fix-needs',
    path: '/?safeguard=tls&place=cfn:webapp/HttpListener',
    click: ['[data-testid=show-fix]'],
    shows: '[data-testid=fix-answers]',
  },
  { name: 'attack-open', path: '/', click: ['.attack-list button'], shows: '[data-testid=player]' },
  {
    name: 'filter-open',
    path: '/risks',
    click: ['[data-filter=band] button'],
    shows: '[data-filter=band] [popover] input',
  },
  {
    name: 'own-risk',
    path: '/risks',
    click: ['.page-actions button'],
    shows: '[role=dialog] textarea',
  },
  { name: 'own-asset', path: '/assets', click: ['.page-actions button'], shows: '[role=dialog] input' },
  {
    name: 'propose-open',
    path: '/risks?rule=inject-db',
    click: ['table tbody a', '[data-testid=propose]'],
    shows: '[data-testid=propose-dialog]',
  },
  {
    name: 'add-passkey',
    path: '/account',
    click: ['[data-testid=add-passkey]'],
    shows: '[role=dialog] input',
  },
  {
    name: 'add-code-device',
    path: '/account',
    click: ['[data-testid=add-totp]'],
    shows: '[role=dialog] img',
  },
];

describe('what opens over a page', { skip: CHROMIUM === undefined && NO_CHROMIUM }, () => {
  let world: ConsoleWorld;
  before(async () => {
    world = await startWorld();
  });
  after(() => world?.close());

  for (const [language, theme] of [
    ['en', 'dark'],
    ['ja', 'light'],
  ] as const) {
    test(`has no serious fault (${language}, ${theme})`, async () => {
      const { page, complaints, context } = await world.enter('admin', language, theme);
      const faults: string[] = [];
      for (const { name, path, click, shows } of OPENED) {
        await goTo(page, path);
        for (const selector of click) await page.locator(selector).first().click();
        await page.waitForSelector(shows);
        await screenshot(page, `${name}-${language}-${theme}`);
        const found = [
          ...(await seriousFaults(page, '[role=dialog], .map-aside, :popover-open')),
          ...(await cutOff(page)),
        ];
        found.push(...(await foreignTexts(page, language)));
        faults.push(...found.map((fault) => `${name}: ${fault}`));
        await page.keyboard.press('Escape');
        await page.locator('[role=dialog]').first().waitFor({ state: 'detached' });
      }
      assert.deepEqual(faults, []);
      assert.deepEqual(complaints, []);
      await context.close();
    });
  }

  test('the change for a safeguard is the one that `honmaru fix` makes, with cost, interruption and undo', async () => {
    const { page, context } = await world.enter('admin', 'en');
    await goTo(page, '/?safeguard=waf&place=cfn:webapp/LoadBalancer');
    await page.click('[data-testid=show-fix]');
    const dialog = page.locator('[data-testid=fix-dialog]');
    await dialog.locator('[data-testid=diff]').waitFor();
    const said = (await dialog.textContent()) ?? '';
    assert.match(said, /AWS::WAFv2::WebACLAssociation/);
    assert.match(said, /USD a month/);
    assert.match(said, /Nothing is replaced or interrupted/);
    assert.match(said, /patch -R/);
    assert.match((await page.textContent('[data-testid=fix-command]')) ?? '', /^\s*honmaru fix .*waf/);
    await page.keyboard.press('Escape');
    await goTo(page, '/?safeguard=tls&place=cfn:webapp/HttpListener');
    await page.click('[data-testid=show-fix]');
    await page.locator('[data-testid=fix-answers] input').first().fill('shop.example.com');
    await page.click('[data-testid=fix-again]');
    await dialog.locator('[data-testid=diff]').waitFor();
    assert.match((await dialog.textContent()) ?? '', /shop\.example\.com/);
    await context.close();
  });

  test('what is wrong in the address is said, and so is what does not exist', async () => {
    const { page, context } = await world.enter('admin', 'en');
    const { origin } = world.node;
    for (const path of ['/risks/no-such-risk', '/findings?status=NEVER', '/assets/one?id=nothing']) {
      await page.goto(origin + path);
      await page.waitForSelector('[data-testid=problem]');
    }
    await page.goto(`${origin}/nothing`);
    await page.waitForSelector('main h1');
    await context.close();
  });

  test('who may only look is shown no button that would be refused', async () => {
    await world.addUsers({ viewer: 'HonmaruViewer' });
    const { page, context } = await world.enter('viewer', 'en');
    await goTo(page, '/risks?rule=inject-db');
    assert.equal(await page.locator('.page-actions button, td.choose').count(), 0);
    await page.click('table tbody a');
    await page.waitForSelector('[data-testid=decision]');
    for (const act of ['propose', 'decide', 'close', 'withdraw', 'class', 'reopen']) {
      assert.equal(await page.locator(`[data-testid=${act}]`).count(), 0, act);
    }
    await context.close();
  });
});
