import { existsSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { DECLARATION_NAME } from '../environment/declaration.ts';
import { HonmaruError, InputError, UsageError } from '../kernel/errors.ts';
import { type Language, type Text, text } from '../kernel/texts.ts';
import type { Asset } from '../model/declaration.ts';
import type { Command, Invocation, Terminal } from './command.ts';
import { readFrom } from './environment-options.ts';
import { systemWords } from './file-trouble.ts';
import { type Answers, declarationText } from './init/declaration-text.ts';
import { QUESTIONS, type Question } from './init/questions.ts';

export const command: Command = {
  name: 'init',
  operands: '[FOLDER]',
  summary: text('ask five questions and write honmaru.yaml', '5つの質問に答えて honmaru.yaml を作成する'),
  options: {
    ...Object.fromEntries(
      QUESTIONS.map(({ id, value, choices, help }) => [
        id,
        { type: 'string' as const, value, help, ...(choices ? { choices } : {}) },
      ]),
    ),
  },
  examples: [
    'honmaru init',
    'honmaru init infra --name shop --scope account --owner "Hanako Yamada" --alone no --data 3',
  ],
  run,
};

async function run(invocation: Invocation, terminal: Terminal): Promise<number> {
  const { language } = invocation;
  const [given = '.', ...others] = invocation.operands;
  if (others.length > 0) throw usage(text('init takes one folder', 'フォルダを1つ指定してください'));
  const folder = resolve(terminal.cwd, given);
  const path = join(folder, DECLARATION_NAME);
  if (!existsSync(folder)) throw missing(given);
  if (existsSync(path)) throw exists(given);
  const answers = await answersFrom(invocation, terminal, basename(folder));
  const assets = await dataAssets(invocation, terminal, given);
  const content = declarationText(answers, assets, language);
  write(path, content);
  const shown = given === '.' ? DECLARATION_NAME : `${given}/${DECLARATION_NAME}`;
  terminal.error(`${text(`written: ${shown}`, `書き出しました:${shown}`)[language]}\n`);
  terminal.out(`honmaru assess ${given}\n`);
  return 0;
}

/** The answers of the options, the others asked for; without a terminal every one must be an option. */
async function answersFrom(invocation: Invocation, terminal: Terminal, folder: string): Promise<Answers> {
  const open = QUESTIONS.filter(({ id }) => invocation.option(id) === undefined);
  const { ask } = terminal;
  if (open.length > 0 && !ask) throw noTerminal(open.map(({ id }) => id));
  const answers = new Map<string, string>();
  for (const question of QUESTIONS) {
    const option = invocation.option(question.id);
    const answer =
      option ?? (await asked(question, { ask, folder, language: invocation.language, terminal }));
    const problem = question.problem(answer);
    if (problem) throw usage(problem);
    answers.set(question.id, answer);
  }
  return {
    name: answers.get('name') ?? '',
    scope: answers.get('scope') ?? '',
    owner: answers.get('owner') ?? '',
    alone: answers.get('alone') === 'yes',
    data: Number(answers.get('data')),
  };
}

interface Asking {
  readonly ask: Terminal['ask'];
  readonly folder: string;
  readonly language: Language;
  readonly terminal: Terminal;
}

const MOST_ATTEMPTS = 5;

async function asked(question: Question, { ask, folder, language, terminal }: Asking): Promise<string> {
  const usual = question.id === 'name' ? folder : question.usual;
  const choices = question.choices ? ` (${question.choices.join(' / ')})` : '';
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt += 1) {
    const line = await ask?.(`${question.text[language]}${choices}${usual ? ` [${usual}]` : ''}: `);
    if (line === undefined) break;
    const answer = line.trim() || usual || '';
    const wrongChoice = question.choices && !question.choices.includes(answer);
    const problem = wrongChoice ? ONE_OF : question.problem(answer);
    if (!problem) return answer;
    terminal.error(`${problem[language]}\n`);
  }
  throw usage(text('the question was not answered', '質問への回答がありませんでした'));
}

const ONE_OF = text('please choose one of these words', 'かっこ内のいずれかで答えてください');

/** The databases and storages that the folder declares; none where nothing can be read yet. */
async function dataAssets(
  invocation: Invocation,
  terminal: Terminal,
  given: string,
): Promise<readonly Asset[]> {
  const { inventory } = await import('../risk/inventory.ts');
  const { graph } = await readFrom(
    { ...invocation, operands: [given], option: () => undefined, options: () => [] },
    terminal,
  );
  return inventory(graph).filter(({ kind }) => kind === 'database' || kind === 'storage');
}

/** Writes a file that must not be there yet. */
function write(path: string, content: string): void {
  try {
    writeFileSync(path, content, { flag: 'wx', mode: 0o644 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw exists(path);
    const why = systemWords(error);
    throw new HonmaruError({
      code: 'init-write',
      message: text(
        `${DECLARATION_NAME} cannot be written: ${why.en}`,
        `${DECLARATION_NAME} を書き込めません:${why.ja}`,
      ),
    });
  }
}

function exists(given: string): HonmaruError {
  return new InputError({
    code: 'init-exists',
    message: text(
      `there is a ${DECLARATION_NAME} in ${given}; it was left as it is`,
      `${given} には既に ${DECLARATION_NAME} があります。変更していません`,
    ),
    remedy: text('edit it, or remove it first', '直接編集するか、先に削除してください'),
  });
}

function missing(given: string): HonmaruError {
  return new InputError({
    code: 'init-folder',
    message: text(`there is no folder ${given}`, `フォルダ ${given} がありません`),
  });
}

function noTerminal(open: readonly string[]): HonmaruError {
  const options = open.map((id) => `--${id}`).join(' ');
  return new UsageError({
    code: 'init-no-terminal',
    message: text(
      `init asks questions, and there is no terminal; still open: ${options}`,
      `端末がないため質問できません。未回答:${options}`,
    ),
    remedy: text(
      'give the answers as options (honmaru init --help)',
      '回答をオプションで指定してください(honmaru init --help)',
    ),
  });
}

function usage(message: Text): HonmaruError {
  return new UsageError({
    code: 'init-usage',
    message,
    remedy: text('honmaru init --help lists the options', 'honmaru init --help で一覧を表示します'),
  });
}
