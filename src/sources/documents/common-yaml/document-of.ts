import type { DocumentNode, MapEntry } from '../../../kernel/document.ts';
import { plainScalar } from '../plain-scalar.ts';
import { SHORT_TAGS } from '../short-tags.ts';
import type { Written, WrittenEntry } from './written.ts';

/** The reader's nodes of a written document: short tags become the maps that they stand for. */
export function documentOf(written: Written): DocumentNode {
  const content = contentOf(written);
  const { tag, start } = written;
  const key = tag === undefined ? undefined : SHORT_TAGS.get(tag);
  if (tag === undefined || key === undefined) return content;
  const entry = { key, keyStart: start, keyEnd: start + tag.length, value: content };
  return { kind: 'map', entries: [entry], start, end: content.end };
}

function contentOf(written: Written): DocumentNode {
  const { contentStart: start, contentEnd: end } = written;
  switch (written.kind) {
    case 'scalar': {
      const isPlain = written.tag === undefined && !written.block && written.quote === undefined;
      return { kind: 'scalar', value: isPlain ? plainScalar(written.value) : written.value, start, end };
    }
    case 'list':
      return { kind: 'list', items: written.items.map(({ value }) => documentOf(value)), start, end };
    case 'map':
      return { kind: 'map', entries: written.entries.map(entryOf), start, end };
  }
}

function entryOf({ key, start, keyEnd, value }: WrittenEntry): MapEntry {
  return { key, keyStart: start, keyEnd, value: documentOf(value) };
}
