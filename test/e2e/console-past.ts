import { join } from 'node:path';
import { startConsole } from '../../src/api/server.ts';
import { newSetUpToken } from '../../src/api/sign-in/set-up-link.ts';
import { openInstallation } from '../../src/cli/up/open-platform.ts';
import { ConsoleClient, type VirtualPasskey } from './console-client.ts';
import { listen } from './console-events.ts';
import { PASSWORD } from './console-world.ts';
import { ROOT } from './program.ts';

const DAY_MILLISECONDS = 86_400_000;

/** An installation some days ago. */
export interface Past {
  readonly client: ConsoleClient;
  readonly passkey: VirtualPasskey;
  /** Goes to another day, signed in with the passkey, and changes files there. */
  day(ago: number, change: () => void): Promise<void>;
  /** The day, as decisions name it. */
  dateOf(ago: number): string;
}

/**
 * Lets the program live through earlier days: its own console on the data that a node in this folder opens later, by a
 * clock that is behind. `admin` is set up and has a passkey.
 *
 * @param began how many days ago.
 */
export async function livePast(
  folder: string,
  environment: string,
  began: number,
  work: (past: Past) => Promise<void>,
): Promise<void> {
  let ago = began;
  const timeOf = (days: number) => new Date(Date.now() - days * DAY_MILLISECONDS);
  const data = join(folder, 'data/honmaru');
  const defects: unknown[] = [];
  const { platform, account, rootKey, close } = await openInstallation(
    {
      data,
      database: join(data, 'honmaru.db'),
      rootKey: join(folder, 'config/honmaru/root.key'),
      keeperKey: join(folder, 'config/honmaru/keeper.key'),
      region: 'us-east-1',
    },
    (error) => defects.push(error),
  );
  const now = () => timeOf(ago);
  const server = await startConsole({
    platform: { ...platform, now },
    account: account.id,
    rootKey,
    source: { paths: [environment], cwd: ROOT, parameters: new Map() },
    watch: true,
    pages: join(folder, 'no-pages'),
    host: '127.0.0.1',
    port: 0,
    onDefect: (error) => defects.push(error),
  });
  try {
    const client = new ConsoleClient(server.origin);
    await client.get('GET /api/session');
    const token = await newSetUpToken(platform.store, now());
    await client.get('POST /api/set-up', { body: { token, name: 'admin', password: PASSWORD } });
    const passkey = await client.addPasskey();
    await work({
      client,
      passkey,
      async day(days, change) {
        ago = days;
        await client.signIn('admin', PASSWORD);
        await client.givePasskey(passkey);
        const heard = await listen(client);
        change();
        await heard.next(({ kind }) => kind === 'assessed');
        heard.close();
      },
      dateOf: (days) => timeOf(days).toISOString().slice(0, 10),
    });
  } finally {
    await server.close();
    await close();
  }
  if (defects.length > 0) throw defects[0];
}
