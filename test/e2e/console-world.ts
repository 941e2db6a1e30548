import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  AttachUserPolicyCommand,
  CreateLoginProfileCommand,
  CreateUserCommand,
  IAMClient,
} from '@aws-sdk/client-iam';
import type { Browser } from 'playwright-core';
import {
  buildConsole,
  givePasskey,
  launch,
  setUpInBrowser,
  signIn,
  type Visit,
  visit,
} from './console-browser.ts';
import type { VirtualPasskey } from './console-client.ts';
import { type ConsoleNode, startConsoleNode } from './console-node.ts';
import { ROOT } from './program.ts';

/** The password of everybody in the tests of the console. */
export const PASSWORD = 'Correct-Horse-7';
/** Whom the reference environment names as its owner. */
export const OWNER = '事業責任者 (business owner)';

type Language = 'en' | 'ja';
type Theme = 'light' | 'dark';

/** A running node with an environment of its own, a browser, and its first administrator. */
export interface ConsoleWorld {
  readonly folder: string;
  readonly environment: string;
  readonly node: ConsoleNode;
  readonly browser: Browser;
  /** Adds users of the identity store. */
  addUsers(users: Readonly<Record<string, string>>): Promise<void>;
  /** A browser of its own in which somebody is signed in by password, and by the passkey when there is one. */
  enter(name: string, language: Language, theme?: Theme, passkey?: VirtualPasskey): Promise<Visit>;
  close(): Promise<void>;
}

/**
 * Starts a node on a copy of the reference environment and sets up its administrator.
 *
 * @param prepare changes the files before the node starts; may leave data with an administrator
 */
export async function startWorld(
  prepare: (environment: string) => void | Promise<void> = () => {},
): Promise<ConsoleWorld> {
  buildConsole();
  const folder = mkdtempSync(join(tmpdir(), 'honmaru-console-'));
  const environment = join(folder, 'webapp');
  mkdirSync(environment);
  for (const file of ['honmaru.yaml', 'template.yaml']) {
    cpSync(join(ROOT, 'examples/webapp', file), join(environment, file));
  }
  await prepare(environment);
  const browser = await launch();
  const node = await startConsoleNode(folder, environment).catch(async (error: unknown) => {
    await browser.close();
    throw error;
  });
  async function close(): Promise<void> {
    await browser.close();
    await node.stop();
    rmSync(folder, { recursive: true, force: true });
  }
  const key = await firstAdministrator(folder, browser, node).catch(async (error: unknown) => {
    await close();
    throw error;
  });
  return {
    folder,
    environment,
    node,
    browser,
    async addUsers(users) {
      if (!key) throw new Error('the key of the administrator is known to whoever set it up');
      const iam = new IAMClient({ endpoint: node.endpoint, region: 'us-east-1', credentials: key });
      for (const [UserName, policy] of Object.entries(users)) {
        await iam.send(new CreateUserCommand({ UserName }));
        await iam.send(new CreateLoginProfileCommand({ UserName, Password: PASSWORD }));
        const PolicyArn = `arn:aws:iam::aws:policy/${policy}`;
        await iam.send(new AttachUserPolicyCommand({ UserName, PolicyArn }));
      }
      iam.destroy();
    },
    async enter(name, language, theme = 'light', passkey = undefined) {
      const person = await visit(browser, language, theme);
      if (passkey) await givePasskey(person, passkey);
      await withCause(person, node, () =>
        signIn(person.page, node.origin, name, PASSWORD, passkey !== undefined),
      );
      return person;
    },
    close,
  };
}

/** Undefined where the data that the node found had an administrator already. */
async function firstAdministrator(folder: string, browser: Browser, node: ConsoleNode) {
  if (!existsSync(join(folder, 'set-up-link'))) return undefined;
  const person = await visit(browser, 'en');
  const key = await withCause(person, node, () => setUpInBrowser(person.page, node.link(), PASSWORD));
  await person.context.close();
  return key;
}

/** Does something in a browser; when it fails, says what the page showed, the browser and the node told. */
async function withCause<Result>(
  { page, complaints }: Visit,
  node: ConsoleNode,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    const shown = await page.locator('body').innerText({ timeout: 1_000 }).catch(String);
    const said = [
      `the page ${page.url().replace(/#.*/, '')} shows: ${shown.slice(0, 1_000)}`,
      `the browser complains: ${complaints.join('; ') || 'no'}`,
      `the node said last: ${node.output().slice(-1_000)}`,
    ];
    throw new Error(`${(error as Error).message}\n${said.join('\n')}`, { cause: error });
  }
}
