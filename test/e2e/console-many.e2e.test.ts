import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { manyPlaces } from '../../bench/console/environments.ts';
import { CHROMIUM, drawnFaults, NO_CHROMIUM, screenshot } from './console-browser.ts';
import { cutOff, settled } from './console-walk.ts';
import { type ConsoleWorld, startWorld } from './console-world.ts';

const MANY = 300;

/** How long the frames took while the picture was moved, in milliseconds. */
const FRAMES = `(() => {
  const times = [];
  let last = performance.now();
  const next = (now) => { times.push(now - last); last = now; if (times.length < 60) requestAnimationFrame(next); };
  requestAnimationFrame(next);
  window.frames60 = times;
})()`;

describe('the map of 1,000 resources', { skip: CHROMIUM === undefined && NO_CHROMIUM }, () => {
  let world: ConsoleWorld;
  let page: Page;
  before(async () => {
    world = await startWorld((environment) =>
      writeFileSync(join(environment, 'template.yaml'), manyPlaces(1_000)),
    );
    ({ page } = await world.enter('admin', 'en'));
    await settled(page);
  });
  after(() => world?.close());

  test('begins with closed groups that say how many resources lie in them', async () => {
    assert.match((await page.locator('.map-inside').first().textContent()) ?? '', /\d+ resources inside/);
    assert.ok((await page.locator('.map-box').count()) < MANY);
    assert.deepEqual(await drawnFaults(page), []);
    await screenshot(page, 'many-closed');
  });

  test('a resource is found by its name: its group opens and it comes into sight', async () => {
    await page.fill('.find input', 'Server3x20B');
    await page.waitForSelector('.found-list button');
    await screenshot(page, 'many-search');
    await page.keyboard.press('Enter');
    const found = page.locator('.map-box.found');
    await found.waitFor();
    const seen = await page.evaluate(`(() => {
      const at = document.querySelector('.map-box.found').getBoundingClientRect();
      const frame = document.querySelector('.map-canvas').getBoundingClientRect();
      return at.left >= frame.left && at.right <= frame.right && at.top >= frame.top && at.top < frame.bottom;
    })()`);
    assert.equal(seen, true);
    await screenshot(page, 'many-found');
  });

  test('with all groups open more than 300 boxes are drawn where they belong, and move', async () => {
    await page.getByRole('button', { name: 'Expand groups', exact: true }).click();
    await page.getByRole('button', { name: 'Show all', exact: true }).click();
    await page.locator('.map-box').nth(MANY).waitFor({ state: 'attached' });
    assert.deepEqual(await drawnFaults(page), []);
    await screenshot(page, 'many-open');
    await page.locator('.map-canvas').hover();
    await page.evaluate(FRAMES);
    await page.mouse.down();
    for (let step = 1; step <= 20; step += 1) await page.mouse.move(600 + step * 6, 450 + step * 3);
    await page.mouse.up();
    const frames = (await page.evaluate('window.frames60')) as readonly number[];
    const slowest = frames.toSorted((a, b) => a - b).at(Math.floor(frames.length * 0.95)) ?? 0;
    console.log(
      `${await page.locator('.map-box').count()} boxes drawn; 95% of ${frames.length} frames took at most ${slowest.toFixed(0)} ms`,
    );
    await page.getByRole('button', { name: 'Readable size', exact: true }).click();
    await screenshot(page, 'many-readable');
    assert.deepEqual(await cutOff(page), []);
  });

  test('one group is closed and opened again by its own button', async () => {
    const toggle = page.locator('.map-toggle[aria-expanded=true]').first();
    const name = (await toggle.getAttribute('aria-label')) ?? '';
    await toggle.focus();
    await page.keyboard.press('Enter');
    const closed = page.getByRole('button', { name: name.replace('Collapse', 'Expand'), exact: true });
    await closed.waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name, exact: true }).waitFor();
  });
});
