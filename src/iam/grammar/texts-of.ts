import { entryOf, type MapNode, type ScalarNode } from '../../kernel/document.ts';

/** A string of the document with its place. */
export interface PlacedText {
  readonly text: string;
  readonly offset: number;
}

/** The strings of an element, whether it is one string or a list. */
export function textsOf(statement: MapNode, ...names: readonly string[]): readonly PlacedText[] {
  return names.flatMap((name) => {
    const value = entryOf(statement, name)?.value;
    const items = value?.kind === 'list' ? value.items : value ? [value] : [];
    return items
      .filter((item): item is ScalarNode => item.kind === 'scalar' && typeof item.value === 'string')
      .map((item) => ({ text: String(item.value), offset: item.start }));
  });
}
