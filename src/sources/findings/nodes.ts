import { child, type DocumentNode } from '../../kernel/document.ts';

/** Longest text of a stranger that is kept: enough for a title or an ARN. */
const LONGEST = 1_000;

export function nodeAt(node: DocumentNode | undefined, ...path: readonly string[]): DocumentNode | undefined {
  let at = node;
  for (const name of path) at = child(at, name);
  return at;
}

/** The text (or number, as text) at a path, cut to a sensible length; an empty one is none. */
export function textAt(node: DocumentNode | undefined, ...path: readonly string[]): string | undefined {
  const found = nodeAt(node, ...path);
  if (found?.kind !== 'scalar' || found.value === null) return undefined;
  const text = String(found.value).trim();
  return text === '' ? undefined : text.slice(0, LONGEST);
}

export function numberAt(node: DocumentNode | undefined, ...path: readonly string[]): number | undefined {
  const found = nodeAt(node, ...path);
  return found?.kind === 'scalar' && typeof found.value === 'number' ? found.value : undefined;
}

export function itemsAt(node: DocumentNode | undefined, ...path: readonly string[]): readonly DocumentNode[] {
  const found = nodeAt(node, ...path);
  return found?.kind === 'list' ? found.items : [];
}

/** The given texts that are there, each once. */
export function present(...texts: readonly (string | undefined)[]): readonly string[] {
  return [...new Set(texts.filter((text) => text !== undefined))];
}
