import type { DocumentNode } from '../../../kernel/document.ts';
import { isPassedOver, parseJsonAt } from '../../../kernel/json.ts';
import type { SourceFile } from '../../../kernel/source-file.ts';

/** The content of a node, parsed now when it was passed over before; nobody keeps it longer than needed. */
export function opened(file: SourceFile, node: DocumentNode | undefined): DocumentNode | undefined {
  return node && isPassedOver(file, node) ? parseJsonAt(file, node.start, { skip: isBefore }) : node;
}

/** What a change came from says nothing about what will be. */
function isBefore(key: string, depth: number): boolean {
  return depth === 1 && (key === 'before' || key === 'before_sensitive');
}
