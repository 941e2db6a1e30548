import { stringify } from 'yaml';
import { printable } from '../../kernel/text-width.ts';
import { type Text, text } from '../../kernel/texts.ts';
import type { Edit, Remedy } from '../../model/remedy.ts';
import type { View } from '../text/view.ts';
import { part } from './lines.ts';

const TITLE: Text = text('Patch', '修正方法');

/** A remedy in words and as CloudFormation that can be copied. */
export function patchLines(remedy: Remedy, view: View): readonly string[] {
  const needs = (remedy.needs ?? []).map((need) => {
    const first = text('you need:', '必要なもの:');
    return `${view.say(first)} ${view.say(need)}`;
  });
  return [
    ...part(TITLE, [remedy.summary, ...needs], view),
    ...remedy.edits.flatMap((edit) => editLines(edit, view)),
  ];
}

/** One edit; indented code keeps its columns and is not wrapped. */
function editLines(edit: Edit, view: View): readonly string[] {
  switch (edit.kind) {
    case 'set-property':
      return snippet(
        view.say(text(`at ${view.name(edit.resource)}:`, `${view.name(edit.resource)}に:`)),
        { Properties: nested(edit.path, edit.value) },
        view,
      );
    case 'remove-property':
      return [
        '',
        ...view.lines(
          view.say(
            text(
              `at ${view.name(edit.resource)}: remove ${edit.path.join('.')}`,
              `${view.name(edit.resource)}から ${edit.path.join('.')} を削除`,
            ),
          ),
          2,
        ),
      ];
    case 'add-resource':
      return snippet(
        view.say(text('under Resources:', 'Resourcesに追加:')),
        { [edit.logicalId]: { Type: edit.type, Properties: edit.properties } },
        view,
      );
    case 'command':
      return ['', view.palette.faint(`    $ ${printable(edit.command)}`)];
  }
}

function snippet(title: string, content: unknown, view: View): readonly string[] {
  const code = stringify(content, { lineWidth: 0 }).trimEnd().split('\n');
  return ['', ...view.lines(title, 2), ...code.map((line) => view.palette.faint(`    ${printable(line)}`))];
}

/** A value below a path of keys, the outermost first. */
function nested(path: readonly string[], value: unknown): unknown {
  return path.reduceRight((inner, key) => Object.fromEntries([[key, inner]]), value);
}
