import { type Text, text } from '../../kernel/texts.ts';
import type { NotAnalysed } from '../../model/assessment.ts';
import { note } from './note.ts';
import type { Template } from './template.ts';

/** "Understand CloudFormation quotas": what a template may hold. */
const MOST = { bytes: 1024 * 1024, resources: 500, parameters: 200, outputs: 200, mappings: 200 } as const;

/** Notes that CloudFormation itself would refuse a template of this size; it is read all the same. */
export function quotaNotes(template: Template): readonly NotAnalysed[] {
  const { file } = template;
  const over: Text[] = [];
  const check = (count: number, most: number, what: Text) => {
    if (count <= most) return;
    over.push(
      text(
        `${what.en}: ${count}, CloudFormation takes at most ${most}`,
        `${what.ja}が${count}あります(CloudFormationの上限は${most})`,
      ),
    );
  };
  check(Buffer.byteLength(file.text), MOST.bytes, text('bytes', 'バイト数'));
  check(template.resources.size, MOST.resources, text('resources', 'リソース'));
  check(template.parameters.size, MOST.parameters, text('parameters', 'パラメータ'));
  check(template.outputs.size, MOST.outputs, text('outputs', '出力'));
  check(template.mappings.size, MOST.mappings, text('mappings', 'マッピング'));
  return over.map((reason) => note('outside', { file, at: template.root, what: file.path, reason }));
}
