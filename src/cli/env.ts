import { text } from '../kernel/texts.ts';
import type { Command } from './command.ts';
import { DEFAULT_PROFILE } from './up/aws-profile.ts';

export const command: Command = {
  name: 'env',
  operands: '[PROFILE]',
  summary: text(
    'print exports that point this shell to Honmaru',
    'このシェルをHonmaruに向けるexportを表示する',
  ),
  options: {
    endpoint: {
      type: 'string',
      value: 'URL',
      help: text(
        'where Honmaru listens (default: http://127.0.0.1:7401)',
        'Honmaruのアドレス(既定:http://127.0.0.1:7401)',
      ),
    },
  },
  examples: ['eval "$(honmaru env)"'],

  async run(invocation, terminal) {
    const profile = invocation.operands[0] ?? DEFAULT_PROFILE;
    const endpoint = invocation.option('endpoint') ?? 'http://127.0.0.1:7401';
    const warning = text(
      [
        '# These exports end with this shell. The same command in another shell goes to AWS, not here;',
        `# with --profile ${profile} it never does. Keys in the environment win over a profile: they are unset.`,
      ].join('\n'),
      [
        '# このexportはこのシェルの中だけで有効です。別のシェルのコマンドはAWSに送られます。',
        `# --profile ${profile} を付ければ取り違えません。環境変数のキーはプロファイルより優先されるため解除します。`,
      ].join('\n'),
    );
    terminal.out(
      [
        warning[invocation.language],
        `export AWS_PROFILE=${quoted(profile)}`,
        `export AWS_ENDPOINT_URL=${quoted(endpoint)}`,
        'unset AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN',
        '',
      ].join('\n'),
    );
    return 0;
  },
};

/** For a POSIX shell, whatever the text holds. */
function quoted(word: string): string {
  return /^[A-Za-z0-9_.:/-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
