import assert from 'node:assert/strict';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { AxeResults } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import {
  buildConsole,
  CHROMIUM,
  drawnFaults,
  launch,
  NO_CHROMIUM,
  screenshot,
  setUpInBrowser,
  signIn,
  visit,
} from './console-browser.ts';
import { type ConsoleNode, startConsoleNode } from './console-node.ts';
import { ROOT } from './program.ts';

const PASSWORD = 'Correct-Horse-7';
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const PAGES = {
  map: '/',
  'map-list': '/?view=list',
  overview: '/overview',
  risks: '/risks',
  'heat-map': '/risks?view=heat-map',
  board: '/risks?view=board',
  assets: '/assets',
  findings: '/findings',
  safeguards: '/safeguards',
  resources: '/resources',
  coverage: '/coverage',
  reports: '/reports',
  account: '/account',
} as const;

/** Faults that axe calls serious or critical, each with where it is. */
async function seriousFaults(page: Page): Promise<readonly string[]> {
  await page.evaluate(AXE);
  const results = (await page.evaluate('axe.run()')) as AxeResults;
  return results.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ target, html }) => `${id} at ${target.join(' ')}: ${html}`));
}

/** Every text and label of a page. */
const SHOWN_TEXTS = `(() => {
  const texts = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) texts.push(walker.currentNode.textContent.trim());
  for (const each of document.querySelectorAll('[aria-label], [placeholder], [title]')) {
    for (const name of ['aria-label', 'placeholder', 'title']) texts.push(each.getAttribute(name) ?? '');
  }
  return texts;
})()`;
/** Words that no name of a product or resource has. */
const ENGLISH = /\b(the|of|and|is|are|not|this|which|what|with|all|no)\b/;
const JAPANESE = /[\u3040-\u30ff\u4e00-\u9fff]/;

/** Waits until nothing is loading any more. */
async function settled(page: Page): Promise<void> {
  await page.waitForSelector('main h1');
  const loading = page.locator('.waiting, [class*="awsui_loading"]');
  while ((await loading.count()) > 0) await page.waitForTimeout(50);
  await page.waitForTimeout(250);
}

describe('every page of the console', { skip: CHROMIUM === undefined && NO_CHROMIUM }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'honmaru-pages-'));
  const environment = join(folder, 'webapp');
  let node: ConsoleNode;
  let browser: Browser;
  const one: Record<string, string> = {};

  before(async () => {
    buildConsole();
    mkdirSync(environment);
    for (const file of ['honmaru.yaml', 'template.yaml']) {
      cpSync(join(ROOT, 'examples/webapp', file), join(environment, file));
    }
    node = await startConsoleNode(folder, environment);
    browser = await launch();
    const { page, context } = await visit(browser, 'en');
    await page.goto(node.link());
    await page.waitForSelector('input[name=again]');
    await screenshot(page, 'set-up-en-light');
    assert.deepEqual(await seriousFaults(page), [], 'the set-up page');
    await setUpInBrowser(page, node.link(), PASSWORD);
    await screenshot(page, 'set-up-key-en-light');
    await page.click('form button[type=submit]');
    await page.waitForSelector('.map-badge');
    for (const [name, list] of [
      ['risks', '/api/risks?size=1'],
      ['assets', '/api/assets?size=1&text=database'],
      ['resources', '/api/resources?size=1&sort=risks&descending=true'],
    ] as const) {
      const id = await page.evaluate(
        `fetch('${list}').then((answer) => answer.json()).then(({ items }) => items[0].id)`,
      );
      one[name] = `/${name}/one?id=${encodeURIComponent(String(id))}`;
    }
    await context.close();
  });
  after(async () => {
    await browser?.close();
    await node?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  for (const [language, theme] of [
    ['en', 'light'],
    ['ja', 'dark'],
  ] as const) {
    test(`is shown without a serious fault (${language}, ${theme})`, async () => {
      const { page, context, complaints } = await visit(browser, language, theme);
      await page.goto(node.origin);
      await page.waitForSelector('input[name=username]');
      await screenshot(page, `sign-in-${language}-${theme}`);
      assert.deepEqual(await seriousFaults(page), [], 'the sign-in page');
      await signIn(page, node.origin, 'admin', PASSWORD);
      const faults: string[] = [];
      const singles = Object.fromEntries(Object.entries(one).map(([name, path]) => [`one-of-${name}`, path]));
      for (const [name, path] of Object.entries({ ...PAGES, ...singles })) {
        await page.goto(node.origin + path);
        await settled(page);
        await screenshot(page, `${name}-${language}-${theme}`);
        for (const fault of await seriousFaults(page)) faults.push(`${name}: ${fault}`);
        const width = Number(await page.evaluate('document.documentElement.scrollWidth - innerWidth'));
        if (width > 0) faults.push(`${name}: the page is ${width} pixels too wide`);
        if (name === 'map') faults.push(...(await drawnFaults(page)));
      }
      assert.deepEqual(faults, []);
      assert.deepEqual(complaints, []);
      await context.close();
    });
  }

  test('has no English words of the console in Japanese', async () => {
    const { page, context } = await visit(browser, 'ja');
    await signIn(page, node.origin, 'admin', PASSWORD);
    for (const [name, path] of Object.entries({ ...PAGES, ...one })) {
      await page.goto(node.origin + path);
      await settled(page);
      const shown = (await page.evaluate(SHOWN_TEXTS)) as readonly string[];
      const left = shown.filter((text) => ENGLISH.test(text) && !JAPANESE.test(text));
      assert.deepEqual(
        left.filter((text) => !/Mozilla|customers' names|pictures that/.test(text)),
        [],
        name,
      );
    }
    await context.close();
  });

  test('works by keyboard alone', async () => {
    const { page, context } = await visit(browser, 'en');
    await page.goto(node.origin);
    await page.waitForSelector('input[name=username]');
    await page.keyboard.type('admin');
    await page.keyboard.press('Tab');
    await page.keyboard.type(PASSWORD);
    await page.keyboard.press('Enter');
    await page.waitForSelector('.map-badge');
    await page.keyboard.press('Tab');
    const reach = async (selector: string, most: number) => {
      for (let pressed = 0; pressed < most; pressed += 1) {
        const at = await page.evaluate(`document.activeElement?.matches('${selector}') ?? false`);
        if (at) return;
        await page.keyboard.press('Tab');
      }
      throw new Error(`${selector} is not reached by Tab`);
    };
    await reach('.map-badge[data-safeguard=waf]', 80);
    const sight = await page.evaluate(`(() => {
      const at = document.activeElement.getBoundingClientRect();
      const frame = document.querySelector('.map-canvas').getBoundingClientRect();
      return at.left >= frame.left && at.right <= frame.right && at.bottom <= frame.bottom;
    })()`);
    assert.equal(sight, true, 'what has the focus is in sight');
    await page.keyboard.press('Enter');
    await page.waitForSelector('[data-testid=panel] h4');
    await reach('[data-testid=what-if-on]', 80);
    await page.keyboard.press('Enter');
    await page.waitForSelector('[data-testid=marking]');
    await page.goto(`${node.origin}/risks`);
    await page.waitForSelector('table tbody a');
    await reach('table tbody a', 60);
    await page.keyboard.press('Enter');
    await page.waitForSelector('[data-testid=propose]');
    await reach('[data-testid=propose]', 40);
    await page.keyboard.press('Enter');
    await page.waitForSelector('[data-testid=propose-dialog]');
    await page.keyboard.press('Escape');
    await page.waitForSelector('[data-testid=propose-dialog]', { state: 'detached' });
    await context.close();
  });

  test('says what is wrong in the address, and what does not exist', async () => {
    const { page, context } = await visit(browser, 'en');
    await signIn(page, node.origin, 'admin', PASSWORD);
    await page.goto(`${node.origin}/risks/no-such-risk`);
    await page.waitForSelector('[data-testid=problem]');
    await page.goto(`${node.origin}/findings?status=NEVER`);
    await page.waitForSelector('[data-testid=problem]');
    await page.goto(`${node.origin}/nothing`);
    await page.waitForSelector('main h1');
    await context.close();
  });
});
