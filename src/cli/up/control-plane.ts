/**
 * The control plane: the process that serves the AWS endpoint. Started by the supervisor, which hands it its
 * options as JSON in the environment and hears from it over the IPC channel.
 */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { hostname } from 'node:os';
import { closeServer } from '../../api/http/close-server.ts';
import { KeeperError } from '../../keeper/client/index.ts';
import { isSetUp } from '../../platform/facts.ts';
import { frontDoor } from '../../platform/front-door.ts';
import { keepPresent, presence } from '../../platform/nodes.ts';
import { frontServer } from '../../wire/http/server.ts';
import { checkPublic } from './listen.ts';
import {
  type ControlPlaneMessage,
  type ControlPlaneOptions,
  failedMessage,
  OPTIONS_VARIABLE,
} from './messages.ts';
import { openConsole } from './open-console.ts';
import { type OpenInstallation, openInstallation } from './open-platform.ts';

const GRACE_MILLISECONDS = 5_000;

/** As many as an operator reads. */
const MOST_NAMES = 10;

function tell(message: ControlPlaneMessage): void {
  process.send?.(message);
}

function onDefect(error: unknown): void {
  const shown = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`honmaru: defect: ${shown}\n`);
}

/** Whether other nodes may run on the same database. */
function isShared(database: string): boolean {
  return /^postgres(?:ql)?:/.test(database);
}

/** Tells the other nodes of this one, and its keeper of them. */
async function beKnown({ platform: { store, now }, keeper }: OpenInstallation): Promise<() => Promise<void>> {
  const node = presence({
    store,
    name: `${hostname()}, process ${process.pid}`,
    now,
    monotonic: () => performance.now(),
    async others(names) {
      await keeper.ask('other-nodes', names.slice(0, MOST_NAMES));
    },
  });
  // A keeper that is starting or sealed hears of them at the next beat.
  const onTrouble = (error: unknown) => {
    if (!(error instanceof KeeperError)) onDefect(error);
  };
  await node.beat().catch(onTrouble);
  return keepPresent(node, onTrouble);
}

/** Serves until it is told to stop. */
async function serve(options: ControlPlaneOptions): Promise<void> {
  const installation = await openInstallation(options, onDefect);
  const { platform, account, close } = installation;
  const setUp = await isSetUp(platform.store);
  const tls =
    options.tlsCert !== undefined && options.tlsKey !== undefined
      ? { cert: readFileSync(options.tlsCert), key: readFileSync(options.tlsKey) }
      : undefined;
  checkPublic(options, tls !== undefined, setUp);
  if (options.console) checkPublic(options.console, tls !== undefined, setUp);
  const leave = isShared(options.database) ? await beKnown(installation) : undefined;
  const door = frontDoor(platform, account.id);
  const server = frontServer({ handle: door.handle, onDefect, ...(tls && { tls }) });
  server.listen(options.port, options.host);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const host = options.host.includes(':') ? `[${options.host}]` : options.host;
  const console =
    options.console &&
    (await openConsole(options.console, { ...installation, data: options.data, setUp, tls, onDefect }));
  tell({
    kind: 'ready',
    url: `http${tls ? 's' : ''}://${host}:${port}`,
    account: account.id,
    setUp,
    ...(console && { console: console.ready }),
  });

  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    await Promise.all([closeServer(server, GRACE_MILLISECONDS), console?.close()]);
    await door.close();
    await leave?.();
    await close();
    if (process.connected) process.disconnect();
  };
  process.on('SIGTERM', () => stop().catch(onDefect));
  process.on('SIGINT', () => stop().catch(onDefect));
  // A control plane without its supervisor would hold the address of the next one.
  process.on('disconnect', () => stop().catch(onDefect));
  await platform.start();
}

const options = JSON.parse(process.env[OPTIONS_VARIABLE] ?? '{}') as ControlPlaneOptions;
// What this process starts need not know the database and its password.
delete process.env[OPTIONS_VARIABLE];
serve(options).catch((error: unknown) => {
  tell(failedMessage(error));
  process.exitCode = 2;
  process.disconnect?.();
});
