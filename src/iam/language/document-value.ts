import { type DocumentNode, spanOf } from '../../kernel/document.ts';
import type { SourceFile } from '../../kernel/source-file.ts';
import { known, list, map, type Value } from '../../model/value.ts';

/** The value that a parsed JSON document is, so that documents and templates are read by one reader. */
export function valueOfDocument(file: SourceFile, node: DocumentNode): Value {
  const span = spanOf(file, node);
  switch (node.kind) {
    case 'scalar':
      return known(node.value, span);
    case 'list':
      return list(
        node.items.map((item) => valueOfDocument(file, item)),
        span,
      );
    case 'map':
      return map(new Map(node.entries.map((entry) => [entry.key, valueOfDocument(file, entry.value)])), span);
  }
}
