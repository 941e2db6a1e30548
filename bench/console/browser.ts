import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { CHROMIUM, drawnFaults, NO_CHROMIUM } from '../../test/e2e/console-browser.ts';
import { withSqlRules } from '../../test/e2e/console-template.ts';
import { type ConsoleWorld, startWorld } from '../../test/e2e/console-world.ts';
import { clock, drawn } from './drawn.ts';
import { manyOfFewKinds, manyPlaces } from './environments.ts';
import type { Meter } from './meter.ts';

const ROUNDS = 5;
const SAVES = 6;
const SMALL_MILLISECONDS = 1_000;
const LARGE_MILLISECONDS = 3_000;
const SAVED_MILLISECONDS = 1_000;
const MANY_BOXES = 300;
const BETWEEN_SAVES = 300;

const BOX = '.map-box[data-kind=resource], .map-box[data-kind=vpc]';

/** The map and saved files in a real browser, with a node as people start it. */
export async function measureInBrowser(meter: Meter): Promise<void> {
  if (CHROMIUM === undefined) {
    console.log(`\n${NO_CHROMIUM}: nothing of the map was measured`);
    return;
  }
  console.log('\nin Chromium, a node as people start it');
  await inWorld(undefined, async (page, { environment, node }) => {
    const times = await opened(page, node.origin, '.map-badge[data-safeguard=waf]');
    meter.several('map of the reference environment visible after the page opens', times, SMALL_MILLISECONDS);
    meter.several(
      'a saved file shows in the browser',
      await savedFiles(page, join(environment, 'template.yaml')),
      SAVED_MILLISECONDS,
    );
  });
  await inWorld(manyOfFewKinds(1_000), async (page, { node }) => {
    meter.several(
      'map of 1,000 resources of few kinds visible',
      await opened(page, node.origin, BOX),
      LARGE_MILLISECONDS,
    );
  });
  await inWorld(manyPlaces(1_000), async (page, { node }) => {
    meter.several(
      'map of 1,000 resources in 150 subnets visible, groups closed',
      await opened(page, node.origin, BOX),
      LARGE_MILLISECONDS,
    );
    meter.several('… all groups opened and drawn at once', await allOpened(page), LARGE_MILLISECONDS);
    const boxes = await page.locator('.map-box').count();
    const faults = await drawnFaults(page);
    console.log(`${boxes} boxes are drawn, ${faults.length} overlap or have a text that leaves them`);
    if (boxes <= MANY_BOXES || faults.length > 0) {
      throw new Error(`the large map is not drawn as it should be: ${faults.slice(0, 3).join('; ')}`);
    }
  });
}

async function inWorld(
  template: string | undefined,
  work: (page: Page, world: ConsoleWorld) => Promise<void>,
): Promise<void> {
  const world = await startWorld((environment) => {
    if (template !== undefined) writeFileSync(join(environment, 'template.yaml'), template);
  });
  try {
    const { page } = await world.enter('admin', 'ja');
    await work(page, world);
  } finally {
    await world.close();
  }
}

async function opened(page: Page, origin: string, what: string): Promise<readonly number[]> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    await page.goto('about:blank');
    const began = clock();
    await page.goto(origin, { waitUntil: 'commit' });
    times.push((await drawn(page, what)) - began);
  }
  return times;
}

async function savedFiles(page: Page, template: string): Promise<readonly number[]> {
  const without = readFileSync(template, 'utf8');
  const withRules = withSqlRules(without);
  const times: number[] = [];
  for (let round = 0; round < SAVES; round += 1) {
    const [text, state] = round % 2 === 0 ? [withRules, 'partial'] : [without, 'off'];
    const shown = drawn(page, `.map-badge[data-safeguard=waf][data-state=${state}]`);
    await page.waitForTimeout(BETWEEN_SAVES);
    const began = clock();
    writeFileSync(template, text);
    times.push((await shown) - began);
  }
  return times;
}

/** Opens all groups while the picture is so far away, in so tall a window, that most of it is in sight. */
async function allOpened(page: Page): Promise<readonly number[]> {
  const times: number[] = [];
  await page.setViewportSize({ width: 1_440, height: 2_400 });
  const canvas = page.locator('.map-canvas');
  await canvas.hover();
  await page.mouse.wheel(0, 6_000);
  await page.waitForTimeout(300);
  for (let round = 0; round < ROUNDS; round += 1) {
    const opened = drawn(page, '.map-box', MANY_BOXES + 1);
    const began = clock();
    await page.getByRole('button', { name: 'グループを開く', exact: true }).click();
    times.push((await opened) - began);
    if (round === ROUNDS - 1) break;
    await page.getByRole('button', { name: 'グループをたたむ', exact: true }).click();
    await page.locator('.map-box').nth(MANY_BOXES).waitFor({ state: 'detached' });
  }
  return times;
}
