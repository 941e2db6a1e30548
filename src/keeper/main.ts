/**
 * The keeper: the process that holds the keys. Started by the supervisor of `honmaru up` with its options as JSON; it
 * listens at a local socket, loads nothing but what is in this folder, and ends with its supervisor.
 */
import { HonmaruError } from '../kernel/errors.ts';
import { keeperSocket } from './client/socket-path.ts';
import { sealedVault } from './seal/sealed-vault.ts';
import { serveVault } from './server.ts';

/** What the supervisor hands over; nothing of it is secret. */
interface KeeperOptions {
  readonly data: string;
  readonly keyFile: string;
}

function onDefect(error: unknown): void {
  const name =
    error instanceof Error ? `${error.name} ${(error.stack ?? '').split('\n')[1]?.trim() ?? ''}` : 'unknown';
  process.stderr.write(`honmaru keeper: defect: ${name}\n`);
}

function onTrouble(message: string): void {
  process.stderr.write(`honmaru keeper: ${message}\n`);
}

async function serve({ data, keyFile }: KeeperOptions): Promise<void> {
  process.umask(0o077);
  const vault = await sealedVault({ data, keyFile }, Date.now, onTrouble);
  const server = await serveVault(vault, keeperSocket(data), onDefect);
  process.send?.({ kind: 'ready' });
  const stop = () => {
    server.close();
    process.exit(0);
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', () => undefined);
  process.on('disconnect', stop);
  process.on('uncaughtException', onDefect);
}

serve(JSON.parse(process.argv[2] ?? '{}') as KeeperOptions).catch((error: unknown) => {
  const { code, text: message, remedy } = error instanceof HonmaruError ? error : reasonOf(error);
  if (process.send) process.send({ kind: 'failed', code, message, ...(remedy && { remedy }) });
  else process.stderr.write(`honmaru keeper: ${message.en}\n`);
  process.exitCode = 2;
  process.disconnect?.();
});

function reasonOf(error: unknown): HonmaruError {
  const { message } = error as Error;
  return new HonmaruError({ code: 'keeper-failed', message: { en: message, ja: message } });
}
