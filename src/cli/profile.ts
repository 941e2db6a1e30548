import { UsageError } from '../kernel/errors.ts';
import { text } from '../kernel/texts.ts';
import type { Command } from './command.ts';
import { DEFAULT_PROFILE, writeAwsProfile } from './up/aws-profile.ts';

export const command: Command = {
  name: 'profile',
  operands: '[NAME]',
  summary: text(
    'write a named AWS profile that points to Honmaru',
    'Honmaruを指す名前付きAWSプロファイルを書き込む',
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
    region: { type: 'string', value: 'REGION', help: text('default: us-east-1', '既定:us-east-1') },
  },
  examples: ['honmaru profile', 'AWS_ACCESS_KEY_ID=HMKA… AWS_SECRET_ACCESS_KEY=… honmaru profile team-a'],

  async run(invocation, terminal) {
    const { environment } = terminal;
    const name = invocation.operands[0] ?? DEFAULT_PROFILE;
    const accessKeyId = environment.AWS_ACCESS_KEY_ID;
    const secretAccessKey = environment.AWS_SECRET_ACCESS_KEY;
    if (accessKeyId !== undefined && !/^HM[KS]A/.test(accessKeyId)) {
      throw new UsageError({
        code: 'foreign-key',
        message: text(
          'AWS_ACCESS_KEY_ID names a key that is not of Honmaru; it was not written',
          'AWS_ACCESS_KEY_ID はHonmaruのキーではないため、書き込みませんでした',
        ),
        remedy: text(
          'unset it, or give the key that honmaru setup showed',
          '変数を解除するか、honmaru setup が表示したキーを指定してください',
        ),
      });
    }
    const files = writeAwsProfile(
      {
        name,
        endpoint: invocation.option('endpoint') ?? 'http://127.0.0.1:7401',
        region: invocation.option('region') ?? 'us-east-1',
        ...(accessKeyId !== undefined && secretAccessKey !== undefined && { accessKeyId, secretAccessKey }),
      },
      terminal,
    );
    const line = text(
      `profile ${name} is in ${files.join(' and ')}`,
      `プロファイル ${name}:${files.join('、')}`,
    );
    terminal.out(`${line[invocation.language]}\n`);
    if (files.length === 1) {
      const without = text(
        `  without keys: give them as AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or run \`aws configure --profile ${name}\``,
        `  キーは未設定です。AWS_ACCESS_KEY_ID と AWS_SECRET_ACCESS_KEY で渡すか、\`aws configure --profile ${name}\` を実行してください`,
      );
      terminal.out(`${without[invocation.language]}\n`);
    }
    return 0;
  },
};
