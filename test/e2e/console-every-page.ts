import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { CHROMIUM, drawnFaults, NO_CHROMIUM, screenshot, type Visit } from './console-browser.ts';
import { cutOff, foreignTexts, goTo, PAGES, pagesOfOne, seriousFaults, settled } from './console-walk.ts';
import { type ConsoleWorld, startWorld } from './console-world.ts';

/** Every page in one language and both themes: nothing serious for axe, nothing cut, no word of the other language. */
export function describeEveryPage(language: 'en' | 'ja'): void {
  describe(`every page of the console (${language})`, { skip: CHROMIUM === undefined && NO_CHROMIUM }, () => {
    let world: ConsoleWorld;
    let person: Visit;

    before(async () => {
      world = await startWorld();
      person = await world.enter('admin', language);
    });
    after(() => world?.close());

    for (const theme of ['light', 'dark'] as const) {
      test(`is shown without a serious fault (${theme})`, async () => {
        const { page, complaints } = person;
        await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
        await page.goto(world.node.origin);
        await settled(page);
        const faults: string[] = [];
        for (const [name, path] of Object.entries({ ...PAGES, ...(await pagesOfOne(page)) })) {
          await goTo(page, path);
          await screenshot(page, `${name}-${language}-${theme}`);
          const found = [...(await seriousFaults(page)), ...(await cutOff(page))];
          if (name === 'map') found.push(...(await drawnFaults(page)));
          if (theme === 'light') found.push(...(await foreignTexts(page, language)));
          faults.push(...found.map((fault) => `${name}: ${fault}`));
        }
        assert.deepEqual(faults, []);
        assert.deepEqual(complaints, []);
      });
    }

    test('has a title of its own, and says the language that it is in', async () => {
      const { page } = person;
      const titles = new Set<string>();
      for (const path of ['/', '/overview', '/risks', '/decisions', '/assets', '/findings', '/reports']) {
        await goTo(page, path);
        titles.add(await page.title());
      }
      assert.equal(titles.size, 7, [...titles].join());
      assert.equal(await page.getAttribute('html', 'lang'), language);
      assert.match((await page.getAttribute('link[rel=icon]', 'href')) ?? '', /favicon/);
    });

    test('asks for a password, a code and a first administrator without a serious fault', async () => {
      const { page } = person;
      await page.click('[data-testid=sign-out]');
      await page.waitForSelector('input[name=username]');
      for (const theme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme: theme });
        await screenshot(page, `sign-in-${language}-${theme}`);
        assert.deepEqual(await seriousFaults(page), [], theme);
      }
    });
  });
}
