import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  AttachUserPolicyCommand,
  CreateLoginProfileCommand,
  CreateUserCommand,
  IAMClient,
} from '@aws-sdk/client-iam';
import type { Browser } from 'playwright-core';
import { buildConsole, launch, setUpInBrowser, signIn, type Visit, visit } from './console-browser.ts';
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
  /** A browser of its own in which somebody is signed in by password. */
  enter(name: string, language: Language, theme?: Theme): Promise<Visit>;
  close(): Promise<void>;
}

/**
 * Starts a node on a copy of the reference environment and sets up its administrator.
 *
 * @param prepare changes the files before the node starts
 */
export async function startWorld(prepare: (environment: string) => void = () => {}): Promise<ConsoleWorld> {
  buildConsole();
  const folder = mkdtempSync(join(tmpdir(), 'honmaru-console-'));
  const environment = join(folder, 'webapp');
  mkdirSync(environment);
  for (const file of ['honmaru.yaml', 'template.yaml']) {
    cpSync(join(ROOT, 'examples/webapp', file), join(environment, file));
  }
  prepare(environment);
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
  const key = await firstAdministrator(browser, node).catch(async (error: unknown) => {
    await close();
    throw error;
  });
  return {
    folder,
    environment,
    node,
    browser,
    async addUsers(users) {
      const iam = new IAMClient({ endpoint: node.endpoint, region: 'us-east-1', credentials: key });
      for (const [UserName, policy] of Object.entries(users)) {
        await iam.send(new CreateUserCommand({ UserName }));
        await iam.send(new CreateLoginProfileCommand({ UserName, Password: PASSWORD }));
        const PolicyArn = `arn:aws:iam::aws:policy/${policy}`;
        await iam.send(new AttachUserPolicyCommand({ UserName, PolicyArn }));
      }
      iam.destroy();
    },
    async enter(name, language, theme = 'light') {
      const person = await visit(browser, language, theme);
      await signIn(person.page, node.origin, name, PASSWORD);
      return person;
    },
    close,
  };
}

async function firstAdministrator(browser: Browser, node: ConsoleNode) {
  const { page, context } = await visit(browser, 'en');
  const key = await setUpInBrowser(page, node.link(), PASSWORD);
  await context.close();
  return key;
}
