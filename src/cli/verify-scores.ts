import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { InputError, UsageError } from '../kernel/errors.ts';
import { text } from '../kernel/texts.ts';
import { verifyScores } from '../risk/verify.ts';
import type { Command, Invocation, Terminal } from './command.ts';

const MOST_BYTES = 512 * 1024 * 1024;

export const command: Command = {
  name: 'verify-scores',
  operands: 'REPORT.json',
  summary: text(
    'recompute every score of a report from its JSON alone',
    'レポートのJSONだけから全スコアを再計算して検証する',
  ),
  options: {},
  examples: ['honmaru assess . --format json --out report.json', 'honmaru verify-scores report.json'],
  run,
};

async function run(invocation: Invocation, terminal: Terminal): Promise<number> {
  const [name, ...others] = invocation.operands;
  if (name === undefined || others.length > 0) {
    throw new UsageError({
      code: 'verify-operand',
      message: text('verify-scores takes one report', 'verify-scores にはレポートを一つ指定してください'),
      remedy: text(
        'make one with: honmaru assess PATH --format json --out report.json',
        '作り方:honmaru assess PATH --format json --out report.json',
      ),
    });
  }
  const report = readReport(resolve(terminal.cwd, name), name);
  const problems = verifyScores(report);
  for (const { risk, problem } of problems) terminal.out(`${risk}: ${problem}\n`);
  const count = riskCount(report);
  terminal.out(
    problems.length === 0
      ? `${text(`${count} risks, every score agrees`, `リスク${count}件、すべてのスコアが一致しました`)[invocation.language]}\n`
      : `${text(`${problems.length} disagreements`, `不一致 ${problems.length}件`)[invocation.language]}\n`,
  );
  return problems.length === 0 ? 0 : 1;
}

function readReport(path: string, name: string): unknown {
  try {
    if (statSync(path).size > MOST_BYTES) throw new Error(`larger than ${MOST_BYTES} bytes`);
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    const detail = (error as Error).message;
    throw new InputError({
      code: 'report-unreadable',
      message: text(
        `${name} is no readable report: ${detail}`,
        `${name} をレポートとして読めません:${detail}`,
      ),
      remedy: text(
        'give the file that "honmaru assess --format json --out FILE" wrote',
        '「honmaru assess --format json --out FILE」で書き出したファイルを指定してください',
      ),
    });
  }
}

function riskCount(report: unknown): number {
  const risks = (report as { risks?: unknown } | null)?.risks;
  return Array.isArray(risks) ? risks.length : 0;
}
