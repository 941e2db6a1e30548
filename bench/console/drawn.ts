import type { Page } from 'playwright-core';

/**
 * When a number of elements is drawn, in milliseconds as `clock` counts them. Seen by the page itself: what waits
 * outside of it looks again after half a second only.
 *
 * @param selector of CSS.
 * @param count how many there are at least.
 */
export async function drawn(page: Page, selector: string, count = 1): Promise<number> {
  return (await page.evaluate(`new Promise((resolve) => {
    const look = () => {
      if (document.querySelectorAll(${JSON.stringify(selector)}).length < ${count}) return;
      observer.disconnect();
      requestAnimationFrame(() => setTimeout(() => resolve(performance.timeOrigin + performance.now())));
    };
    const observer = new MutationObserver(look);
    observer.observe(document, { subtree: true, childList: true, attributes: true });
    look();
  })`)) as number;
}

/** Now, comparable with what a page of this machine says. */
export function clock(): number {
  return performance.timeOrigin + performance.now();
}
