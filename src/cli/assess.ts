import { resolve } from 'node:path';
import type { ResourceGraph } from '../environment/graph.ts';
import { text } from '../kernel/texts.ts';
import type { Assessment } from '../model/assessment.ts';
import { assess } from '../risk/assess.ts';
import type { Command, Invocation, Terminal } from './command.ts';
import { ENVIRONMENT_OPTIONS, pathsFrom, readFrom } from './environment-options.ts';
import { DATA_OPTION, dataDirectory, keepAssessment } from './last-assessment.ts';
import { OUT_OPTION, reportInputProblems, writeAnswer } from './output.ts';
import { risksMeet, THRESHOLD_OPTIONS } from './threshold.ts';

export const command: Command = {
  name: 'assess',
  operands: '[PATH…]',
  summary: text(
    'read an environment; show its risks, safeguards and what to do',
    '環境を読み取り、リスク・対策・対応案を示す',
  ),
  options: {
    format: {
      type: 'string',
      choices: ['text', 'json', 'html', 'markdown', 'sarif', 'csv'],
      value: 'FORMAT',
      help: text(
        'text, json, html, markdown, sarif or csv (default: text)',
        'text・json・html・markdown・sarif・csv(既定:text)',
      ),
    },
    ...OUT_OPTION,
    ...ENVIRONMENT_OPTIONS,
    ...THRESHOLD_OPTIONS,
    ...DATA_OPTION,
    'no-store': {
      type: 'boolean',
      help: text('keep nothing for later commands', '後のコマンドのための記録を残さない'),
    },
  },
  examples: [
    'honmaru assess template.yaml',
    'honmaru assess infrastructure/ --lang ja --format html --out report.html',
    'honmaru assess . --fail-on high --format json --out report.json',
  ],
  run,
};

async function run(invocation: Invocation, terminal: Terminal): Promise<number> {
  const reading = await readFrom(invocation, terminal);
  const assessment = await assess(reading);
  writeAnswer(await render(assessment, reading.graph, invocation, terminal), invocation, terminal);
  if (!invocation.flag('no-store')) await keep(assessment, invocation, terminal);
  if (reportInputProblems(assessment.coverage.notAnalysed, invocation, terminal)) return 2;
  return risksMeet(assessment, invocation) ? 1 : 0;
}

async function keep(assessment: Assessment, invocation: Invocation, terminal: Terminal): Promise<void> {
  const paths = pathsFrom(invocation).map((path) => resolve(terminal.cwd, path));
  const kept = { assessment, paths, cwd: terminal.cwd };
  await keepAssessment(kept, dataDirectory(invocation.option('data'), terminal), (problem) => {
    terminal.error(`honmaru: ${NOT_KEPT[invocation.language]}: ${problem.text[invocation.language]}\n`);
  });
}

const NOT_KEPT = text('the assessment was not kept for later commands', '評価結果を記録に残せませんでした');

async function render(
  assessment: Assessment,
  graph: ResourceGraph,
  invocation: Invocation,
  terminal: Terminal,
): Promise<string | Iterable<string>> {
  switch (invocation.option('format')) {
    case 'json': {
      const { jsonPieces } = await import('../report/json.ts');
      return jsonPieces(assessment);
    }
    case 'html': {
      const { renderHtml } = await import('../report/html/index.ts');
      return renderHtml(assessment, graph, { language: invocation.language });
    }
    case 'markdown': {
      const { renderMarkdown } = await import('../report/markdown.ts');
      return renderMarkdown(assessment, invocation.language);
    }
    case 'sarif': {
      const { renderSarif } = await import('../report/sarif.ts');
      return renderSarif(assessment, invocation.language);
    }
    case 'csv': {
      const { renderRisksCsv } = await import('../report/csv.ts');
      return renderRisksCsv(assessment, invocation.language);
    }
    default: {
      const { renderText } = await import('../report/text.ts');
      const toFile = invocation.option('out') !== undefined;
      return renderText(assessment, {
        language: invocation.language,
        color: terminal.color && !toFile,
        width: terminal.width,
      });
    }
  }
}
