import type { SourceFile } from '../../kernel/source-file.ts';
import { writtenYaml } from '../../sources/documents/common-yaml/written-yaml.ts';
import type { Tree } from './tree.ts';

/** A YAML document to be edited that is in the common form, in which nothing is shared; undefined for others. */
export function commonTree(file: SourceFile): Tree | undefined {
  const root = writtenYaml(file);
  return root && { language: 'yaml', text: file.text, root, shared: new Set() };
}
