import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import { UsageError } from '../kernel/errors.ts';
import { nearest } from '../kernel/nearest.ts';
import { LANGUAGES, type Language, type Text, text } from '../kernel/texts.ts';

/** An option of a command, as `parseArgs` of node:util takes it, with what it means to people. */
export interface OptionDefinition {
  readonly type: 'string' | 'boolean';
  /** May be given several times. */
  readonly multiple?: boolean;
  /** The words that are allowed. */
  readonly choices?: readonly string[];
  /** What stands behind the option in the help, such as `FILE`. */
  readonly value?: string;
  readonly help: Text;
}

/** One command of the program; each lives in a file of its own and is loaded when it is called. */
export interface Command {
  readonly name: string;
  /** The words behind the name, such as `PATH…`. */
  readonly operands: string;
  readonly summary: Text;
  readonly options: Readonly<Record<string, OptionDefinition>>;
  readonly examples: readonly string[];
  /** Does the work and returns the exit code: 0 fine, 1 a threshold was met, 2 bad input. */
  run(invocation: Invocation, terminal: Terminal): Promise<number>;
}

/** The parsed words of one call. */
export interface Invocation {
  readonly operands: readonly string[];
  readonly language: Language;
  /** The last value of a string option. */
  option(name: string): string | undefined;
  /** Every value of a string option. */
  options(name: string): readonly string[];
  flag(name: string): boolean;
}

/** What a command talks to; a test hands in its own. */
export interface Terminal {
  readonly cwd: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Columns of standard output; 80 where it is not a terminal. */
  readonly width: number;
  readonly color: boolean;
  /** Whether standard error is a terminal, so that progress may be drawn on it. */
  readonly interactive: boolean;
  out(text: string | Uint8Array): void;
  error(text: string): void;
  /** Asks a person for one line; undefined at the end of input. Absent where nobody sits at a terminal. */
  ask?(question: string): Promise<string | undefined>;
  now(): Date;
}

const COMMON_OPTIONS: Readonly<Record<string, OptionDefinition>> = {
  lang: {
    type: 'string',
    choices: LANGUAGES,
    value: 'en|ja',
    help: text('language of the answer (default: from the environment)', '表示言語(既定:環境変数から)'),
  },
  help: { type: 'boolean', help: text('show this help', 'この説明を表示') },
};

/** The options that a command takes, those of every command included. */
export function optionsOf(command: Command): Readonly<Record<string, OptionDefinition>> {
  return { ...command.options, ...COMMON_OPTIONS };
}

/** `ja` where `HONMARU_LANG` or the locale says so, else `en`. */
export function languageFrom(environment: Terminal['environment']): Language {
  const named =
    environment.HONMARU_LANG || environment.LC_ALL || environment.LC_MESSAGES || environment.LANG || '';
  return named.toLowerCase().startsWith('ja') ? 'ja' : 'en';
}

/**
 * Parses the words of one call.
 *
 * @throws UsageError `unknown-option`, `option-value` or `option-choice`, naming the nearest right word.
 */
export function parseInvocation(
  command: Command,
  words: readonly string[],
  environment: Terminal['environment'],
): Invocation {
  const definitions = optionsOf(command);
  const config: ParseArgsOptionsConfig = {};
  for (const [name, { type }] of Object.entries(definitions)) config[name] = { type, multiple: true };
  const { values, positionals, tokens } = parseArgs({
    args: [...words],
    options: config,
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  for (const token of tokens) {
    if (token.kind === 'option') checkOption(definitions, token.name, token.rawName, token.value);
  }
  const strings = (name: string) => (values[name] ?? []) as readonly string[];
  return {
    operands: positionals,
    language: (strings('lang').at(-1) as Language | undefined) ?? languageFrom(environment),
    option: (name) => strings(name).at(-1),
    options: strings,
    flag: (name) => values[name] !== undefined,
  };
}

function checkOption(
  definitions: Readonly<Record<string, OptionDefinition>>,
  name: string,
  rawName: string,
  value: string | undefined,
): void {
  const definition = Object.hasOwn(definitions, name) ? definitions[name] : undefined;
  if (!definition) {
    const meant = nearest(name, Object.keys(definitions));
    throw new UsageError({
      code: 'unknown-option',
      message: text(`there is no option ${rawName}`, `${rawName} というオプションはありません`),
      remedy: meant
        ? text(`did you mean --${meant}?`, `--${meant} のことですか?`)
        : text('--help lists the options', '--help で一覧を表示します'),
    });
  }
  if (definition.type === 'boolean') {
    if (value === undefined) return;
    throw new UsageError({
      code: 'option-value',
      message: text(`${rawName} takes no value`, `${rawName} は値を取りません`),
    });
  }
  if (value === undefined || value === '') {
    throw new UsageError({
      code: 'option-value',
      message: text(
        `${rawName} needs a value: ${rawName} ${definition.value ?? 'VALUE'}`,
        `${rawName} には値が必要です:${rawName} ${definition.value ?? '値'}`,
      ),
    });
  }
  if (definition.choices && !definition.choices.includes(value)) {
    const meant = nearest(value, definition.choices);
    throw new UsageError({
      code: 'option-choice',
      message: text(
        `${rawName} is one of ${definition.choices.join(', ')}, not "${value}"`,
        `${rawName} は ${definition.choices.join('、')} のいずれかです(「${value}」ではありません)`,
      ),
      ...(meant ? { remedy: text(`did you mean ${meant}?`, `${meant} のことですか?`) } : {}),
    });
  }
}
