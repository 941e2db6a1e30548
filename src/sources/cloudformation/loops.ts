import { type DocumentNode, type MapEntry, stringOf } from '../../kernel/document.ts';
import { LIMITS } from '../../kernel/limits.ts';
import type { SourceFile } from '../../kernel/source-file.ts';
import { type Text, text } from '../../kernel/texts.ts';
import type { NotAnalysed } from '../../model/assessment.ts';
import { scalarNode } from './nodes.ts';
import { note } from './note.ts';

const LOOP = 'Fn::ForEach::';

export interface LoopOptions {
  readonly file: SourceFile;
  /** The items of a loop's collection, or undefined when they cannot be told. */
  readonly collection: (node: DocumentNode) => readonly string[] | undefined;
  readonly report: (note: NotAnalysed) => void;
  /** Nodes that loops may make in all; LIMITS.loopNodes when not given. */
  readonly mostNodes?: number;
}

/**
 * Writes out `Fn::ForEach` (AWS::LanguageExtensions): each loop becomes the entries that it makes, with
 * `${Identifier}`, `&{Identifier}` (letters and digits only) and `Ref: Identifier` replaced. A loop over a
 * collection that is not known is left out and noted.
 */
export function expandLoops(root: DocumentNode, options: LoopOptions): DocumentNode {
  if (!options.file.text.includes(LOOP)) return root;
  return new LoopExpander(options).expand(root, new Map());
}

type Bindings = ReadonlyMap<string, string>;

class LoopExpander {
  readonly #options: LoopOptions;
  readonly #mostNodes: number;
  #nodes = 0;
  #exhausted = false;

  constructor(options: LoopOptions) {
    this.#options = options;
    this.#mostNodes = options.mostNodes ?? LIMITS.loopNodes;
  }

  expand(node: DocumentNode, bindings: Bindings): DocumentNode {
    this.#nodes += 1;
    switch (node.kind) {
      case 'scalar':
        return typeof node.value === 'string' ? { ...node, value: substitute(node.value, bindings) } : node;
      case 'list':
        return { ...node, items: node.items.map((item) => this.expand(item, bindings)) };
      case 'map': {
        const bound = boundReference(node, bindings);
        if (bound !== undefined) return scalarNode(bound, node);
        return { ...node, entries: node.entries.flatMap((entry) => this.#entry(entry, bindings)) };
      }
    }
  }

  #entry(entry: MapEntry, bindings: Bindings): readonly MapEntry[] {
    if (!entry.key.startsWith(LOOP)) {
      return [{ ...entry, key: substitute(entry.key, bindings), value: this.expand(entry.value, bindings) }];
    }
    const [nameNode, collectionNode, body] = entry.value.kind === 'list' ? entry.value.items : [];
    const identifier = stringOf(nameNode);
    if (identifier === undefined || !collectionNode || body?.kind !== 'map') {
      this.#report('input', entry, WRONG_LOOP);
      return [];
    }
    const items = this.#options.collection(this.expand(collectionNode, bindings));
    if (!items) {
      this.#report('unsupported', entry, OPEN_LOOP);
      return [];
    }
    return items.flatMap((item) => {
      if (this.#isExhausted(entry)) return [];
      const inner = new Map([...bindings, [identifier, item]]);
      return body.entries.flatMap((each) => this.#entry(each, inner));
    });
  }

  /** Loops within loops can multiply without end: from the limit on nothing more is made. */
  #isExhausted(entry: MapEntry): boolean {
    if (this.#nodes <= this.#mostNodes) return false;
    if (!this.#exhausted) this.#report('input', entry, tooMuch(this.#mostNodes));
    this.#exhausted = true;
    return true;
  }

  #report(kind: NotAnalysed['kind'], entry: MapEntry, reason: Text): void {
    this.#options.report(
      note(kind, { file: this.#options.file, at: entry.keyStart, what: entry.key, reason }),
    );
  }
}

const WRONG_LOOP = text(
  'Fn::ForEach takes an identifier, a collection and a map',
  'Fn::ForEach の引数は識別子・コレクション・マップです',
);
const OPEN_LOOP = text(
  'the collection of this loop is not known here, so what it makes was not read',
  'このループのコレクションがここでは分からないため、作られるものを読んでいません',
);

const tooMuch = (limit: number): Text =>
  text(
    `the loops of this template make more than ${limit} nodes; the rest was not read`,
    `このテンプレートのループが作るノードが${limit}を超えました。残りは読んでいません`,
  );

function boundReference(node: DocumentNode, bindings: Bindings): string | undefined {
  if (bindings.size === 0 || node.kind !== 'map' || node.entries.length !== 1) return undefined;
  const [entry] = node.entries;
  const name = entry?.key === 'Ref' ? stringOf(entry.value) : undefined;
  return name === undefined ? undefined : bindings.get(name);
}

function substitute(pattern: string, bindings: Bindings): string {
  let result = pattern;
  for (const [name, value] of bindings) {
    result = result.replaceAll(`\${${name}}`, () => value);
    result = result.replaceAll(`&{${name}}`, () => value.replace(/[^A-Za-z0-9]/g, ''));
  }
  return result;
}
