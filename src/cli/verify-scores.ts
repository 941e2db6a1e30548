import { resolve } from 'node:path';
import { UsageError } from '../kernel/errors.ts';
import { text } from '../kernel/texts.ts';
import { verifyScores } from '../risk/verify.ts';
import type { Command, Invocation, Terminal } from './command.ts';
import { readReport } from './written-report.ts';

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
  const report = await readReport(resolve(terminal.cwd, name), name);
  const problems = verifyScores(report);
  for (const { risk, problem } of problems) terminal.out(`${risk}: ${problem}\n`);
  terminal.out(
    problems.length === 0
      ? `${text(`${report.risks.length} risks, every score agrees`, `リスク${report.risks.length}件、すべてのスコアが一致しました`)[invocation.language]}\n`
      : `${text(`${problems.length} disagreements`, `不一致 ${problems.length}件`)[invocation.language]}\n`,
  );
  return problems.length === 0 ? 0 : 1;
}
