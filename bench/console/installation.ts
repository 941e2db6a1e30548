import { join } from 'node:path';
import type { Base } from '../../src/api/environment/base.ts';
import type { EnvironmentSource } from '../../src/api/environment/read-base.ts';
import { startConsole } from '../../src/api/server.ts';
import { newSetUpToken } from '../../src/api/sign-in/set-up-link.ts';
import { openInstallation } from '../../src/cli/up/open-platform.ts';
import { ConsoleClient } from '../../test/e2e/console-client.ts';

export interface OpenedOptions {
  /** A folder of its own. */
  readonly data: string;
  readonly source: EnvironmentSource;
  readonly watch: boolean;
  /** How the environment is read, where not from the files. */
  readonly read?: () => Promise<Base>;
}

/** Runs something with a console that serves, in this process, and an administrator who is signed in. */
export async function withConsole<Result>(
  { data, source, watch, read }: OpenedOptions,
  work: (client: ConsoleClient) => Promise<Result>,
): Promise<Result> {
  const { platform, account, rootKey, close } = await openInstallation(
    {
      data,
      database: join(data, 'honmaru.db'),
      rootKey: join(data, 'root.key'),
      keeperKey: join(data, 'keeper.key'),
      region: 'us-east-1',
    },
    (error) => console.error(error),
  );
  const server = await startConsole({
    platform,
    account: account.id,
    rootKey,
    source,
    watch,
    ...(read && { read }),
    pages: join(data, 'no-pages'),
    host: '127.0.0.1',
    port: 0,
    onDefect: (error) => console.error(error),
  });
  try {
    const client = new ConsoleClient(server.origin);
    await client.get('GET /api/session');
    const token = await newSetUpToken(platform.store, platform.now());
    await client.get('POST /api/set-up', { body: { token, name: 'admin', password: 'Bench-Only-1' } });
    return await work(client);
  } finally {
    await server.close();
    await close();
  }
}
