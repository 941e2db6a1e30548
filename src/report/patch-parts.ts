import { stringify } from 'yaml';
import type { ResourceGraph } from '../environment/graph.ts';
import { terraformOf } from '../fix/terraform/render-edit.ts';
import { type Text, text } from '../kernel/texts.ts';
import type { Edit, Remedy } from '../model/remedy.ts';
import type { Resource } from '../model/resource.ts';
import type { Namer } from './names.ts';

/** Where a patch goes: the place and its environment, whose language it is written in. */
export interface PatchPlace {
  readonly graph: ResourceGraph;
  readonly resource: Resource;
}

/** One edit for people: where it goes, and what is written there. */
export interface PatchPart {
  readonly where: Text | undefined;
  /** Lines that keep their columns. */
  readonly code: readonly string[];
}

/** The edits of a remedy as CloudFormation or HCL that can be copied. */
export function patchParts(remedy: Remedy, place: PatchPlace, name: Namer): readonly PatchPart[] {
  const hcl = isTerraform(place) ? terraformOf(remedy.edits) : [];
  return remedy.edits.map((edit, index) => {
    const lines = hcl[index];
    return lines ? hclPart(edit, lines) : editPart(edit, name);
  });
}

/** Whether the place stands in Terraform, or belongs to an environment that is written in it alone. */
function isTerraform({ graph, resource }: PatchPlace): boolean {
  if (resource.id.startsWith('tf:')) return true;
  if (resource.id.startsWith('cfn:')) return false;
  const ids = graph.resources.map(({ id }) => id);
  return ids.some((id) => id.startsWith('tf:')) && !ids.some((id) => id.startsWith('cfn:'));
}

/** HCL with where it goes: a changed argument belongs into the block that is there already. */
function hclPart(edit: Edit, lines: readonly string[]): PatchPart {
  const [type = '', name = ''] =
    edit.kind === 'set-property' ? edit.resource.replace(/^tf:/, '').split('.') : [];
  const stands = lines[0] === `resource "${type}" "${name}" {`;
  const where = stands
    ? text(
        'merge into the block that is there (lists: into the list):',
        '既存のブロックに追記(リストは既存のリストに追加):',
      )
    : text('add:', '追加:');
  return { where, code: lines };
}

function editPart(edit: Edit, name: Namer): PatchPart {
  switch (edit.kind) {
    case 'set-property': {
      const at = name(edit.resource);
      const code = yamlLines({ Properties: nested(edit.path, edit.value) });
      if (!edit.path.some((key) => /^\d+$/.test(key)))
        return { where: text(`at ${at.en}:`, `${at.ja}に:`), code };
      const where = text(
        `at ${at.en} (as item ${edit.path.find((key) => /^\d+$/.test(key))} of the list, counted from 0):`,
        `${at.ja}に(リストの${edit.path.find((key) => /^\d+$/.test(key))}番目の項目、0から数える):`,
      );
      return { where, code };
    }
    case 'remove-property': {
      const at = name(edit.resource);
      const path = edit.path.join('.');
      return { where: text(`at ${at.en}: remove ${path}`, `${at.ja}から ${path} を削除`), code: [] };
    }
    case 'set-attribute': {
      const at = name(edit.resource);
      const where = text(`at ${at.en}, beside Properties:`, `${at.ja}に(Propertiesと同じ階層):`);
      return { where, code: yamlLines({ [edit.attribute]: edit.value }) };
    }
    case 'add-resource': {
      const content = { [edit.logicalId]: { Type: edit.type, Properties: edit.properties } };
      return { where: text('under Resources:', 'Resourcesに追加:'), code: yamlLines(content) };
    }
    case 'command':
      return { where: undefined, code: [`$ ${edit.command}`] };
  }
}

function yamlLines(content: unknown): readonly string[] {
  return stringify(content, { lineWidth: 0 }).trimEnd().split('\n');
}

/** A value below a path of keys, the outermost first; a number is a place in a list. */
function nested(path: readonly string[], value: unknown): unknown {
  return path.reduceRight<unknown>(
    (inner, key) => (/^\d+$/.test(key) ? [inner] : Object.fromEntries([[key, inner]])),
    value,
  );
}
