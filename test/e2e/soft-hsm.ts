import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Ran, run } from './program.ts';

const MODULE = [
  '/usr/lib/softhsm/libsofthsm2.so',
  '/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so',
  '/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so',
].find((path) => existsSync(path));
const PROGRAMS = ['softhsm2-util', 'p11-kit', 'pkcs11-tool', 'openssl'];
const missing = PROGRAMS.filter((name) => run('/bin/sh', ['-c', `command -v ${name}`]).code !== 0);

/** Why tests with a token are skipped; false where everything is installed. */
export const NO_TOKEN: string | false =
  MODULE !== undefined && missing.length === 0
    ? false
    : `SKIPPED: softhsm2, p11-kit, opensc and openssl are not all on this machine (${missing.join(', ')})`;

export const CLUSTER = 'cluster-softhsm2abc';
export const PIN = 'token-pin-1';

/** A software token of SoftHSM that `p11-kit server` serves at a socket, as an operator would. */
export interface SoftHsm {
  /** The trust anchor certificate, as `fileb://` takes it. */
  readonly certificate: string;
  /** Describes the token to the keeper whose key file is in this folder. */
  describeIn(folder: string, more?: object): void;
  start(): Promise<void>;
  stop(): Promise<void>;
  /** `pkcs11-tool` of OpenSC, signed in. */
  tool(...words: string[]): Ran;
}

/** However the test ends: its end of the standard input closes, and the group of the shell goes. */
const UNTIL_THE_TEST_ENDS = 'p11-kit "$@" & cat > /dev/null; kill -TERM 0';

/** Makes a token in a folder and serves it. */
export async function softHsm(folder: string): Promise<SoftHsm> {
  const tokens = join(folder, 'tokens');
  mkdirSync(tokens, { recursive: true });
  const configuration = join(folder, 'softhsm2.conf');
  writeFileSync(
    configuration,
    `directories.tokendir = ${tokens}\nobjectstore.backend = file\nlog.level = ERROR\n`,
  );
  const env = { ...process.env, SOFTHSM2_CONF: configuration };
  const certificate = join(folder, 'customerCA.crt');
  const done = [
    run(
      'softhsm2-util',
      ['--init-token', '--free', '--label', 'vault', '--so-pin', '12345678', '--pin', PIN],
      { env },
    ),
    run(
      'openssl',
      ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-subj', '/CN=cluster', '-days', '2'].concat(
        '-keyout',
        join(folder, 'ca.key'),
        '-out',
        certificate,
      ),
    ),
  ];
  for (const each of done) if (each.code !== 0) throw new Error(each.err);
  const socket = join(folder, 'p11.sock');
  let server: ChildProcess | undefined;

  async function start(): Promise<void> {
    rmSync(socket, { force: true });
    server = spawn(
      '/bin/sh',
      ['-c', UNTIL_THE_TEST_ENDS, 'sh', 'server', '-f', '-n', socket].concat(
        '--provider',
        MODULE ?? '',
        'pkcs11:token=vault',
      ),
      { env, detached: true, stdio: ['pipe', 'pipe', 'inherit'] },
    );
    if (server.stdout) await once(server.stdout, 'data');
    while (!existsSync(socket)) await new Promise((resolve) => setTimeout(resolve, 20));
  }

  await start();
  return {
    certificate,
    start,
    describeIn(place, more = {}) {
      const cluster = { socket, token: 'vault', trustAnchor: certificate, ...more };
      const content = { schema: 'honmaru.hsm/1', clusters: { [CLUSTER]: cluster } };
      mkdirSync(place, { recursive: true });
      writeFileSync(join(place, 'hsm.json'), JSON.stringify(content), { mode: 0o600 });
    },
    async stop() {
      if (!server || server.exitCode !== null || server.signalCode !== null) return;
      const ended = once(server, 'exit');
      // Its group: `p11-kit server` has a process for each line, which would outlive it.
      process.kill(-(server.pid ?? 0), 'SIGTERM');
      await ended;
    },
    tool: (...words) =>
      run(
        'pkcs11-tool',
        ['--module', MODULE ?? '', '--token-label', 'vault', '--login', '--pin', PIN, ...words],
        {
          env,
        },
      ),
  };
}
