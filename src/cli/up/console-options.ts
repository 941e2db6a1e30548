import { resolve } from 'node:path';
import { UsageError } from '../../kernel/errors.ts';
import { text } from '../../kernel/texts.ts';
import type { Invocation, OptionDefinition, Terminal } from '../command.ts';
import { parametersFrom, pathsFrom } from '../environment-options.ts';
import { rememberedFolder } from '../kms/remembered-files.ts';
import { isLoopback, listenOf } from './listen.ts';
import type { ConsolePart } from './messages.ts';

const DEFAULT_CONSOLE = '127.0.0.1:7400';

export const CONSOLE_OPTIONS = {
  console: {
    type: 'string',
    value: 'HOST:PORT',
    help: text(
      `where the console listens (default: ${DEFAULT_CONSOLE})`,
      `コンソールの待ち受け(既定:${DEFAULT_CONSOLE})`,
    ),
  },
  'console-origin': {
    type: 'string',
    value: 'URL',
    help: text(
      'where people open the console, such as https://console.example.com',
      '利用者が開くコンソールのURL(例:https://console.example.com)',
    ),
  },
  'set-up-file': {
    type: 'string',
    value: 'FILE',
    help: text(
      'write the set-up link into a file that only its owner can read',
      '設定リンクを、所有者だけが読めるファイルに書き込む',
    ),
  },
  'no-watch': {
    type: 'boolean',
    help: text('do not assess again when files change', 'ファイルの変更時に再評価しない'),
  },
} satisfies Record<string, OptionDefinition>;

/** The console that the words of a call ask for: only where an environment is named. @throws UsageError `option-value` */
export function consoleOf(invocation: Invocation, terminal: Terminal): ConsolePart | undefined {
  if (invocation.operands.length === 0 && invocation.option('default-path') === undefined) return undefined;
  const listen = listenOf(invocation.option('console') ?? DEFAULT_CONSOLE);
  const origin = originOf(invocation.option('console-origin'));
  if (origin === undefined && !isLoopback(listen.host)) {
    throw new UsageError({
      code: 'option-value',
      message: text(
        'a console that others can reach needs --console-origin, to which sign-in and passkeys are bound',
        '他の機器から開くコンソールには --console-origin が必要です(サインインとパスキーはこのURLに結び付きます)',
      ),
    });
  }
  const scope = invocation.option('scope') as ConsolePart['scope'];
  const linkFile = invocation.option('set-up-file');
  return {
    ...listen,
    ...(origin !== undefined && { origin }),
    paths: pathsFrom(invocation),
    cwd: terminal.cwd,
    rememberedFiles: rememberedFolder(terminal.environment),
    parameters: [...parametersFrom(invocation.options('parameter'))],
    ...(scope && { scope }),
    watch: !invocation.flag('no-watch'),
    tellsLink: terminal.interactive,
    ...(linkFile !== undefined && { linkFile: resolve(terminal.cwd, linkFile) }),
  };
}

function originOf(words: string | undefined): string | undefined {
  if (words === undefined) return undefined;
  const url = URL.parse(words);
  if (url && ['http:', 'https:'].includes(url.protocol) && `${url.origin}/` === url.href) return url.origin;
  throw new UsageError({
    code: 'option-value',
    message: text(
      `"${words}" is no origin such as https://console.example.com`,
      `「${words}」は https://console.example.com のような形式ではありません`,
    ),
  });
}
