import { existsSync, readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { keptHistories } from '../../decisions/home.ts';
import { DECISIONS_FILE, formatLog, GIT_ATTRIBUTES, readLog } from '../../decisions/log.ts';
import { InputError } from '../../kernel/errors.ts';
import { LIMITS } from '../../kernel/limits.ts';
import { text } from '../../kernel/texts.ts';
import type { Invocation, Terminal } from '../command.ts';
import { writeAnswer } from '../output.ts';
import { withStore } from './home.ts';

/** Checks a file of decisions, else the kept ones; 2 when something is wrong with them. */
export async function verifyDecisions(invocation: Invocation, terminal: Terminal): Promise<number> {
  const name = invocation.operands[1];
  const content = name === undefined ? await kept(invocation, terminal) : contentOf(name, terminal);
  const { histories, problems } = readLog(content);
  for (const { line, what } of problems)
    terminal.error(`honmaru: ${name ?? 'store'}:${line ?? 1}: ${what[invocation.language]}\n`);
  const whole = text(`${histories.size} histories are whole`, `正しい履歴:${histories.size}件`);
  terminal.out(`${whole[invocation.language]}\n`);
  return problems.length > 0 ? 2 : 0;
}

/** Writes the kept decisions as lines that can be committed. */
export async function exportDecisions(invocation: Invocation, terminal: Terminal): Promise<number> {
  writeAnswer(await kept(invocation, terminal), invocation, terminal);
  const advice = text(
    `so that git merges it, .gitattributes needs the line: ${GIT_ATTRIBUTES}`,
    `gitでマージできるように、.gitattributes に次の行が必要です:${GIT_ATTRIBUTES}`,
  );
  terminal.error(`${advice[invocation.language]}\n`);
  return 0;
}

async function kept(invocation: Invocation, terminal: Terminal): Promise<string> {
  return formatLog(await withStore(invocation, terminal, keptHistories));
}

function contentOf(name: string, terminal: Terminal): string {
  const path = resolve(terminal.cwd, name);
  if (!existsSync(path) || !statSync(path).isFile() || statSync(path).size > LIMITS.documentBytes) {
    throw new InputError({
      code: 'decisions-file',
      message: text(
        `${name} is no readable ${DECISIONS_FILE}`,
        `${name} を ${DECISIONS_FILE} として読めません`,
      ),
    });
  }
  return readFileSync(path, 'utf8');
}
