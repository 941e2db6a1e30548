import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { UsageError } from '../../kernel/errors.ts';
import type { Language } from '../../kernel/texts.ts';
import { type Text, text } from '../../kernel/texts.ts';
import type { Terminal } from '../command.ts';

/**
 * A secret from a person at a terminal, without echo, or from standard input. Never from an argument or the
 * environment, where other processes could read it.
 *
 * @throws UsageError `no-secret` when nothing is given.
 */
export async function secretInput(prompt: Text, language: Language, terminal: Terminal): Promise<string> {
  const words = terminal.ask ? await hidden(prompt[language], terminal.ask) : readFileSync(0, 'utf8');
  const secret = words?.replace(/\r?\n$/, '') ?? '';
  if (secret !== '') return secret;
  throw new UsageError({
    code: 'no-secret',
    message: text('nothing was given', '何も入力されていません'),
    remedy: text('type it at the prompt, or pipe it in', 'プロンプトで入力するか、パイプで渡してください'),
  });
}

/**
 * A secret that nobody knows yet: typed twice at a terminal, since nobody sees it, or one line of standard input, since
 * at a prompt nobody could give more than one.
 *
 * @throws UsageError `no-secret`, `secrets-differ` or `secret-lines`.
 */
export async function newSecretInput(prompt: Text, language: Language, terminal: Terminal): Promise<string> {
  const secret = await secretInput(prompt, language, terminal);
  if (/[\r\n]/.test(secret)) {
    throw new UsageError({
      code: 'secret-lines',
      message: text('the secret has more than one line', '秘密の値が複数行あります'),
      remedy: text('pipe in a single line, and that once', '1行だけを1回、パイプで渡してください'),
    });
  }
  if (!terminal.ask || (await secretInput(AGAIN, language, terminal)) === secret) return secret;
  throw new UsageError({
    code: 'secrets-differ',
    message: text('the two are not the same', '2回の入力が一致しません'),
    remedy: text('nothing was changed: try again', '何も変更していません。もう一度実行してください'),
  });
}

const AGAIN = text('the same once more: ', 'もう一度入力: ');

/*
 * Node.js gives the terminal back as it found it when it ends by SIGINT or SIGTERM, which are the signals that come
 * here. Ctrl-\ and Ctrl-Z are letters meanwhile: they would end or stop the program with the terminal silent.
 */
async function hidden(prompt: string, ask: NonNullable<Terminal['ask']>): Promise<string | undefined> {
  const before = stty(['-g']);
  stty(['-echo', 'quit', 'undef', 'susp', 'undef']);
  try {
    return await ask(prompt);
  } finally {
    stty([before === '' ? 'echo' : before]);
    process.stderr.write('\n');
  }
}

function stty(words: readonly string[]): string {
  if (process.platform === 'win32') return '';
  const { stdout } = spawnSync('stty', words, { stdio: ['inherit', 'pipe', 'ignore'], encoding: 'utf8' });
  return (stdout ?? '').trim();
}
