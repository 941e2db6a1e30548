/**
 * How fast 5,000 risks are written in each form: the risks of the reference example, repeated under ids of
 * their own, each with a decision. `node bench/report.ts`; each number stands beside the one that is asked for.
 */
import { readEnvironment } from '../src/environment/read.ts';
import { stableId } from '../src/kernel/ids.ts';
import type { Assessment } from '../src/model/assessment.ts';
import type { RiskDecision } from '../src/model/decision.ts';
import { renderAssetsCsv, renderRisksCsv } from '../src/report/csv.ts';
import { renderHtml } from '../src/report/html/index.ts';
import { jsonPieces } from '../src/report/json.ts';
import { renderJunit } from '../src/report/junit.ts';
import { renderMarkdown } from '../src/report/markdown.ts';
import { renderSarif } from '../src/report/sarif.ts';
import { renderText } from '../src/report/text.ts';
import { assess } from '../src/risk/assess.ts';
import { median, reportLine, timed } from './measure.ts';

const RISKS = 5000;
const LIMIT_MS = 2000;

const reading = await readEnvironment({
  paths: ['examples/webapp'],
  parameters: new Map(),
  asOf: '2026-01-01T00:00:00.000Z',
  cwd: process.cwd(),
});
const { graph } = reading;
const assessment = many(await assess(reading));

const forms: Readonly<Record<string, () => number>> = {
  text: () => renderText(assessment, { language: 'en', color: false, width: 100 }).length,
  json: () => [...jsonPieces(assessment)].reduce((sum, piece) => sum + piece.length, 0),
  'html (en)': () => renderHtml(assessment, graph, { language: 'en' }).length,
  'html (ja)': () => renderHtml(assessment, graph, { language: 'ja' }).length,
  markdown: () => renderMarkdown(assessment, 'en').length,
  sarif: () => renderSarif(assessment, 'en').length,
  csv: () => renderRisksCsv(assessment, 'ja').length,
  'csv of the assets': () => renderAssetsCsv(assessment, 'ja').length,
  junit: () => renderJunit(assessment, 'en').length,
};

const outcomes: boolean[] = [];
for (const [name, render] of Object.entries(forms)) {
  const times: number[] = [];
  let size = 0;
  for (let run = 0; run < 3; run += 1) {
    const { result, ms } = await timed(render);
    times.push(ms);
    size = result;
  }
  const what = `${RISKS} risks as ${name} (${(size / 1e6).toFixed(1)} M characters), median of 3`;
  outcomes.push(reportLine(what, median(times), 'ms', LIMIT_MS));
}
process.exit(outcomes.every(Boolean) ? 0 : 1);

/** The same assessment with its risks repeated under new ids, each decided in some way. */
function many(base: Assessment): Assessment {
  const risks = Array.from({ length: RISKS }, (_, index) => {
    const risk = base.risks[index % base.risks.length];
    if (!risk) throw new Error('the example has no risk');
    return { ...risk, id: stableId('bench', String(index)) };
  });
  return { ...base, risks, decisions: risks.map(({ id }, index) => decision(id, index)) };
}

function decision(risk: string, index: number): RiskDecision {
  if (index % 3 === 0) return { risk, status: 'undecided', counts: false };
  return {
    risk,
    status: index % 3 === 1 ? 'accepted' : 'lapsed',
    counts: index % 3 === 1,
    response: 'accept',
    reason: 'seen and borne',
    until: '2027-03-31',
    decidedBy: 'Sato',
    decidedAt: '2026-01-01T00:00:00.000Z',
    assurance: 'unsigned',
  };
}
