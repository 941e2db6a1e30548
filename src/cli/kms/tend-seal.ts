import {
  type Keeper,
  KeeperError,
  type KeeperStatus,
  keeperConnection,
  keeperOver,
  keeperSocket,
} from '../../keeper/client/index.ts';
import { HonmaruError } from '../../kernel/errors.ts';
import { text } from '../../kernel/texts.ts';
import type { Invocation, Terminal } from '../command.ts';
import { type Installation, installationOf } from '../up/options.ts';
import { wordsOfOtherKms } from './other-kms.ts';
import { rekey } from './rekey.ts';
import { secretInput } from './secret-input.ts';

type What = 'status' | 'unseal' | 'seal' | 'rekey';

/** Looks after the seal through the keeper's socket, also when nobody can sign in yet. */
export async function tendSeal(what: What, invocation: Invocation, terminal: Terminal): Promise<number> {
  const installation = installationOf(invocation, terminal);
  const connection = keeperConnection(keeperSocket(installation.data), false);
  const keeper = keeperOver(connection.ask);
  try {
    if (what === 'status') return showStatus(await keeper.status(), invocation, terminal);
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
  { sealed, method, threshold, progress, previousRoots, keyFile }: KeeperStatus,
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
  if (previousRoots > 0) {
    const pending = text(
      '  an earlier root key is kept until the keys of all accounts are sealed under the new one',
      '  全アカウントの鍵を新しいルートキーで封印し直すまで、以前のルートキーを残しています',
    );
    lines.push(pending[language]);
  }
  if (method === 'key-file') {
    const hint = text(
      `  the key file ${keyFile} opens it: back it up apart from the data. For more than a laptop: honmaru kms rekey --method passphrase, shamir, pkcs11 or kms`,
      `  鍵ファイル ${keyFile} で解除されます。データとは別にバックアップしてください。本番では honmaru kms rekey --method passphrase、shamir、pkcs11、kms を検討してください`,
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
  if (!before.sealed) return showStatus(before, invocation, terminal);
  const words = await unsealingWords(before.method, installation, invocation, terminal);
  await keeper.ask('unseal', [words]);
  return showStatus(await keeper.status(), invocation, terminal);
}

/** What opens the seal: nothing for a key file, which the keeper reads itself. */
async function unsealingWords(
  method: KeeperStatus['method'],
  { data }: Installation,
  invocation: Invocation,
  terminal: Terminal,
): Promise<string> {
  if (method === 'key-file' || method === undefined) return '';
  if (method === 'kms') return wordsOfOtherKms(data);
  if (method === 'pkcs11' && invocation.flag('pin-file')) return '';
  return secretInput(PROMPTS[method], invocation.language, terminal);
}

const PROMPTS = {
  shamir: text('share: ', 'シェア: '),
  passphrase: text('passphrase: ', 'パスフレーズ: '),
  pkcs11: text("PIN of the token's user: ", 'トークンのユーザーPIN: '),
} as const;

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
  return new HonmaruError({ code: `keeper-${error.code}`, message: error.text });
}
