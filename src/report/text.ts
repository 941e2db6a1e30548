import { text } from '../kernel/texts.ts';
import type { Assessment } from '../model/assessment.ts';
import { driftLines } from './text/drift.ts';
import { importLines } from './text/imports.ts';
import type { TextOptions } from './text/options.ts';
import { riskLines } from './text/risks.ts';
import { safeguardLines } from './text/safeguards.ts';
import { controlLines, headlineLines, nextLines, notJudgedLines } from './text/summary.ts';
import { type View, viewOf } from './text/view.ts';

export { renderFindings } from './text/findings.ts';
export type { TextOptions } from './text/options.ts';

/** The assessment for people at a terminal: short, worst first, every line within the columns. */
export function renderText(assessment: Assessment, options: TextOptions): string {
  const view = viewOf(assessment.environment, options);
  if (assessment.environment.resources.length === 0) return nothingAssessed(assessment, view);
  const sections = [
    headlineLines,
    riskLines,
    safeguardLines,
    controlLines,
    driftLines,
    importLines,
    notJudgedLines,
    nextLines,
  ];
  const written = sections.map((section) => section(assessment, view)).filter((lines) => lines.length > 0);
  return `${written.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

/** Where no resource was read there is no result, and none that looks good by omission. */
function nothingAssessed(assessment: Assessment, view: View): string {
  const sentence = text(
    'Nothing was assessed: no resource could be read.',
    '評価していません:読み取れたリソースがありません。',
  );
  return `${[view.say(sentence), '', ...notJudgedLines(assessment, view)].join('\n')}\n`;
}
