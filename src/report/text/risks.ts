import { cutColumns, padColumns, wrapColumns } from '../../kernel/text-width.ts';
import { text } from '../../kernel/texts.ts';
import type { Assessment } from '../../model/assessment.ts';
import type { Risk } from '../../model/risk.ts';
import { type Namer, namerOf } from '../names.ts';
import { worstFirst } from '../order.ts';
import { proposalLine } from '../proposal-line.ts';
import { showInterval } from '../score.ts';
import { BAND_WORDS, RESPONSE_WORDS } from '../words.ts';
import type { View } from './view.ts';

/** How many risks are told with path, reason and proposal, and how many more in one line. */
const DETAILED = 4;
/** On a narrow terminal, where each takes more lines. */
const DETAILED_NARROW = 3;
const NARROW = 100;
const BRIEF = 8;

const INDENT = 14;

/** The risks, worst first: the first ones in full, the next in a line each, the rest as a number. */
export function riskLines(assessment: Assessment, view: View): readonly string[] {
  const risks = worstFirst(assessment.risks);
  if (risks.length === 0) {
    return [
      view.say(
        text('No risk was found in what was judged.', '判定した範囲ではリスクは見つかりませんでした。'),
      ),
    ];
  }
  const namer = namerOf(assessment.environment);
  const full = view.width < NARROW ? DETAILED_NARROW : DETAILED;
  const lines = [
    view.palette.strong(
      view.say(
        text(
          'Risks, worst first (unguarded → now → with the proposal)',
          'リスク(大きい順。対策なし → 現在 → 提案の実施後)',
        ),
      ),
    ),
    ...risks.slice(0, full).flatMap((risk) => detailed(risk, assessment, namer, view)),
    ...risks.slice(full, full + BRIEF).map((risk) => brief(risk, view)),
  ];
  const rest = risks.length - full - BRIEF;
  if (rest > 0) {
    lines.push(
      `  ${view.say(text(`… and ${rest} more (--format html shows all)`, `… ほか${rest}件(--format htmlですべて見られます)`))}`,
    );
  }
  return lines;
}

function detailed(risk: Risk, assessment: Assessment, namer: Namer, view: View): readonly string[] {
  const proposal = view.say(proposalLine(risk.proposal, assessment.safeguards, namer));
  const response = view.say(RESPONSE_WORDS[risk.proposal.response]);
  const room = view.width - INDENT - risk.id.length - 2;
  const [first = '', ...more] = wrapColumns(view.say(risk.title), room);
  return [
    `${badge(risk, view)}${padColumns(first, room)}  ${view.palette.faint(risk.id)}`,
    ...more.map((line) => ' '.repeat(INDENT) + line),
    ...view.lines(`${view.tell(risk.path)}  ${scores(risk)}`, INDENT),
    ...view.lines(view.say(risk.statement.cause), INDENT),
    ...view.lines(`${response}: ${proposal}`, INDENT),
  ];
}

function brief(risk: Risk, view: View): string {
  const room = view.width - INDENT - risk.id.length - 2;
  return `${badge(risk, view)}${padColumns(cutColumns(view.say(risk.title), room), room)}  ${view.palette.faint(risk.id)}`;
}

function badge(risk: Risk, view: View): string {
  const word = padColumns(view.say(BAND_WORDS[risk.band.current]), 7);
  const value = showInterval(risk.current);
  return `  ${view.palette.band[risk.band.current](word)}${padColumns(value, INDENT - 9)}`;
}

function scores(risk: Risk): string {
  return `(${[risk.inherent, risk.current, risk.target].map(showInterval).join(' → ')})`;
}
