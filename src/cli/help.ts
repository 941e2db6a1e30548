import { type Language, type Text, text } from '../kernel/texts.ts';
import { type Command, type OptionDefinition, optionsOf } from './command.ts';
import { COMMANDS } from './commands.ts';

const WORDS = {
  headline: text(
    'honmaru — the security of a cloud web application in one program',
    'honmaru(本丸)— クラウドWebアプリケーションのセキュリティを一つのプログラムで',
  ),
  usage: text('Usage', '使い方'),
  commands: text('Commands', 'コマンド'),
  options: text('Options', 'オプション'),
  examples: text('Examples', '例'),
  more: text('honmaru COMMAND --help says more.', 'honmaru コマンド --help で詳しく表示します。'),
  exit: text(
    'Exit code: 0 fine, 1 a threshold was met, 2 bad input or usage.',
    '終了コード:0 正常、1 しきい値に該当、2 入力または使い方の誤り。',
  ),
} satisfies Record<string, Text>;

/** The help of the program as a whole. */
export function renderHelp(language: Language): string {
  const width = Math.max(...COMMANDS.map((each) => each.name.length));
  const lines = COMMANDS.map((each) => `  ${each.name.padEnd(width)}  ${each.summary[language]}`);
  return [
    WORDS.headline[language],
    '',
    `${WORDS.usage[language]}: honmaru COMMAND [OPTIONS]`,
    '',
    `${WORDS.commands[language]}:`,
    ...lines,
    '',
    WORDS.more[language],
    '',
  ].join('\n');
}

/** The help of one command. */
export function renderCommandHelp(command: Command, language: Language): string {
  const options = Object.entries(optionsOf(command)).map(
    ([name, definition]) => [optionLabel(name, definition), definition.help[language]] as const,
  );
  const width = Math.max(...options.map(([label]) => label.length));
  return [
    `honmaru ${command.name} — ${command.summary[language]}`,
    '',
    `${WORDS.usage[language]}: honmaru ${command.name} ${command.operands} [OPTIONS]`.replace('  ', ' '),
    '',
    `${WORDS.options[language]}:`,
    ...options.map(([label, help]) => `  ${label.padEnd(width)}  ${help}`),
    '',
    `${WORDS.examples[language]}:`,
    ...command.examples.map((example) => `  ${example}`),
    '',
    WORDS.exit[language],
    '',
  ].join('\n');
}

function optionLabel(name: string, definition: OptionDefinition): string {
  const value =
    definition.type === 'string' ? ` ${definition.value ?? definition.choices?.join('|') ?? 'VALUE'}` : '';
  return `--${name}${value}`;
}
