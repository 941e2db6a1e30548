import { padColumns } from '../../kernel/text-width.ts';
import { type Text, text } from '../../kernel/texts.ts';
import type { Assessment } from '../../model/assessment.ts';
import { type ChecklistItem, checklistOf, checklistScore } from '../checklist.ts';
import { STATE_MARKS, STATE_WORDS } from '../words.ts';
import type { View } from './view.ts';

export const NOT_JUDGED_WORD: Text = text('not judged yet', '未判定');

/** The lecture's twelve as a checklist in columns, and the places of all safeguards in numbers. */
export function safeguardLines(assessment: Assessment, view: View): readonly string[] {
  const items = checklistOf(assessment.safeguards);
  const cells = items.map((item) => cell(item, view));
  const columns = Math.max(1, Math.floor((view.width - 2) / 38));
  const rows = Math.ceil(cells.length / columns);
  const lines: string[] = [];
  for (let row = 0; row < rows; row += 1) {
    const line = Array.from({ length: columns }, (_, column) => cells[column * rows + row] ?? '');
    lines.push(`  ${line.join('').trimEnd()}`);
  }
  const title = text(
    `Checklist of the twelve services: ${checklistScore(items)}/12 on everywhere`,
    `十二のサービスのチェックリスト: すべての場所で有効 ${checklistScore(items)}/12`,
  );
  return [
    view.palette.strong(view.say(title)),
    ...lines,
    ...view.lines(view.say(placeCounts(assessment)), 2),
  ];
}

function cell(item: ChecklistItem, view: View): string {
  const mark = item.state === 'not-judged' ? ' ' : STATE_MARKS[item.state];
  const word = item.state === 'not-judged' ? NOT_JUDGED_WORD : STATE_WORDS[item.state];
  const name = padColumns(view.say(item.name), 20);
  return view.palette.state[item.state](`${mark} ${name}${padColumns(view.say(word), 16)}`);
}

function placeCounts(assessment: Assessment): Text {
  const count = { on: 0, partial: 0, off: 0, unknown: 0, 'not-applicable': 0 };
  for (const report of assessment.safeguards) {
    for (const { state } of report.attachments) count[state] += 1;
  }
  const { on, partial, off, unknown } = count;
  const total = on + partial + off + unknown;
  return text(
    `${assessment.safeguards.length} safeguards at ${total} places: ${on} on, ${partial} partial, ${off} off, ${unknown} unknown`,
    `${assessment.safeguards.length}種類の対策を${total}か所で判定: 有効${on}、一部有効${partial}、未対策${off}、不明${unknown}`,
  );
}
