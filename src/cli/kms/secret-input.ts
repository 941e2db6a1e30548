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

async function hidden(prompt: string, ask: NonNullable<Terminal['ask']>): Promise<string | undefined> {
  echo('-echo');
  try {
    return await ask(prompt);
  } finally {
    echo('echo');
    process.stderr.write('\n');
  }
}

function echo(setting: string): void {
  if (process.platform !== 'win32') spawnSync('stty', [setting], { stdio: ['inherit', 'ignore', 'ignore'] });
}
