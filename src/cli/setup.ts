import { HonmaruError } from '../kernel/errors.ts';
import { type Text, text, verbatim } from '../kernel/texts.ts';
import { createFirstAdministrator } from '../platform/bootstrap.ts';
import { demandPassword } from '../services/iam/passwords.ts';
import { AwsError } from '../wire/aws-error.ts';
import type { Command, Invocation, Terminal } from './command.ts';
import { newSecretInput } from './kms/secret-input.ts';
import { writeAwsProfile } from './up/aws-profile.ts';
import { openInstallation } from './up/open-platform.ts';
import { INSTALLATION_OPTIONS, installationOf } from './up/options.ts';

export const command: Command = {
  name: 'setup',
  operands: '',
  summary: text(
    'make the first administrator and show the access key once',
    '最初の管理者を作成し、アクセスキーを一度だけ表示する',
  ),
  options: {
    ...INSTALLATION_OPTIONS,
    name: {
      type: 'string',
      value: 'NAME',
      help: text('name of the administrator (default: admin)', '管理者の名前(既定:admin)'),
    },
    password: {
      type: 'boolean',
      help: text(
        'also a password for the console: typed twice without echo, or one line of standard input',
        'コンソール用のパスワードも設定する(画面に表示せず2回入力、または標準入力の1行)',
      ),
    },
    profile: {
      type: 'string',
      value: 'NAME',
      help: text(
        'write the key into a named AWS profile instead of showing it',
        'キーを表示せず、名前付きAWSプロファイルに書き込む',
      ),
    },
    endpoint: {
      type: 'string',
      value: 'URL',
      help: text(
        'endpoint of that profile (default: http://127.0.0.1:7401)',
        'そのプロファイルのエンドポイント(既定:http://127.0.0.1:7401)',
      ),
    },
  },
  examples: ['honmaru setup', 'honmaru setup --profile honmaru --password'],

  async run(invocation, terminal) {
    const installation = installationOf(invocation, terminal);
    const password = await passwordOf(invocation, terminal);
    const open = await openInstallation(installation, (error) => {
      terminal.error(`honmaru: ${error instanceof Error ? error.message : String(error)}\n`);
    });
    try {
      const name = invocation.option('name') ?? 'admin';
      const made = await createFirstAdministrator(open.platform, open.account.id, name, password).catch(
        asProblem,
      );
      const profile = invocation.option('profile');
      const { language } = invocation;
      if (profile === undefined) {
        const once = text(
          'The secret is shown this once. Keep it, or put it into a profile: honmaru profile',
          'シークレットの表示は今回限りです。控えるか、honmaru profile でプロファイルに保存してください',
        );
        terminal.out(
          [
            `account            ${made.account}`,
            `user               ${made.userName} (AdministratorAccess)`,
            `access key id      ${made.accessKeyId}`,
            `secret access key  ${made.secretAccessKey}`,
            once[language],
            consoleLine(made.userName, password !== undefined, 'NAME')[language],
            '',
          ].join('\n'),
        );
        return 0;
      }
      const files = writeAwsProfile(
        {
          name: profile,
          endpoint: invocation.option('endpoint') ?? 'http://127.0.0.1:7401',
          region: installation.region,
          accessKeyId: made.accessKeyId,
          secretAccessKey: made.secretAccessKey,
        },
        terminal,
      );
      const done = text(
        `${made.userName} of account ${made.account} is set up; profile ${profile} is in ${files.join(' and ')}`,
        `アカウント ${made.account} の ${made.userName} を設定しました。プロファイル ${profile}:${files.join('、')}`,
      );
      const line = consoleLine(made.userName, password !== undefined, profile);
      terminal.out(
        `${done[language]}\n  aws --profile ${profile} sts get-caller-identity\n${line[language]}\n`,
      );
      return 0;
    } finally {
      await open.close();
    }
  },
};

/** How the administrator gets into the console. */
function consoleLine(user: string, hasPassword: boolean, profile: string): Text {
  if (hasPassword) {
    return text(
      `Sign in to the console as ${user} with the password (honmaru up PATH opens it).`,
      `コンソールには ${user} とこのパスワードでサインインできます(honmaru up PATH で開きます)。`,
    );
  }
  const command = `aws --profile ${profile} iam create-login-profile --user-name ${user} --password …`;
  return text(
    `Without a password for the console; to give one later: ${command}`,
    `コンソールのパスワードは未設定です。後から設定するには:${command}`,
  );
}

/** A password is checked before anything is made with it. @throws HonmaruError `set-up-refused`. */
async function passwordOf(invocation: Invocation, terminal: Terminal): Promise<string | undefined> {
  if (!invocation.flag('password')) return undefined;
  const prompt = text('password for the console: ', 'コンソールのパスワード: ');
  const password = await newSecretInput(prompt, invocation.language, terminal);
  try {
    demandPassword(password, undefined);
  } catch (error) {
    asProblem(error);
  }
  return password;
}

/** What the service refuses is told as it says it. */
function asProblem(error: unknown): never {
  if (!(error instanceof AwsError)) throw error;
  throw new HonmaruError({ code: 'set-up-refused', message: verbatim(`${error.code}: ${error.message}`) });
}
