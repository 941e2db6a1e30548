import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { ResourceGraph } from '../environment/graph.ts';
import type { EnvironmentReading } from '../environment/read.ts';
import { text } from '../kernel/texts.ts';
import type { Assessment } from '../model/assessment.ts';
import { assess } from '../risk/assess.ts';
import { SAFEGUARDS } from '../safeguards/registry.generated.ts';
import type { Command, Invocation, Terminal } from './command.ts';
import { DECISION_OPTIONS, withDecisions } from './decisions.ts';
import { ENVIRONMENT_OPTIONS, pathsFrom, readFrom } from './environment-options.ts';
import { FINDINGS_OPTION, importFindings } from './findings.ts';
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
      choices: ['text', 'json', 'html', 'markdown', 'sarif', 'csv', 'junit'],
      value: 'FORMAT',
      help: text(
        'text, json, html, markdown, sarif, csv or junit (default: text)',
        'text・json・html・markdown・sarif・csv・junit(既定:text)',
      ),
    },
    ...OUT_OPTION,
    ...ENVIRONMENT_OPTIONS,
    ...THRESHOLD_OPTIONS,
    ...FINDINGS_OPTION,
    ...DECISION_OPTIONS,
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
    'honmaru assess . --base origin/main --fail-on high',
  ],
  run,
};

async function run(invocation: Invocation, terminal: Terminal): Promise<number> {
  const reading = await readFrom(invocation, terminal);
  const assessed = await importFindings(await assess(reading), reading.graph, invocation, terminal);
  const { assessment, held } = await withDecisions(assessed, reading, invocation, terminal);
  writeAnswer(await render(assessment, reading.graph, invocation, terminal), invocation, terminal);
  const empty = assessment.environment.resources.length === 0 && assessment.risks.length === 0;
  if (!empty && !invocation.flag('no-store')) await keep(assessment, reading, invocation, terminal);
  if (reportInputProblems(assessment.coverage.notAnalysed, invocation, terminal)) return 2;
  return risksMeet(assessment, invocation, held) ? 1 : 0;
}

async function keep(
  assessment: Assessment,
  { folder, declaration }: EnvironmentReading,
  invocation: Invocation,
  terminal: Terminal,
): Promise<void> {
  const paths = pathsFrom(invocation).map((path) => resolve(terminal.cwd, path));
  const kept = {
    assessment: withoutImported(assessment),
    paths,
    cwd: terminal.cwd,
    ...(folder === undefined ? {} : { folder }),
  };
  const before = await keepAssessment(kept, dataDirectory(invocation.option('data'), terminal), (problem) => {
    terminal.error(`honmaru: ${NOT_KEPT[invocation.language]}: ${problem.text[invocation.language]}\n`);
  });
  const elsewhere = before?.folder;
  const isOther = elsewhere !== undefined && elsewhere !== folder && existsSync(elsewhere);
  if (isOther && declaration.name === undefined)
    sayShared(assessment.environment.name, elsewhere, invocation, terminal);
}

/** Two environments that nobody named are kept under one name, and so are their decisions: it is said. */
function sayShared(name: string, folder: string, invocation: Invocation, terminal: Terminal): void {
  const sentence = text(
    `an environment "${name}" was kept from ${folder} before; it is replaced, and decisions of both are under one name`,
    `環境「${name}」は以前 ${folder} で評価されています。その記録を置き換えました。決定の記録も同じ名前で扱われます`,
  );
  const remedy = text(
    'if it is another one, give each a name in honmaru.yaml: honmaru init',
    '別の環境であれば、honmaru.yaml でそれぞれに名前を付けてください:honmaru init',
  );
  const { language } = invocation;
  terminal.error(`honmaru: ${sentence[language]}\n  → ${remedy[language]}\n`);
}

/** The single findings of other tools are kept apart, for the next import; later commands need none of them. */
function withoutImported(assessment: Assessment): Assessment {
  const { imports } = assessment;
  return imports ? { ...assessment, imports: { ...imports, findings: [] } } : assessment;
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
      const { patchesOf } = await import('../report/patches.ts');
      return jsonPieces({ ...assessment, patches: patchesOf(assessment, graph, SAFEGUARDS) });
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
    case 'junit': {
      const { renderJunit } = await import('../report/junit.ts');
      return renderJunit(assessment, invocation.language);
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
        paths: pathsFrom(invocation),
      });
    }
  }
}
