import { stringify } from 'yaml';
import type { ResourceGraph } from '../../environment/graph.ts';
import { terraformOf } from '../../fix/terraform/render-edit.ts';
import { printable } from '../../kernel/text-width.ts';
import { type Text, text } from '../../kernel/texts.ts';
import type { Edit, Remedy } from '../../model/remedy.ts';
import type { Resource } from '../../model/resource.ts';
import type { View } from '../text/view.ts';
import { part } from './lines.ts';

const TITLE: Text = text('Patch', '修正方法');

/** Where a patch goes: the place and its environment, whose language it is written in. */
export interface PatchPlace {
  readonly graph: ResourceGraph;
  readonly resource: Resource;
}

/** A remedy in words and as CloudFormation or HCL that can be copied. */
export function patchLines(remedy: Remedy, place: PatchPlace, view: View): readonly string[] {
  const hcl = isTerraform(place) ? terraformOf(remedy.edits) : [];
  const needs = (remedy.needs ?? []).map((need) => {
    const first = text('you need:', '必要なもの:');
    return `${view.say(first)} ${view.say(need)}`;
  });
  return [
    ...part(TITLE, [remedy.summary, ...needs], view),
    ...remedy.edits.flatMap((edit, index) => {
      const lines = hcl[index];
      return lines ? hclLines(edit, lines, view) : editLines(edit, view);
    }),
  ];
}

/** Whether the place stands in Terraform, or belongs to an environment that is written in it alone. */
function isTerraform({ graph, resource }: PatchPlace): boolean {
  if (resource.id.startsWith('tf:')) return true;
  if (resource.id.startsWith('cfn:')) return false;
  const ids = graph.resources.map(({ id }) => id);
  return ids.some((id) => id.startsWith('tf:')) && !ids.some((id) => id.startsWith('cfn:'));
}

/** HCL to be copied, with where it goes: a changed argument belongs into the block that is there already. */
function hclLines(edit: Edit, lines: readonly string[], view: View): readonly string[] {
  const [type = '', name = ''] =
    edit.kind === 'set-property' ? edit.resource.replace(/^tf:/, '').split('.') : [];
  const stands = lines[0] === `resource "${type}" "${name}" {`;
  const title = stands
    ? text(
        'merge into the block that is there (lists: into the list):',
        '既存のブロックに追記(リストは既存のリストに追加):',
      )
    : text('add:', '追加:');
  return [
    '',
    ...view.lines(view.say(title), 2),
    ...lines.map((line) => view.palette.faint(`    ${printable(line)}`)),
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
