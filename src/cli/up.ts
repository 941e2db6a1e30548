import { resolve } from 'node:path';
import { UsageError } from '../kernel/errors.ts';
import { type Language, text } from '../kernel/texts.ts';
import type { Command, Terminal } from './command.ts';
import { ENVIRONMENT_OPTIONS } from './environment-options.ts';
import { CONSOLE_OPTIONS, consoleOf } from './up/console-options.ts';
import { DEFAULT_LISTEN, listenOf } from './up/listen.ts';
import type { ConsoleReady } from './up/messages.ts';
import { INSTALLATION_OPTIONS, installationOf } from './up/options.ts';
import { issuerNetworksOf, OUTBOUND_OPTIONS, proxyClientOf } from './up/outbound-options.ts';
import { supervise } from './up/supervise.ts';

export const command: Command = {
  name: 'up',
  operands: '[PATH…]',
  summary: text(
    'start Honmaru: the AWS endpoint, and the console of an environment',
    'Honmaruを起動する(AWSエンドポイントと、環境のコンソール)',
  ),
  options: {
    ...INSTALLATION_OPTIONS,
    ...CONSOLE_OPTIONS,
    ...ENVIRONMENT_OPTIONS,
    ...OUTBOUND_OPTIONS,
    listen: {
      type: 'string',
      value: 'HOST:PORT',
      help: text(
        `where the AWS endpoint listens (default: ${DEFAULT_LISTEN})`,
        `AWSエンドポイントの待ち受け(既定:${DEFAULT_LISTEN})`,
      ),
    },
    'tls-cert': {
      type: 'string',
      value: 'FILE',
      help: text(
        'certificate chain in PEM, needed for a public address',
        '証明書チェーン(PEM)。公開アドレスでは必須',
      ),
    },
    'protect-used-keys': {
      type: 'boolean',
      help: text(
        'refuse to disable or delete a KMS key under which the environment keeps data',
        '環境のデータを暗号化しているKMSキーの無効化・削除を拒否する',
      ),
    },
    'tls-key': { type: 'string', value: 'FILE', help: text('its private key in PEM', 'その秘密鍵(PEM)') },
  },
  examples: [
    'honmaru up',
    'honmaru up infrastructure/',
    'honmaru up --data /var/lib/honmaru',
    'honmaru up --database postgres://honmaru@db/honmaru',
  ],

  async run(invocation, terminal) {
    const cert = invocation.option('tls-cert');
    const key = invocation.option('tls-key');
    if ((cert === undefined) !== (key === undefined)) {
      throw new UsageError({
        code: 'option-value',
        message: text(
          '--tls-cert and --tls-key go together',
          '--tls-cert と --tls-key は両方指定してください',
        ),
      });
    }
    const proxyClient = proxyClientOf(invocation, terminal);
    const { language } = invocation;
    const console = consoleOf(invocation, terminal);
    const protectsKeys = invocation.flag('protect-used-keys');
    if (protectsKeys && !console) throw needsPath();
    if (console) {
      const { command: assess } = await import('./assess.ts');
      await assess.run(invocation, terminal);
      const { buildConsole } = await import('./up/build-console.ts');
      if (!buildConsole()) terminal.error(`honmaru: ${NOT_BUILT[language]}\n`);
    }
    await supervise(
      {
        ...installationOf(invocation, terminal),
        ...listenOf(invocation.option('listen') ?? DEFAULT_LISTEN),
        ...(cert !== undefined && { tlsCert: resolve(terminal.cwd, cert) }),
        ...(key !== undefined && { tlsKey: resolve(terminal.cwd, key) }),
        ...(protectsKeys && { protectsKeys }),
        issuerNetworks: issuerNetworksOf(invocation.options('issuer-network')),
        ...(proxyClient && { proxyClient }),
        ...(console && { console }),
      },
      {
        ready({ url, account, setUp, console: opened }) {
          const first = text(
            '\n  nobody is set up yet: run `honmaru setup`',
            '\n  管理者が未設定です:`honmaru setup` を実行してください',
          )[language];
          const line = text(
            `honmaru is up: ${url} (account ${account})`,
            `honmaruが起動しました:${url}(アカウント ${account})`,
          );
          const setUpLine = setUp || opened?.setUpLink !== undefined ? '' : first;
          terminal.out(`${line[language]}${setUpLine}\n`);
          if (opened) tellConsole(opened, language, terminal);
        },
        keeperRestarting(how) {
          const line = text(
            `honmaru: the keeper of the keys ended (${how}) and is started again`,
            `honmaru: 鍵の保管プロセス(keeper)が終了したため(${how})、再起動します`,
          );
          terminal.error(`${line[language]}\n`);
        },
        keeperSealed(todo) {
          terminal.error(`honmaru: ${todo[language]}\n`);
        },
        restarting(how) {
          const line = text(
            `honmaru: the control plane ended (${how}) and is started again`,
            `honmaru: コントロールプレーンが終了したため(${how})、再起動します`,
          );
          terminal.error(`${line[language]}\n`);
        },
      },
    );
    return 0;
  },
};

function needsPath(): UsageError {
  return new UsageError({
    code: 'option-value',
    message: text(
      '--protect-used-keys needs an environment, which says what is in use: honmaru up PATH…',
      '--protect-used-keys には、使用中かどうかを判断する環境の指定が必要です:honmaru up パス…',
    ),
  });
}

const NOT_BUILT = text(
  'the pages of the console could not be built; its API answers all the same',
  'コンソールの画面をビルドできませんでした(APIは利用できます)',
);

/** The link is a secret: it is told where a person reads it, and never into a file or a pipe. */
function tellConsole(
  { origin, setUpLink, linkFile }: ConsoleReady,
  language: Language,
  terminal: Terminal,
): void {
  terminal.out(`${text(`console: ${origin}/`, `コンソール:${origin}/`)[language]}\n`);
  if (setUpLink !== undefined) {
    const line = text(
      `  set up the first administrator within ten minutes: ${setUpLink}`,
      `  最初の管理者の設定(10分以内・一度限り):${setUpLink}`,
    );
    terminal.error(`${line[language]}\n`);
  }
  if (linkFile !== undefined) {
    const line = text(`  the set-up link is in ${linkFile}`, `  設定リンクは ${linkFile} にあります`);
    terminal.out(`${line[language]}\n`);
  }
}
