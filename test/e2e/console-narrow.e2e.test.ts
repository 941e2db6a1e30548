import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { CHROMIUM, drawnFaults, NO_CHROMIUM, screenshot, type Visit } from './console-browser.ts';
import { cutOff, goTo, PAGES, pagesOfOne, settled } from './console-walk.ts';
import { type ConsoleWorld, startWorld } from './console-world.ts';

const SIZES = [
  { width: 1024, height: 768 },
  { width: 768, height: 1024 },
  { width: 390, height: 844 },
];

describe('the console on narrow screens', { skip: CHROMIUM === undefined && NO_CHROMIUM }, () => {
  let world: ConsoleWorld;
  let person: Visit;
  before(async () => {
    world = await startWorld();
    person = await world.enter('admin', 'ja');
  });
  after(() => world?.close());

  for (const size of SIZES) {
    test(`nothing is cut or too wide at ${size.width} pixels`, async () => {
      const { page } = person;
      await page.setViewportSize(size);
      await page.goto(world.node.origin);
      await settled(page);
      const faults: string[] = [];
      for (const [name, path] of Object.entries({ ...PAGES, ...(await pagesOfOne(page)) })) {
        await goTo(page, path);
        if (size.width < 500) await screenshot(page, `${name}-${size.width}`);
        const found = await cutOff(page);
        faults.push(...found.map((fault) => `${name}: ${fault}`));
      }
      assert.deepEqual(faults, []);
    });
  }

  test('the map is used on a telephone: a safeguard is opened, its change looked at, and the menu opens', async () => {
    const { page } = person;
    await page.setViewportSize({ width: 390, height: 844 });
    await goTo(page, '/');
    assert.deepEqual(await drawnFaults(page), []);
    await page.click('.map-badge[data-safeguard=waf]');
    await page.waitForSelector('[data-testid=panel] h4');
    await page.click('[data-testid=show-fix]');
    await page.waitForSelector('[data-testid=diff]');
    assert.deepEqual(await cutOff(page), []);
    const wide = await page.evaluate(`(() => {
      const { right } = document.querySelector('[data-testid=diff]').getBoundingClientRect();
      return right <= innerWidth;
    })()`);
    assert.equal(wide, true, 'the diff stays in the window');
    await screenshot(page, 'fix-390');
    await page.keyboard.press('Escape');
    await page.click('[aria-controls=navigation]');
    await page.locator('nav.navigation a[href="/risks"]').click();
    await page.waitForSelector('table.cards tbody tr');
    assert.equal(await page.locator('nav.navigation').isVisible(), false, 'the menu closes');
    const stacked = await page.evaluate(`(() => {
      const cells = [...document.querySelector('table.cards tbody tr').querySelectorAll('td:not(.choose)')];
      return new Set(cells.map((cell) => Math.round(cell.getBoundingClientRect().top))).size;
    })()`);
    assert.ok(Number(stacked) > 1, 'a row is a card');
  });
});
