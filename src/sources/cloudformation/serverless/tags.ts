import type { DocumentNode } from '../../../kernel/document.ts';
import { listNode, mapNode, scalarNode } from '../nodes.ts';

/** SAM writes tags as a map; most of CloudFormation's types take a list of `Key` and `Value`. */
export function tagList(tags: DocumentNode | undefined): DocumentNode | undefined {
  if (tags?.kind !== 'map') return tags;
  const items = tags.entries.map(({ key, value }) =>
    mapNode({ Key: scalarNode(key, value), Value: value }, value),
  );
  return listNode(items, tags);
}
