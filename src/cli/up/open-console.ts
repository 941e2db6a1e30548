import { rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { newSetUpToken } from '../../api/sign-in/set-up-link.ts';
import { filesOfKeys } from '../kms/remembered-files.ts';
import { consoleSeal } from './console-seal.ts';
import type { ConsolePart, ConsoleReady } from './messages.ts';
import type { OpenInstallation } from './open-platform.ts';

/** What the console is opened on. */
interface ConsoleGround extends OpenInstallation {
  /** The data directory, in which the keeper is asked. */
  readonly data: string;
  readonly setUp: boolean;
  readonly tls: { readonly cert: Buffer; readonly key: Buffer } | undefined;
  onDefect(error: unknown): void;
}

export interface OpenConsole {
  readonly ready: ConsoleReady;
  close(): Promise<void>;
}

/** The built pages lie beside the sources, in a clone and in the package. */
const PAGES = fileURLToPath(new URL('../../../console/dist', import.meta.url));

/** Starts the console; where nobody is set up yet, with a link that makes the first administrator. */
export async function openConsole(part: ConsolePart, ground: ConsoleGround): Promise<OpenConsole> {
  const { platform, account, data, rootKey, tls, onDefect } = ground;
  const { startConsole } = await import('../../api/server.ts');
  const { paths, cwd, scope } = part;
  const server = await startConsole({
    platform,
    account: account.id,
    rootKey,
    source: { paths, cwd, parameters: new Map(part.parameters), ...(scope && { scope }) },
    watch: part.watch,
    filesOfKey: filesOfKeys(part.rememberedFiles, paths, cwd),
    seal: () => consoleSeal(data),
    pages: PAGES,
    host: part.host,
    port: part.port,
    ...(part.origin !== undefined && { origin: part.origin }),
    ...(tls && { tls }),
    onDefect,
  });
  const link = await setUpLink(part, ground, server.origin);
  return { ready: { origin: server.origin, ...link }, close: server.close };
}

/** The token stands in the fragment, which browsers send to nobody. */
async function setUpLink(
  { tellsLink, linkFile }: ConsolePart,
  { platform, setUp }: ConsoleGround,
  origin: string,
): Promise<Pick<ConsoleReady, 'setUpLink' | 'linkFile'>> {
  if (linkFile !== undefined) rmSync(linkFile, { force: true });
  if (setUp || (!tellsLink && linkFile === undefined)) return {};
  const link = `${origin}/set-up#${await newSetUpToken(platform.store, platform.now())}`;
  if (linkFile !== undefined) writeFileSync(linkFile, `${link}\n`, { mode: 0o600, flag: 'wx' });
  return { ...(tellsLink && { setUpLink: link }), ...(linkFile !== undefined && { linkFile }) };
}
