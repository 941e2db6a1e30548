import type { Node } from 'web-tree-sitter';
import type { SourceFile } from '../../../kernel/source-file.ts';
import type { Expression } from './syntax.ts';

/** Turns a node of the grammar into an expression. */
export type ReadExpression = (file: SourceFile, node: Node) => Expression;

/** The names and collection of `for k, v in collection`, in expressions and in templates alike. */
export function loopOf(
  file: SourceFile,
  intro: Node,
  read: ReadExpression,
): { keyName: string | undefined; valueName: string; collection: Expression } {
  const names = intro.namedChildren.filter((each) => each.type === 'identifier').map((each) => each.text);
  const collection = intro.namedChildren.find((each) => each.type === 'expression');
  const span = { file, start: intro.startIndex, end: intro.endIndex };
  return {
    keyName: names.length > 1 ? names[0] : undefined,
    valueName: names.at(-1) ?? '',
    collection: collection ? read(file, collection) : { kind: 'literal', value: null, span },
  };
}
