import { child, type DocumentNode, entryOf, type MapEntry, stringOf } from '../../kernel/document.ts';
import type { SourceFile } from '../../kernel/source-file.ts';
import { text } from '../../kernel/texts.ts';
import type { NotAnalysed } from '../../model/assessment.ts';
import { note } from './note.ts';

export type Section = ReadonlyMap<string, MapEntry>;

/** A CloudFormation template by its sections ("Template sections"), each with its entries by name. */
export interface Template {
  readonly file: SourceFile;
  readonly root: DocumentNode;
  readonly parameters: Section;
  readonly mappings: Section;
  readonly conditions: Section;
  readonly resources: Section;
  readonly outputs: Section;
  readonly transforms: readonly { readonly name: string; readonly node: DocumentNode }[];
}

/**
 * Whether a document is meant as a CloudFormation template: it says so in `AWSTemplateFormatVersion` or
 * `Transform`, or it has a `Resources` map in which a resource has a type such as `AWS::S3::Bucket`.
 */
export function isTemplate(root: DocumentNode): boolean {
  if (root.kind !== 'map') return false;
  if (child(root, 'AWSTemplateFormatVersion')) return true;
  const resources = child(root, 'Resources');
  if (resources?.kind !== 'map') return false;
  if (child(root, 'Transform')) return true;
  return resources.entries.some(({ value }) => stringOf(child(value, 'Type'))?.includes('::'));
}

/** Takes a template apart. Sections that are not maps are noted and read as empty. */
export function templateOf(
  file: SourceFile,
  root: DocumentNode,
  report: (note: NotAnalysed) => void,
): Template {
  const section = (name: string) => sectionOf(file, root, name, report);
  const resources = section('Resources');
  if (resources.size === 0) {
    report(
      note('input', {
        file,
        at: entryOf(root, 'Resources')?.keyStart ?? root.start,
        what: file.path,
        reason: text('the template has no resources', 'テンプレートにリソースがありません'),
        remedy: text('add a Resources section', 'Resources セクションを書いてください'),
      }),
    );
  }
  return {
    file,
    root,
    parameters: section('Parameters'),
    mappings: section('Mappings'),
    conditions: section('Conditions'),
    resources,
    outputs: section('Outputs'),
    transforms: transformsOf(child(root, 'Transform')),
  };
}

function sectionOf(
  file: SourceFile,
  root: DocumentNode,
  name: string,
  report: (note: NotAnalysed) => void,
): Section {
  const node = child(root, name);
  if (!node) return new Map();
  if (node.kind === 'map') return new Map(node.entries.map((entry) => [entry.key, entry]));
  if (node.kind === 'scalar' && node.value === null) return new Map();
  report(
    note('input', {
      file,
      at: node,
      what: `${file.path} ${name}`,
      reason: text(`${name} must be a map of names`, `${name} は名前をキーとするマップでなければなりません`),
    }),
  );
  return new Map();
}

function transformsOf(node: DocumentNode | undefined): Template['transforms'] {
  if (!node) return [];
  const nodes = node.kind === 'list' ? node.items : [node];
  return nodes.map((each) => ({ name: stringOf(each) ?? stringOf(child(each, 'Name')) ?? '', node: each }));
}

const VERSION_MARK = 'AWSTemplateFormatVersion';
const RESOURCES_MARK = /[\s{,"']Resources["']?[ \t]*:|^Resources[ \t]*:/;
const TYPE_MARK = /Type["']?[ \t]*:[ \t]*["']?(?:AWS|Custom|Alexa)::/;

/** A quick look at a text before it is parsed: whether it can be a template. */
export function looksLikeTemplate(text: string): boolean {
  return text.includes(VERSION_MARK) || (RESOURCES_MARK.test(text) && TYPE_MARK.test(text));
}
