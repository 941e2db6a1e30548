import { HonmaruError, UsageError } from '../kernel/errors.ts';
import { nearest } from '../kernel/nearest.ts';
import { formatPlace } from '../kernel/source-file.ts';
import { type Language, type Text, text } from '../kernel/texts.ts';
import { VERSION } from '../kernel/version.ts';
import { type Command, languageFrom, parseInvocation, type Terminal } from './command.ts';
import { COMMANDS } from './commands.ts';
import { renderCommandHelp, renderHelp } from './help.ts';
import { processTerminal } from './terminal.ts';

/** Runs the program for this process's own arguments and sets its exit code. */
export function runProcess(): void {
  const terminal = processTerminal();
  main(process.argv.slice(2), terminal).then((code) => {
    process.exitCode = code;
  });
}

/** Runs one call and returns the exit code; never throws. */
export async function main(words: readonly string[], terminal: Terminal): Promise<number> {
  const language = languageOf(words, terminal);
  try {
    return await dispatch(words, language, terminal);
  } catch (error) {
    terminal.error(describeError(error, language, terminal));
    return 2;
  }
}

async function dispatch(words: readonly string[], language: Language, terminal: Terminal): Promise<number> {
  const [name, ...rest] = words;
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    const command = rest[0] ? await load(rest[0]) : undefined;
    terminal.out(command ? renderCommandHelp(command, language) : renderHelp(language));
    return 0;
  }
  if (name === '--version' || name === 'version') {
    terminal.out(`honmaru ${VERSION}\n`);
    return 0;
  }
  const command = await load(name);
  const invocation = parseInvocation(command, rest, terminal.environment);
  if (invocation.flag('help')) {
    terminal.out(renderCommandHelp(command, language));
    return 0;
  }
  return command.run(invocation, terminal);
}

async function load(name: string): Promise<Command> {
  const entry = COMMANDS.find((each) => each.name === name);
  if (entry) return (await entry.load()).command;
  const meant = nearest(
    name,
    COMMANDS.map((each) => each.name),
  );
  throw new UsageError({
    code: 'unknown-command',
    message: text(`there is no command "${name}"`, `「${name}」というコマンドはありません`),
    remedy: meant
      ? text(`did you mean "honmaru ${meant}"?`, `「honmaru ${meant}」のことですか?`)
      : text('"honmaru --help" lists the commands', '「honmaru --help」で一覧を表示します'),
  });
}

/** The language asked for, also where the rest of the words is wrong. */
function languageOf(words: readonly string[], terminal: Terminal): Language {
  const at = words.indexOf('--lang');
  const named =
    at >= 0 ? words[at + 1] : words.find((word) => word.startsWith('--lang='))?.slice('--lang='.length);
  return named === 'ja' || named === 'en' ? named : languageFrom(terminal.environment);
}

const DEFECT: Text = text(
  'this is a defect of Honmaru; nothing was decided. HONMARU_DEBUG=1 shows where it happened',
  'これはHonmaruの不具合です。判定は行われていません。HONMARU_DEBUG=1 で発生箇所を表示します',
);

function describeError(error: unknown, language: Language, terminal: Terminal): string {
  if (error instanceof HonmaruError) {
    const place = error.place ? `${formatPlace(error.place)}: ` : '';
    const remedy = error.remedy ? `\n  → ${error.remedy[language]}` : '';
    return `honmaru: ${place}${error.text[language]}${remedy}\n`;
  }
  const shown = error instanceof Error ? error : new Error(String(error));
  const stack = terminal.environment.HONMARU_DEBUG ? `\n${shown.stack}` : '';
  return `honmaru: ${shown.message}\n  → ${DEFECT[language]}${stack}\n`;
}
