import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Every page by its name and address. */
export const PAGES = {
  map: '/',
  'map-list': '/?view=list',
  overview: '/overview',
  risks: '/risks',
  'heat-map': '/risks?view=heat-map',
  board: '/risks?view=board',
  decisions: '/decisions',
  assets: '/assets',
  findings: '/findings',
  safeguards: '/safeguards',
  resources: '/resources',
  coverage: '/coverage',
  reports: '/reports',
  account: '/account',
} as const;

/** The pages of one risk, asset and resource: the first of each list. */
export async function pagesOfOne(page: Page): Promise<Readonly<Record<string, string>>> {
  const lists = [
    ['risks', '/api/risks?size=1'],
    ['assets', '/api/assets?size=1&text=database'],
    ['resources', '/api/resources?size=1&sort=risks&descending=true'],
  ] as const;
  const found: Record<string, string> = {};
  for (const [name, list] of lists) {
    const id = await page.evaluate(
      `fetch('${list}').then((answer) => answer.json()).then(({ items }) => items[0].id)`,
    );
    found[`one-of-${name}`] = `/${name}/one?id=${encodeURIComponent(String(id))}`;
  }
  return found;
}

/** Waits until nothing is loading any more and everything has its place. */
export async function settled(page: Page): Promise<void> {
  await page.waitForSelector('main h1');
  await page.locator('.waiting, [aria-busy=true]').first().waitFor({ state: 'detached' });
  if ((await page.locator('.map-canvas').count()) > 0) await page.waitForSelector('.map-box');
  await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
}

/** Goes to a page inside the console as a link does, without loading it anew. */
export async function goTo(page: Page, path: string): Promise<void> {
  await page.evaluate(
    `(() => { history.pushState(null, '', ${JSON.stringify(path)}); dispatchEvent(new PopStateEvent('popstate')); })()`,
  );
  await settled(page);
}

/**
 * Faults that axe calls serious or critical, each with where it is.
 *
 * @param part only what lies in this part of the page
 */
export async function seriousFaults(page: Page, part = 'html'): Promise<readonly string[]> {
  if (!(await page.evaluate('typeof axe !== "undefined"'))) await page.evaluate(AXE);
  const results = (await page.evaluate(
    `axe.run(${JSON.stringify(part)}, { resultTypes: ['violations'] })`,
  )) as AxeResults;
  return results.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ target, html }) => `${id} at ${target.join(' ')}: ${html}`));
}

/** Every text and label of a page that a person is shown. */
const SHOWN_TEXTS = `(() => {
  const texts = [document.title];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    if (!walker.currentNode.parentElement.closest('code, pre, script, style')) texts.push(walker.currentNode.textContent.trim());
  }
  for (const each of document.querySelectorAll('[aria-label], [placeholder], [title], [alt]')) {
    for (const name of ['aria-label', 'placeholder', 'title', 'alt']) texts.push(each.getAttribute(name) ?? '');
  }
  return [...new Set(texts)].filter(Boolean);
})()`;

/** Words that no name of a product or resource has. */
const ENGLISH =
  /\b(the|of|and|is|are|not|this|which|what|with|all|no|none|undecided|open|high|medium|low|search|back|copy|sign|page|off|on|unknown|partial)\b/i;
const JAPANESE = /[\u3040-\u30ff\u4e00-\u9fff]/;
/** What people wrote themselves in the environment, and names that are the same in every language. */
const THEIR_OWN = /customers' names|pictures that|development team|business owner|社外秘|日本語|English/;
/** Names of products, types, files and resources. */
const NAME = /^[A-Z@–·→\d\s.:/_()+-]|^[a-z]+[.:/-]|^[A-Za-z]+$/;

/** What of the other language is left in a page. */
export async function foreignTexts(page: Page, language: 'en' | 'ja'): Promise<readonly string[]> {
  const texts = (await page.evaluate(SHOWN_TEXTS)) as readonly string[];
  const others = texts.filter((text) => !THEIR_OWN.test(text));
  if (language === 'en') return others.filter((text) => JAPANESE.test(text));
  return others.filter((text) => {
    if (JAPANESE.test(text) || !/[a-z]{2}/.test(text)) return false;
    return ENGLISH.test(text) || !NAME.test(text);
  });
}

/** What is cut off or sticks out: the page is too wide, or a text leaves what holds it where nothing scrolls. */
const CUT = `(() => {
  const faults = [];
  const over = document.documentElement.scrollWidth - innerWidth;
  if (over > 0) faults.push('the page is ' + over + ' pixels too wide');
  const scrolls = (element) => {
    for (let at = element; at && at !== document.body; at = at.parentElement) {
      const style = getComputedStyle(at);
      if (/auto|scroll/.test(style.overflowX + style.overflowY)) return true;
      if (at.matches('.map-canvas, .unseen, svg, select, [popover]')) return true;
    }
    return false;
  };
  const walker = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const parent = node.parentElement;
    if (!node.textContent.trim() || scrolls(parent) || getComputedStyle(parent).visibility === 'hidden') continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const { left, right, width } of range.getClientRects()) {
      if (width > 1 && (right > innerWidth + 1 || left < -1)) {
        faults.push('cut: "' + node.textContent.trim().slice(0, 60) + '"');
        break;
      }
    }
  }
  return faults;
})()`;

export async function cutOff(page: Page): Promise<readonly string[]> {
  return (await page.evaluate(CUT)) as readonly string[];
}
