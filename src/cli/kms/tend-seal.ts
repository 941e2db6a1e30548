import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  type Keeper,
  KeeperError,
  type KeeperStatus,
  keeperConnection,
  keeperOver,
  keeperSeal,
  keeperSocket,
  syncToDisk,
} from '../../keeper/client/index.ts';
import { HonmaruError, UsageError } from '../../kernel/errors.ts';
import { text, verbatim } from '../../kernel/texts.ts';
import type { Invocation, Terminal } from '../command.ts';
import { type Installation, installationOf } from '../up/options.ts';
import { secretInput } from './secret-input.ts';

type What = 'status' | 'unseal' | 'seal' | 'rekey';

/** Looks after the seal through the keeper's socket, also when nobody can sign in yet. */
export async function tendSeal(what: What, invocation: Invocation, terminal: Terminal): Promise<number> {
  const installation = installationOf(invocation, terminal);
  const connection = keeperConnection(keeperSocket(installation.data), false);
  const keeper = keeperOver(connection.ask);
  try {
    if (what === 'status') return showStatus(await keeper.status(), installation, invocation, terminal);
    if (what === 'unseal') return await unseal(keeper, installation, invocation, terminal);
    if (what === 'rekey') return await rekey(keeper, installation, invocation, terminal);
    await keeper.ask('seal', []);
    const done = text(
      'sealed: nothing can be encrypted or decrypted until somebody unseals',
      '封印しました。解除するまで暗号化も復号もできません',
    );
    terminal.out(`${done[invocation.language]}\n`);
    return 0;
  } catch (error) {
    throw asProblem(error);
  } finally {
    connection.close();
  }
}

function showStatus(
  { sealed, method, threshold, progress }: KeeperStatus,
  { keeperKey }: Installation,
  { language }: Invocation,
  terminal: Terminal,
): number {
  const state = sealed ? text('sealed', '封印中') : text('unsealed', '解除済み');
  const lines = [`${state[language]} (${method ?? '-'})`];
  if (sealed && method === 'shamir') {
    lines.push(
      text(`  ${progress} of ${threshold} shares given`, `  シェア ${progress}/${threshold}`)[language],
    );
  }
  if (method === 'key-file') {
    const hint = text(
      `  the key file ${keeperKey} opens it: back it up apart from the data. For more than a laptop: honmaru kms rekey --method passphrase, or shamir`,
      `  鍵ファイル ${keeperKey} で解除されます。データとは別にバックアップしてください。本番では honmaru kms rekey --method passphrase または shamir を検討してください`,
    );
    lines.push(hint[language]);
  }
  terminal.out(`${lines.join('\n')}\n`);
  return sealed ? 1 : 0;
}

async function unseal(
  keeper: Keeper,
  installation: Installation,
  invocation: Invocation,
  terminal: Terminal,
): Promise<number> {
  const before = await keeper.status();
  if (!before.sealed) return showStatus(before, installation, invocation, terminal);
  const prompt =
    before.method === 'shamir' ? text('share: ', 'シェア: ') : text('passphrase: ', 'パスフレーズ: ');
  const words = before.method === 'key-file' ? '' : await secretInput(prompt, invocation.language, terminal);
  await keeper.ask('unseal', [words]);
  return showStatus(await keeper.status(), installation, invocation, terminal);
}

async function rekey(
  keeper: Keeper,
  { data }: Installation,
  invocation: Invocation,
  terminal: Terminal,
): Promise<number> {
  const { language } = invocation;
  const method = invocation.option('method');
  if (method === 'passphrase') {
    const prompt = text('new passphrase (12 characters or more): ', '新しいパスフレーズ(12文字以上): ');
    await keeper.ask('rekey', ['passphrase', await secretInput(prompt, language, terminal)]);
  } else if (method === 'shamir') {
    const [shares, threshold] = [invocation.option('shares') ?? '5', invocation.option('threshold') ?? '3'];
    const made = await keeper.ask('rekey', ['shamir', shares, threshold]);
    const once = text(
      `these ${made.length} shares are shown this once; any ${threshold} of them unseal. Give each to another person:`,
      `${made.length} 個のシェアの表示は今回限りです。このうち ${threshold} 個で解除できます。それぞれ別の人に渡してください:`,
    );
    terminal.out(`${once[language]}\n${made.map((share) => `  ${share}`).join('\n')}\n`);
  } else if (method === 'key-file') {
    const given = invocation.option('new-key');
    if (given === undefined) throw missing('new-key');
    const path = resolve(terminal.cwd, given);
    makeKey(path);
    await keeper.ask('rekey', ['key-file', path]);
    const next = text(
      `start from now on with --keeper-key ${path}`,
      `今後は --keeper-key ${path} で起動してください`,
    );
    terminal.out(`${next[language]}\n`);
  } else throw missing('method');
  syncToDisk(keeperSeal(data));
  const old = text(
    'sealed anew. What opened the seal before still opens old copies of the data directory: destroy it, and those.',
    '封印し直しました。以前の鍵は古いデータのコピーをまだ開けます。以前の鍵と古いコピーを破棄してください。',
  );
  terminal.out(`${old[language]}\n`);
  return 0;
}

function makeKey(path: string): void {
  if (existsSync(path)) {
    throw new UsageError({
      code: 'file-exists',
      message: text(`${path} is there already`, `${path} はすでに存在します`),
    });
  }
  const file = openSync(path, 'wx', 0o600);
  writeSync(file, `${randomBytes(32).toString('hex')}\n`);
  fsyncSync(file);
  closeSync(file);
  syncToDisk(path);
}

function missing(option: string): UsageError {
  return new UsageError({
    code: 'option-missing',
    message: text(`--${option} is needed`, `--${option} が必要です`),
  });
}

function asProblem(error: unknown): unknown {
  if (!(error instanceof KeeperError)) return error;
  if (error.code === 'unreachable') {
    return new HonmaruError({
      code: 'keeper-unreachable',
      message: text(
        'no keeper is running for this data directory',
        'このデータディレクトリのkeeperは起動していません',
      ),
      remedy: text('start it with honmaru up', 'honmaru up で起動してください'),
    });
  }
  if (error.code === 'sealed') {
    return new HonmaruError({
      code: 'keeper-sealed',
      message: text('the keys are sealed', '鍵は封印されています'),
      remedy: text('honmaru kms unseal', 'honmaru kms unseal を実行してください'),
    });
  }
  return new HonmaruError({ code: `keeper-${error.code}`, message: verbatim(error.message) });
}
