import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { CHROMIUM, NO_CHROMIUM, visit } from './console-browser.ts';
import { goTo } from './console-walk.ts';
import { type ConsoleWorld, PASSWORD, startWorld } from './console-world.ts';

const MOST_TABS = 90;

/** Goes to an element by Tab alone, and says whether what has the focus can be seen. */
async function reach(page: Page, selector: string): Promise<void> {
  for (let pressed = 0; pressed < MOST_TABS; pressed += 1) {
    if (await page.evaluate(`document.activeElement?.matches(${JSON.stringify(selector)}) ?? false`)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`${selector} is not reached by Tab`);
}

/** Whether what has the focus lies in the window and shows that it has it. */
const FOCUS_SHOWS = `(() => {
  const at = document.activeElement;
  const { left, right, top, bottom, width } = at.getBoundingClientRect();
  const marked = getComputedStyle(at);
  const inside = left >= -1 && right <= innerWidth + 1 && top >= -1 && bottom <= innerHeight + 1;
  return width > 0 && inside && (marked.outlineStyle !== 'none' || marked.boxShadow !== 'none');
})()`;

describe('the console by keyboard alone', { skip: CHROMIUM === undefined && NO_CHROMIUM }, () => {
  let world: ConsoleWorld;
  let page: Page;
  before(async () => {
    world = await startWorld();
    ({ page } = await visit(world.browser, 'en'));
  });
  after(() => world?.close());

  test('signs in', async () => {
    await page.goto(world.node.origin);
    await page.waitForSelector('input[name=username]');
    await page.keyboard.type('admin');
    await page.keyboard.press('Tab');
    await page.keyboard.type(PASSWORD);
    await page.keyboard.press('Enter');
    await page.waitForSelector('.map-badge');
  });

  test('skips to the content', async () => {
    await page.goto(world.node.origin);
    await page.waitForSelector('.map-badge');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    assert.equal(await page.evaluate('document.activeElement.id'), 'content');
  });

  test('opens a safeguard on the map, plays what-if, and goes back', async () => {
    await reach(page, '.map-badge[data-safeguard=waf]');
    assert.equal(await page.evaluate(FOCUS_SHOWS), true, 'what has the focus is seen');
    await page.keyboard.press('Enter');
    await page.waitForSelector('[data-testid=panel] h4');
    const inside = 'document.activeElement.closest(".map-aside") !== null';
    assert.equal(await page.evaluate(inside), true, 'the focus goes on in the panel');
    await reach(page, '[data-testid=what-if-on]');
    await page.keyboard.press('Enter');
    await page.waitForSelector('[data-testid=marking]');
    assert.equal(await page.evaluate('document.activeElement.dataset.testid'), 'undo-what-if');
    await page.keyboard.press('Space');
    await page.locator('[data-testid=what-if]').waitFor({ state: 'detached' });
    assert.equal(await page.evaluate('document.activeElement.dataset.testid'), 'what-if-on');
    for (let back = 0; back < 5; back += 1) {
      if ((await page.evaluate('document.activeElement.dataset.testid')) === 'aside-back') break;
      await page.keyboard.press('Shift+Tab');
    }
    await page.keyboard.press('Enter');
    await page.locator('[data-testid=panel]').waitFor({ state: 'detached' });
    assert.equal(await page.evaluate('document.activeElement.dataset.safeguard'), 'waf', 'and comes back');
  });

  test('finds a resource by its name', async () => {
    await page.goto(world.node.origin);
    await page.waitForSelector('.map-badge');
    await reach(page, '.find input');
    await page.keyboard.type('database');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.map-box.found');
  });

  test('follows an attack hop by hop', async () => {
    await goTo(page, '/');
    await reach(page, '.attack-list button');
    await page.keyboard.press('Enter');
    await reach(page, '[data-testid=next-hop]');
    await page.keyboard.press('Enter');
    await page.waitForSelector('[data-testid=player][data-hop="1"]');
  });

  test('filters a list, sorts it, and opens a row', async () => {
    await goTo(page, '/risks');
    await reach(page, '[data-filter=band] button');
    await page.keyboard.press('Enter');
    await reach(page, '[data-filter=band] input');
    await page.keyboard.press('Space');
    await page.waitForSelector('[data-filter=band].chosen');
    await page.keyboard.press('Escape');
    await reach(page, 'th.sortable button');
    await page.keyboard.press('Enter');
    await page.waitForSelector('th[aria-sort]');
    await reach(page, 'table tbody a');
    await page.keyboard.press('Enter');
    await page.waitForSelector('[data-testid=propose]');
  });

  test('proposes a treatment', async () => {
    await reach(page, '[data-testid=propose]');
    await page.keyboard.press('Enter');
    await page.waitForSelector('[data-testid=propose-dialog]');
    await page.keyboard.press('Escape');
    await page.locator('[data-testid=propose-dialog]').waitFor({ state: 'detached' });
    assert.equal(
      await page.evaluate('document.activeElement.dataset.testid'),
      'propose',
      'the focus goes back to what opened the dialog',
    );
    await page.keyboard.press('Enter');
    await page.waitForSelector('[data-testid=propose-dialog]');
    await reach(page, '[data-testid=propose-dialog] textarea');
    await page.keyboard.type('by the end of the quarter');
    await reach(page, '[data-testid=send-proposal]');
    await page.keyboard.press('Enter');
    await page.waitForSelector('[data-testid=decision] [data-status=proposed]');
  });
});
