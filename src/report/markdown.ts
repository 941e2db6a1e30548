import { printable } from '../kernel/text-width.ts';
import type { Language, Text } from '../kernel/texts.ts';
import { text } from '../kernel/texts.ts';
import type { Assessment } from '../model/assessment.ts';
import { checklistOf, checklistScore } from './checklist.ts';
import { decisionsByRisk, isLapsed, stateText } from './decision-words.ts';
import { importsMarkdown } from './markdown-imports.ts';
import { namerOf } from './names.ts';
import { countBands, countFindings, worstFirst } from './order.ts';
import { pathTeller } from './path-line.ts';
import { proposalLine } from './proposal-line.ts';
import { showInterval } from './score.ts';
import { bandsText } from './text/summary.ts';
import { BAND_WORDS, MODEL_NOTE, RESPONSE_WORDS } from './words.ts';

const MOST_RISKS = 30;

/** The assessment as Markdown for a pull request or a wiki: the headline, the risks as a table, the numbers. */
export function renderMarkdown(assessment: Assessment, language: Language): string {
  const say = (each: Text) => escapeMarkdown(each[language]);
  const namer = namerOf(assessment.environment);
  const tell = pathTeller(assessment.environment.resources, language);
  const sorted = worstFirst(assessment.risks);
  const decisions = decisionsByRisk(assessment.decisions);
  const rows = sorted
    .slice(0, MOST_RISKS)
    .map((risk) =>
      row([
        `${say(BAND_WORDS[risk.band.current])} ${showInterval(risk.current)}`,
        say(risk.title),
        escapeMarkdown(tell(risk.path)),
        `${say(RESPONSE_WORDS[risk.proposal.response])}: ${say(proposalLine(risk.proposal, assessment.safeguards, namer))}`,
        `${say(BAND_WORDS[risk.band.target])} ${showInterval(risk.target)}`,
        say(stateText(decisions.get(risk.id))),
      ]),
    );
  const head = [
    text('Now', '現在'),
    text('Risk', 'リスク'),
    text('Path', '経路'),
    text('Proposal', '提案'),
    text('Then', '実施後'),
    text('Decision', '決定'),
  ].map(say);
  const rest = sorted.length - MOST_RISKS;
  const counts = countFindings(assessment.findings);
  const score = checklistScore(checklistOf(assessment.safeguards));
  const title = text(
    `${assessment.environment.name}: ${bandsText(countBands(sorted, 'current')).en}`,
    `${assessment.environment.name}: ${bandsText(countBands(sorted, 'current')).ja}`,
  );
  const lapsed = (assessment.decisions ?? []).filter(isLapsed).length;
  const again = text(
    `${lapsed} ${lapsed === 1 ? 'decision has' : 'decisions have'} lapsed and must be made again`,
    `${lapsed}件の決定が失効しています。改めて判断してください`,
  );
  const numbers = text(
    `Controls: ${counts.failed} FAIL, ${counts.unknown} UNKNOWN, ${counts.passed} PASS. Checklist: ${score}/12. Not judged: ${assessment.coverage.notAnalysed.length}.`,
    `設定の検査: 不適合${counts.failed}、判定不能${counts.unknown}、適合${counts.passed}。チェックリスト: ${score}/12。未判定: ${assessment.coverage.notAnalysed.length}。`,
  );
  return [
    `## ${say(title)}`,
    '',
    ...(lapsed > 0 ? [`**${say(again)}**`, ''] : []),
    ...(rows.length > 0 ? [row(head), row(head.map(() => '---')), ...rows, ''] : []),
    ...(rest > 0 ? [say(text(`… and ${rest} more`, `… ほか${rest}件`)), ''] : []),
    ...importsMarkdown(assessment, say),
    say(numbers),
    '',
    `_${say(MODEL_NOTE)}_`,
    '',
  ].join('\n');
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

/** A text in which nothing is markup: no link, image, mention, table border or HTML. */
export function escapeMarkdown(value: string): string {
  return printable(value)
    .replace(/[\\`*_[\]{}<>()#!|~&]/g, (character) => `\\${character}`)
    .replaceAll('@', '@\u200b');
}
