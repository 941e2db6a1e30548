import type { DocumentNode } from '../../../kernel/document.ts';
import { parseJson } from '../../../kernel/json.ts';
import type { SourceFile, Span } from '../../../kernel/source-file.ts';
import { known, list, map, type Value } from '../../../model/value.ts';

/** A node of a JSON document as a value that stands where the node does. */
export function valueOfNode(node: DocumentNode, file: SourceFile): Value {
  const span: Span = { file, start: node.start, end: node.end };
  switch (node.kind) {
    case 'scalar':
      return known(node.value, span);
    case 'list':
      return list(
        node.items.map((item) => valueOfNode(item, file)),
        span,
      );
    case 'map':
      return map(new Map(node.entries.map((entry) => [entry.key, valueOfNode(entry.value, file)])), span);
  }
}

/**
 * JSON inside a string as a value; every part stands where the string does, since offsets inside an
 * escaped string say nothing in the file.
 *
 * @throws InputError when the text is no JSON.
 */
export function jsonValue(json: string, span: Span): Value {
  const file: SourceFile = { path: span.file.path, text: json };
  return at(parseJson(file).root, span);
}

function at(node: DocumentNode, span: Span): Value {
  switch (node.kind) {
    case 'scalar':
      return known(node.value, span);
    case 'list':
      return list(
        node.items.map((item) => at(item, span)),
        span,
      );
    case 'map':
      return map(new Map(node.entries.map((entry) => [entry.key, at(entry.value, span)])), span);
  }
}
