import { joinTexts, text, verbatim } from '../../kernel/texts.ts';
import type { Assessment } from '../../model/assessment.ts';
import type { ClosedFinding, ImportedDecision } from '../../model/imported.ts';
import type { Risk } from '../../model/risk.ts';
import { decisionLevel, decisionParts, importsDetails, importsHeadline } from '../imports.ts';
import type { View } from './view.ts';

const SHOWN_DECISIONS = 20;
const SHOWN_CHECKS = 3;
const SHOWN_CLOSED = 5;

/** What other tools found, as the decisions that answer it; nothing where no findings were given. */
export function importLines({ imports, risks }: Assessment, view: View): readonly string[] {
  if (!imports) return [];
  const { decisions, closed } = imports;
  const told = (decision: ImportedDecision) => decisionLines(decision, risks, view);
  const details = joinTexts(importsDetails(imports), text('; ', '。'));
  return [
    view.palette.strong(view.say(text('Findings of other tools', '他のツールの検出結果'))),
    ...view.lines(view.palette.strong(view.say(importsHeadline(imports))), 2),
    ...(details.en === '' ? [] : view.lines(view.say(details), 2)),
    ...decisions.slice(0, SHOWN_DECISIONS).flatMap(told),
    ...more(decisions.length - SHOWN_DECISIONS, view),
    ...closed.slice(0, SHOWN_CLOSED).flatMap((each) => closedLines(each, view)),
    ...more(closed.length - SHOWN_CLOSED, view),
  ];
}

function decisionLines(decision: ImportedDecision, risks: readonly Risk[], view: View): readonly string[] {
  const count = text(
    `${decision.findings} ${decision.findings === 1 ? 'finding' : 'findings'}`,
    `${decision.findings}件`,
  );
  const level = view.say(decisionLevel(decision, risks));
  const parts = decisionParts(decision);
  const risk = decision.risk === undefined ? '' : `  ${view.palette.faint(decision.risk)}`;
  const checks = decision.checks.slice(0, SHOWN_CHECKS).join(', ');
  const rest = decision.checks.length - SHOWN_CHECKS;
  const shown = `${decision.tools.join(', ')}: ${checks}${rest > 0 ? ` +${rest}` : ''}`;
  return [
    ...view.lines(`${level}  ${view.say(decision.title)} (${view.say(count)})${risk}`, 2),
    ...(parts ? view.lines(view.say(parts), 4) : []),
    ...view.lines(view.palette.faint(view.say(verbatim(shown))), 4),
  ];
}

function closedLines({ title, named, why }: ClosedFinding, view: View): readonly string[] {
  const closed = text(`closed: ${title} (${named}): ${why.en}`, `終了: ${title}(${named}): ${why.ja}`);
  return view.lines(view.say(closed), 2);
}

function more(rest: number, view: View): readonly string[] {
  return rest > 0 ? view.lines(view.say(text(`… and ${rest} more`, `… ほか${rest}件`)), 2) : [];
}
