import { type DocumentNode, stringOf } from '../../kernel/document.ts';

/** The items of a list; none for anything else. */
export function itemsOf(node: DocumentNode | undefined): readonly DocumentNode[] {
  return node?.kind === 'list' ? node.items : [];
}

/** The texts of a list. */
export function textsOf(node: DocumentNode | undefined): readonly string[] {
  return itemsOf(node).flatMap((item) => stringOf(item) ?? []);
}
