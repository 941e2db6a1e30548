import { padColumns } from '../../kernel/text-width.ts';
import { text, verbatim } from '../../kernel/texts.ts';
import type { Finding } from '../../model/finding.ts';
import { findingsForPeople } from '../order.ts';
import { showPlace } from '../show-place.ts';
import { SEVERITY_WORDS, STATUS_WORDS } from '../words.ts';
import type { TextOptions } from './options.ts';
import { controlLines } from './summary.ts';
import { type View, type ViewedEnvironment, viewOf } from './view.ts';

/** Findings, with the environment's resources for their names. */
export interface FindingsToRender extends ViewedEnvironment {
  readonly findings: readonly Finding[];
}

/** The findings for people: what fails first, then what could not be decided; what passes is a number. */
export function renderFindings(input: FindingsToRender, options: TextOptions): string {
  const view = viewOf(input, options);
  const shown = findingsForPeople(input.findings).filter(
    ({ status }) => status === 'FAIL' || status === 'UNKNOWN',
  );
  const lines = shown.flatMap((finding) => findingLines(finding, view));
  if (lines.length === 0) {
    lines.push(view.say(text('No control fails and none is undecided.', '不適合も判定不能もありません。')));
  }
  return `${[...lines, '', ...controlLines(input, view)].join('\n')}\n`;
}

function findingLines(finding: Finding, view: View): readonly string[] {
  const status = padColumns(view.say(STATUS_WORDS[finding.status]), 9);
  const paint = finding.status === 'FAIL' ? view.palette.state.off : view.palette.state.unknown;
  const severity = padColumns(view.say(SEVERITY_WORDS[finding.severity]), 14);
  const control = padColumns(finding.control, 20);
  const place = showPlace(finding.source);
  const open = finding.undecided?.length ? ` [${finding.undecided.join(', ')}]` : '';
  return [
    `${paint(status)} ${severity}${view.palette.strong(control)} ${view.name(finding.resource)}`,
    ...view.lines(view.say(finding.title), 10),
    ...view.lines(view.say(finding.because) + view.say(verbatim(open)), 10),
    ...(place === undefined ? [] : [`          ${view.palette.faint(view.say(verbatim(place)))}`]),
  ];
}
