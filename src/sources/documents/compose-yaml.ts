import {
  type CollectionTag,
  type ParsedNode,
  parseAllDocuments,
  type ScalarTag,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import type { SourceFile } from '../../kernel/source-file.ts';
import { SHORT_TAGS } from './short-tags.ts';

type Documents = ReturnType<typeof parseAllDocuments<ParsedNode>>;

const composed = new WeakMap<SourceFile, WeakRef<Documents>>();

/**
 * Takes a YAML file apart, with the short tags of CloudFormation and every scalar as text. What reads a file and
 * what edits it ask for the same: the answer is kept for as long as memory is not needed for something else.
 */
export function composeYaml(file: SourceFile): Documents {
  const before = composed.get(file)?.deref();
  if (before) return before;
  const documents = parseAllDocuments(file.text, {
    schema: 'failsafe',
    customTags: (tags) => [...tags, ...CLOUDFORMATION_TAGS],
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: 'silent',
    // Where the signs between keys and values stand: what edits a file needs them.
    keepSourceTokens: true,
  });
  composed.set(file, new WeakRef(documents));
  return documents;
}

const CLOUDFORMATION_TAGS: readonly (ScalarTag | CollectionTag)[] = [...SHORT_TAGS.keys()].flatMap(
  (tag): (ScalarTag | CollectionTag)[] => [
    { tag, resolve: (source: string) => source },
    { tag, collection: 'seq' as const, resolve: (node: YAMLSeq | YAMLMap) => node },
    { tag, collection: 'map' as const, resolve: (node: YAMLSeq | YAMLMap) => node },
  ],
);
