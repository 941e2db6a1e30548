import type { DocumentNode } from '../../kernel/document.ts';
import { InputError } from '../../kernel/errors.ts';
import { parseJson } from '../../kernel/json.ts';
import type { SourceFile } from '../../kernel/source-file.ts';
import type { Tree, TreeNode } from './tree.ts';

/**
 * A JSON document to be edited.
 *
 * @throws InputError as `parseJson` does, and for a key that is written twice: which of them counts is a
 * guess that no edit may rest on.
 */
export function jsonTree(file: SourceFile): Tree {
  const { root, problems } = parseJson(file);
  const [problem] = problems;
  if (problem) throw new InputError(problem);
  return { language: 'json', text: file.text, root: nodeOf(root, file.text), shared: new Set() };
}

function nodeOf(node: DocumentNode, text: string): TreeNode {
  const { start, end } = node;
  switch (node.kind) {
    case 'scalar': {
      const quoted = text[start] === '"';
      return {
        kind: 'scalar',
        start,
        end,
        block: false,
        empty: false,
        value: String(node.value),
        scalar: node.value,
        ...(quoted ? { quote: '"' as const } : {}),
      };
    }
    case 'list':
      return {
        kind: 'list',
        shape: 'flow',
        start,
        end,
        items: node.items.map((item) => ({ start: item.start, value: nodeOf(item, text) })),
      };
    case 'map':
      return {
        kind: 'map',
        shape: 'flow',
        start,
        end,
        merged: [],
        entries: node.entries.map((entry) => ({
          key: entry.key,
          start: entry.keyStart,
          colon: text.indexOf(':', entry.keyEnd) + 1,
          value: nodeOf(entry.value, text),
        })),
      };
  }
}
