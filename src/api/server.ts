import { hkdfSync } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingMessage, Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer, type HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';
import { nameOfFile } from '../environment/key-files.ts';
import type { FileOfKey, KeyFact } from '../model/key-fact.ts';
import type { Platform } from '../platform/platform.ts';
import { assessor } from './assessor/assessor.ts';
import type { Seal } from './contract.ts';
import { keyWatch } from './environment/key-watch.ts';
import type { EnvironmentSource } from './environment/read-base.ts';
import { openWorkspace, type WorkspaceOptions } from './environment/workspace.ts';
import { fixPlanner } from './fix/planner.ts';
import type { ConsoleHost } from './host.ts';
import { consoleApp } from './http/app.ts';
import { closeServer } from './http/close-server.ts';
import { eventStreams } from './http/events.ts';
import { staticFiles } from './http/static.ts';
import { warmFindings } from './pages/findings.ts';
import { NO_SEAL, sealWatch } from './seal-watch.ts';
import { limiter } from './sign-in/limiter.ts';
import { ownersSigners } from './sign-in/people.ts';

export interface ConsoleOptions {
  readonly platform: Platform;
  readonly account: string;
  /** From which the tokens against forged requests are derived. */
  readonly rootKey: Uint8Array;
  readonly source: EnvironmentSource;
  readonly watch: boolean;
  /** What lies under a key beside the resources of the environment. */
  readonly filesOfKey?: (key: KeyFact) => readonly FileOfKey[];
  /** What keeps the KMS keys of this node from being used; never fails. Without it no keeper is beside. */
  readonly seal?: () => Promise<Seal | undefined>;
  /** How the environment is read; another one in benchmarks. */
  readonly read?: WorkspaceOptions['read'];
  /** The folder with the built pages. */
  readonly pages: string;
  readonly host: string;
  readonly port: number;
  /** Where people open it, when that is not this address itself. */
  readonly origin?: string;
  readonly tls?: { readonly cert: Buffer; readonly key: Buffer };
  onDefect(error: unknown): void;
}

export interface ConsoleServer {
  readonly origin: string;
  close(): Promise<void>;
}

/** The name under which a console on this machine is opened: no proxied application shares its cookies. */
const LOCAL_NAME = 'honmaru.localhost';
const HEADERS_MILLISECONDS = 15_000;
const MOST_CONNECTIONS = 2_000;
const LOST_MILLISECONDS = 30_000;
const GRACE_MILLISECONDS = 1_000;

/** Starts the console: reads the environment, then listens. */
export async function startConsole(options: ConsoleOptions): Promise<ConsoleServer> {
  const { platform, account, source, onDefect, tls } = options;
  let lostThread: () => void = () => undefined;
  const thread = assessor(() => lostThread());
  const workspace = await openWorkspace({
    source,
    store: platform.store,
    signers: (owner) => ownersSigners(platform.store, account, owner),
    watch: options.watch,
    keys: keyWatch(platform.store, account, platform.now, options.filesOfKey),
    read: options.read ?? thread.read,
    now: platform.now,
    warm: warmFindings,
    onDefect,
  });
  let lostAt = Number.NEGATIVE_INFINITY;
  // What the thread knew is read again, but not for ever where reading itself is what ends it.
  lostThread = () => {
    const before = lostAt;
    lostAt = performance.now();
    if (lostAt - before > LOST_MILLISECONDS) workspace.refresh([]).catch(onDefect);
  };
  platform.dependents.toldBy(async (key) => [
    ...(await workspace.view().base.desk.usersOfKey(key)),
    ...(options.filesOfKey?.(key) ?? []).map(nameOfFile),
  ]);
  let handle: (request: Request, bindings: HttpBindings) => Response | Promise<Response> = () =>
    new Response(null, { status: 503 });
  const server = createAdaptorServer({
    fetch: (request, bindings) => handle(request, bindings as HttpBindings),
    ...(tls && { createServer: createTlsServer, serverOptions: tls }),
  }) as Server;
  server.headersTimeout = HEADERS_MILLISECONDS;
  server.maxHeadersCount = 100;
  server.maxConnections = MOST_CONNECTIONS;
  server.listen(options.port, options.host);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const origin = new URL(options.origin ?? `http${tls ? 's' : ''}://${LOCAL_NAME}:${port}`);
  const secret = new Uint8Array(hkdfSync('sha256', options.rootKey, '', 'honmaru-console-csrf', 32));
  const fixes = fixPlanner();
  const seal = options.seal ? sealWatch(options.seal) : NO_SEAL;
  const host: ConsoleHost = {
    platform,
    account,
    origin,
    workspace,
    secret,
    limiter: limiter(),
    fixes,
    seal,
  };
  const events = eventStreams(host);
  const app = consoleApp({ host, events, files: staticFiles(options.pages), addressOf, onDefect });
  handle = (request, bindings) => app.fetch(request, bindings);
  return {
    origin: origin.origin,
    async close() {
      events.close();
      seal.close();
      fixes.close();
      workspace.close();
      thread.close();
      await closeServer(server, GRACE_MILLISECONDS);
    },
  };
}

function addressOf(context: Context): string {
  const { incoming } = context.env as { readonly incoming: IncomingMessage };
  return incoming.socket.remoteAddress?.replace(/^::ffff:/, '') ?? '';
}
