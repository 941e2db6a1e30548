import type { DocumentNode } from '../../kernel/document.ts';
import type { SourceFile } from '../../kernel/source-file.ts';

const LONGEST = 200;

/** An expression as its author wrote it, on one line and no longer than a line. */
export function expressionOf(file: SourceFile, node: Pick<DocumentNode, 'start' | 'end'>): string {
  const written = file.text.slice(node.start, Math.min(node.end, node.start + 4 * LONGEST));
  const line = written.replace(/\s+/g, ' ').trim();
  return line.length > LONGEST ? `${line.slice(0, LONGEST - 1)}…` : line;
}
