import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync, rmSync, writeSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Keeper, KeeperError, keeperSeal, syncToDisk } from '../../keeper/client/index.ts';
import { UsageError } from '../../kernel/errors.ts';
import { type Text, text } from '../../kernel/texts.ts';
import type { Invocation, Terminal } from '../command.ts';
import type { Installation } from '../up/options.ts';
import { keyIdOf, kmsClientOptions } from './client-options.ts';
import { newKeyUnderKms } from './other-kms.ts';
import { newSecretInput, secretInput } from './secret-input.ts';

const POLL_MILLISECONDS = 500;
const PATIENCE_MILLISECONDS = 60_000;

const NOTHING_SEALED: ReadonlySet<string> = new Set(['unseal', 'other-nodes']);

/** What a method needs, and what is said when it is done. */
interface Answers {
  readonly fields: readonly string[];
  after?(made: readonly Buffer[]): Text;
  /** Takes back what was made for it. */
  undo?(): void;
}

/** Seals the root key by another method, or a new root key. */
export async function rekey(
  keeper: Keeper,
  installation: Installation,
  invocation: Invocation,
  terminal: Terminal,
): Promise<number> {
  const say = (words: Text) => terminal.out(`${words[invocation.language]}\n`);
  const method = invocation.option('method');
  if (method === undefined) throw missing('method');
  const newRoot = invocation.flag('new-root');
  // Before anything is typed or made for it.
  if ((await keeper.status()).sealed) throw new KeeperError('sealed');
  const { fields, after, undo } = await answersFor(method, keeper, invocation, terminal);
  const asked = keeper.ask('rekey', [newRoot ? 'new-root' : 'same-root', method, ...fields]);
  const made = await asked.catch((error: unknown) => {
    // Only these refusals tell for certain that nothing was sealed with what was made for it.
    if (error instanceof KeeperError && NOTHING_SEALED.has(error.code)) undo?.();
    throw error;
  });
  syncToDisk(keeperSeal(installation.data));
  if (after) say(after(made));
  if (newRoot) say(await rewrapped(keeper));
  say(
    text(
      'sealed anew. What opened the seal before still opens old copies of the data directory: destroy it, and those.',
      '封印し直しました。以前の鍵は古いデータのコピーをまだ開けます。以前の鍵と古いコピーを破棄してください。',
    ),
  );
  return 0;
}

async function answersFor(
  method: string,
  keeper: Keeper,
  invocation: Invocation,
  terminal: Terminal,
): Promise<Answers> {
  const { language } = invocation;
  switch (method) {
    case 'passphrase': {
      const prompt = text('new passphrase (12 characters or more): ', '新しいパスフレーズ(12文字以上): ');
      return { fields: [await newSecretInput(prompt, language, terminal)] };
    }
    case 'shamir':
      return shamir(invocation.option('shares') ?? '5', invocation.option('threshold') ?? '3');
    case 'key-file':
      return keyFile(invocation, terminal);
    case 'pkcs11': {
      const cluster = invocation.option('cluster');
      if (cluster === undefined) throw missing('cluster');
      if (invocation.flag('pin-file')) return { fields: [cluster, ''] };
      const prompt = text("PIN of the token's user: ", 'トークンのユーザーPIN: ');
      return { fields: [cluster, await secretInput(prompt, language, terminal)] };
    }
    default: {
      const { rootId } = await keeper.status();
      const { words, facts } = await newKeyUnderKms(
        keyIdOf(invocation),
        kmsClientOptions(invocation),
        rootId,
      );
      return { fields: [words, facts] };
    }
  }
}

function shamir(shares: string, threshold: string): Answers {
  return {
    fields: [shares, threshold],
    after(made) {
      const list = made.map((share) => `  ${share}`).join('\n');
      return text(
        `these ${made.length} shares are shown this once; any ${threshold} of them unseal. Give each to another person:\n${list}`,
        `${made.length} 個のシェアの表示は今回限りです。このうち ${threshold} 個で解除できます。それぞれ別の人に渡してください:\n${list}`,
      );
    },
  };
}

function keyFile(invocation: Invocation, terminal: Terminal): Answers {
  const given = invocation.option('new-key');
  if (given === undefined) throw missing('new-key');
  const path = resolve(terminal.cwd, given);
  makeKey(path);
  return {
    fields: [path],
    undo: () => rmSync(path),
    after: () =>
      text(`start from now on with --keeper-key ${path}`, `今後は --keeper-key ${path} で起動してください`),
  };
}

/** Waits until the keys of all accounts are sealed under the new root key, which the control plane does. */
async function rewrapped(keeper: Keeper): Promise<Text> {
  const until = Date.now() + PATIENCE_MILLISECONDS;
  while (Date.now() < until) {
    const { previousRoots } = await keeper.status();
    if (previousRoots === 0) {
      return text(
        'the keys of all accounts are sealed under the new root key; the old one is gone',
        'すべてのアカウントの鍵を新しいルートキーで封印し直しました。古いルートキーは残っていません',
      );
    }
    await new Promise((resolved) => setTimeout(resolved, POLL_MILLISECONDS));
  }
  return text(
    'the old root key is kept until honmaru up has sealed the keys of all accounts under the new one; honmaru kms status tells when',
    '古いルートキーは、honmaru up が全アカウントの鍵を封印し直すまで残ります。完了は honmaru kms status で確認できます',
  );
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
