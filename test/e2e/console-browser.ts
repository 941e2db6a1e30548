import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import type { VirtualPasskey } from './console-client.ts';
import { programOnPath, ROOT } from './program.ts';

/** Debian's Chromium, or undefined where none is installed. */
export const CHROMIUM = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome']
  .map(programOnPath)
  .find((path) => path !== undefined);

/** Said loudly when the tests of the console cannot run. */
export const NO_CHROMIUM =
  'NO CHROMIUM IS INSTALLED: the console is not tested in a browser (Debian: apt-get install chromium)';

/** Where a person can look at the screenshots of the last run. */
export const SCREENSHOTS = process.env.HONMARU_SCREENSHOTS ?? join(tmpdir(), 'honmaru-console-screenshots');

/** Builds the console when its sources changed since it was built. */
export function buildConsole(): void {
  const built = spawnSync(process.execPath, [join(ROOT, 'console/build/main.ts'), '--if-stale'], {
    encoding: 'utf8',
    cwd: ROOT,
  });
  if (built.status !== 0) throw new Error(`the console could not be built: ${built.stderr}`);
}

export async function launch(): Promise<Browser> {
  mkdirSync(SCREENSHOTS, { recursive: true });
  if (CHROMIUM === undefined) throw new Error(NO_CHROMIUM);
  return await chromium.launch({
    executablePath: CHROMIUM,
    args: ['--host-resolver-rules=MAP *.localhost 127.0.0.1'],
  });
}

/** How long a page may take in milliseconds on a machine that runs other tests too; what waits longer has failed. */
const LONGEST_WAIT = 45_000;

/** A browser of one person, with what it complained about. */
export interface Visit {
  readonly context: BrowserContext;
  readonly page: Page;
  /** Defects and refused resources that the browser told of. */
  readonly complaints: string[];
}

export async function visit(
  browser: Browser,
  language: 'en' | 'ja',
  theme: 'light' | 'dark' = 'light',
): Promise<Visit> {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    locale: language === 'ja' ? 'ja-JP' : 'en-GB',
    timezoneId: 'Asia/Tokyo',
    colorScheme: theme,
    reducedMotion: 'reduce',
    acceptDownloads: true,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(LONGEST_WAIT);
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  return { context, page, complaints };
}

export async function screenshot(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`) });
}

/** Gives the browser an authenticator that answers by itself (Chrome DevTools Protocol, domain WebAuthn). */
async function virtualAuthenticator({ context, page }: Visit) {
  const session = await context.newCDPSession(page);
  await session.send('WebAuthn.enable');
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return { session, authenticatorId };
}

/** Gives the browser an authenticator that holds a passkey which is registered already. */
export async function givePasskey(person: Visit, passkey: VirtualPasskey): Promise<void> {
  const { session, authenticatorId } = await virtualAuthenticator(person);
  const credential = { ...passkey.credential(), isResidentCredential: false };
  await session.send('WebAuthn.addCredential', { authenticatorId, credential });
}

/** Sets up the first administrator through the link, and returns the access key that is shown. */
export async function setUpInBrowser(page: Page, link: string, password: string) {
  await page.goto(link);
  await page.fill('input[name=password]', password);
  await page.fill('input[name=again]', password);
  await page.click('form button[type=submit]');
  await page.waitForSelector('.gate dl.facts');
  const [, accessKeyId = '', secretAccessKey = ''] = await page.locator('.gate dd code').allTextContents();
  return { accessKeyId, secretAccessKey };
}

export async function signIn(
  page: Page,
  origin: string,
  name: string,
  password: string,
  passkey = false,
): Promise<void> {
  await page.goto(origin);
  await page.fill('input[name=username]', name);
  await page.fill('input[name=password]', password);
  await page.click('form button[type=submit]');
  if (passkey) await page.click('[data-testid=use-passkey]');
  await page.waitForSelector('nav.navigation');
}

/** Registers a passkey on the account page, and gives it at once where the session has no second factor yet. */
export async function registerPasskey(person: Visit, origin: string): Promise<void> {
  const { page } = person;
  await virtualAuthenticator(person);
  await page.goto(`${origin}/account`);
  await page.click('[data-testid=add-passkey]');
  await page.click('[data-testid=submit]');
  await page.waitForSelector('[data-device=passkey]');
  if ((await page.locator('[data-testid=raise]').count()) === 0) return;
  await page.click('[data-testid=raise]');
  await page.click('[data-testid=use-passkey]');
  await page.waitForSelector('[data-testid=raise]', { state: 'detached' });
}

interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

interface DrawnBox extends Rectangle {
  readonly key: string;
  readonly texts: readonly (Rectangle & { readonly text: string })[];
}

const SLACK = 1;

/** What is wrong with the picture as the browser drew it: texts that leave their box, boxes that overlap. */
export async function drawnFaults(page: Page): Promise<readonly string[]> {
  const boxes = (await page.evaluate('window.honmaruMap()')) as readonly DrawnBox[];
  const faults = boxes.flatMap((box) =>
    box.texts.filter((text) => !inside(text, box)).map(({ text }) => `"${text}" leaves ${box.key}`),
  );
  for (const [at, a] of boxes.entries()) {
    for (const b of boxes.slice(at + 1)) {
      if (!apart(a, b) && !inside(a, b) && !inside(b, a)) faults.push(`${a.key} and ${b.key} overlap`);
    }
  }
  return boxes.length === 0 ? ['nothing is drawn'] : faults;
}

function inside(inner: Rectangle, outer: Rectangle): boolean {
  return (
    inner.x >= outer.x - SLACK &&
    inner.y >= outer.y - SLACK &&
    inner.x + inner.width <= outer.x + outer.width + SLACK &&
    inner.y + inner.height <= outer.y + outer.height + SLACK
  );
}

function apart(a: Rectangle, b: Rectangle): boolean {
  return (
    a.x + a.width <= b.x + SLACK ||
    b.x + b.width <= a.x + SLACK ||
    a.y + a.height <= b.y + SLACK ||
    b.y + b.height <= a.y + SLACK
  );
}
