import type { EnvironmentReading } from '../environment/read.ts';
import { UsageError } from '../kernel/errors.ts';
import { type Text, text } from '../kernel/texts.ts';
import type { DeclaredMove, Scope } from '../model/declaration.ts';
import type { Invocation, OptionDefinition, Terminal } from './command.ts';

/** Options of every command that reads an environment. */
export const ENVIRONMENT_OPTIONS = {
  parameter: {
    type: 'string',
    multiple: true,
    value: 'NAME=VALUE',
    help: text('value of a template parameter (may be repeated)', 'テンプレートのパラメータ値(複数指定可)'),
  },
  scope: {
    type: 'string',
    choices: ['application', 'account'],
    value: 'application|account',
    help: text(
      'whether this is one part of an account, or all there is (default: honmaru.yaml, else application)',
      'アカウントの一部か全体か(既定:honmaru.yaml、なければ application)',
    ),
  },
  'default-path': {
    type: 'string',
    value: 'PATH',
    help: text('what is read when no PATH is given (default: .)', 'PATHを省略したときに読むもの(既定:.)'),
  },
} satisfies Record<string, OptionDefinition>;

/** The operands, or what stands in for them. */
export function pathsFrom(invocation: Invocation): readonly string[] {
  return invocation.operands.length > 0 ? invocation.operands : [invocation.option('default-path') ?? '.'];
}

/** Reads the environment that the operands and options name; `moved` are renames beside the declared ones. */
export async function readFrom(
  invocation: Invocation,
  terminal: Terminal,
  moved: readonly DeclaredMove[] = [],
): Promise<EnvironmentReading> {
  const { readEnvironment } = await import('../environment/read.ts');
  const scope = invocation.option('scope') as Scope | undefined;
  const paths =
    invocation.operands.length > 0 ? invocation.operands : [invocation.option('default-path') ?? '.'];
  const progress = progressOn(terminal, invocation);
  const reading = await readEnvironment({
    paths,
    parameters: parametersFrom(invocation.options('parameter')),
    ...(scope ? { scope } : {}),
    ...(moved.length > 0 ? { moved } : {}),
    asOf: terminal.now().toISOString(),
    cwd: terminal.cwd,
    onProgress: progress.show,
  });
  progress.clear();
  return reading;
}

/**
 * The parameters of `--parameter NAME=VALUE`; the last one of a name counts.
 *
 * @throws UsageError `parameter-form` where there is no name or no `=`.
 */
export function parametersFrom(words: readonly string[]): ReadonlyMap<string, string> {
  const parameters = new Map<string, string>();
  for (const word of words) {
    const at = word.indexOf('=');
    if (at <= 0) {
      throw new UsageError({
        code: 'parameter-form',
        message: text(
          'a --parameter has the form NAME=VALUE',
          '--parameter は NAME=VALUE の形で指定してください',
        ),
        remedy: text('for example --parameter Stage=production', '例:--parameter Stage=production'),
      });
    }
    parameters.set(word.slice(0, at), word.slice(at + 1));
  }
  return parameters;
}

interface Progress {
  show(message: Text): void;
  clear(): void;
}

/** One line on standard error that is redrawn, from the second half-second on; nothing where it is no terminal. */
function progressOn(terminal: Terminal, invocation: Invocation): Progress {
  if (!terminal.interactive) return { show: () => undefined, clear: () => undefined };
  const started = performance.now();
  let shown = false;
  return {
    show: (message) => {
      if (performance.now() - started < 500) return;
      shown = true;
      terminal.error(`\r\u001b[K… ${message[invocation.language]}`);
    },
    clear: () => {
      if (shown) terminal.error('\r\u001b[K');
    },
  };
}
