import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { CHROMIUM, drawnFaults, NO_CHROMIUM, screenshot, type Visit } from './console-browser.ts';
import { cutOff, goTo, PAGES, pagesOfOne, seriousFaults, settled, shownTexts } from './console-walk.ts';
import { type ConsoleWorld, startWorld } from './console-world.ts';

/** Words that no name of a product or resource has. */
const ENGLISH =
  /\b(the|of|and|is|are|not|this|which|what|with|all|no|none|undecided|open|high|medium|low|search|back|copy|sign|page|off|on|unknown|partial)\b/i;
const JAPANESE = /[\u3040-\u30ff\u4e00-\u9fff]/;
/** What people wrote themselves in the environment, and names that are the same in every language. */
const THEIR_OWN = /customers' names|pictures that|development team|business owner|社外秘|日本語|English/;
/** Names of products, types, files and resources. */
const NAME = /^[A-Z@–·→\d\s.:/_()+-]|^[a-z]+[.:/-]|^[A-Za-z]+$/;

/** What of the other language is left in a page. */
function foreign(language: 'en' | 'ja', texts: readonly string[]): readonly string[] {
  const others = texts.filter((text) => !THEIR_OWN.test(text));
  if (language === 'en') return others.filter((text) => JAPANESE.test(text));
  return others.filter((text) => {
    if (JAPANESE.test(text) || !/[a-z]{2}/.test(text)) return false;
    return ENGLISH.test(text) || !NAME.test(text);
  });
}

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
          if (theme === 'light') found.push(...foreign(language, await shownTexts(page)));
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
