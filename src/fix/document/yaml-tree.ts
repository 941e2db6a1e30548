import {
  type CST,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import { InputError } from '../../kernel/errors.ts';
import { duplicateKey } from '../../kernel/json.ts';
import { placeAt, type SourceFile } from '../../kernel/source-file.ts';
import { text } from '../../kernel/texts.ts';
import { composeYaml } from '../../sources/documents/compose-yaml.ts';
import { SHORT_TAGS } from '../../sources/documents/short-tags.ts';
import { yamlFault } from '../../sources/documents/yaml-errors.ts';
import { eachNode, type Tree, type TreeEntry, type TreeItem, type TreeNode } from './tree.ts';

/**
 * A YAML document to be edited. The environment's own reader, whose limits hold, has accepted it before.
 *
 * @throws InputError `duplicate-key` where a key is written twice, and `yaml-form` for what has no place to be
 * edited (a key that is no word, `?` keys).
 */
export function yamlTree(file: SourceFile): Tree {
  const documents = composeYaml(file);
  const contents = Array.isArray(documents) ? documents[0]?.contents : undefined;
  const error = Array.isArray(documents) ? documents[0]?.errors[0] : undefined;
  if (!contents || error) {
    throw new InputError({
      code: 'yaml-syntax',
      message: error ? yamlFault(error.code, error.message) : text('the document is empty', '文書が空です'),
      place: placeAt(file, 0),
    });
  }
  const root = new TreeMaker(file).node(contents as Node, 0);
  const shared = new Set<string>();
  eachNode(root, (node) => {
    if (node.kind === 'alias') shared.add(node.source);
  });
  return { language: 'yaml', text: file.text, root, shared };
}

class TreeMaker {
  readonly #file: SourceFile;

  constructor(file: SourceFile) {
    this.#file = file;
  }

  /** @param emptyAt where a value that is not written would stand */
  node(node: Node | null, emptyAt: number): TreeNode {
    if (!node?.range || (isScalar(node) && node.range[0] === node.range[1] && !node.tag && !node.anchor)) {
      return { kind: 'scalar', start: emptyAt, end: emptyAt, block: false, empty: true, value: '' };
    }
    const [valueStart, valueEnd] = node.range;
    if (isAlias(node)) return { kind: 'alias', start: valueStart, end: valueEnd, source: node.source };
    const more = this.#properties(node, valueStart, emptyAt);
    if (isScalar(node)) return this.#scalar(node, valueStart, valueEnd, more);
    if (isSeq<Node>(node)) return this.#list(node, valueEnd, more);
    if (isMap<Node, Node | null>(node)) return this.#map(node, valueEnd, more);
    return this.#refuse(valueStart);
  }

  #scalar(node: Node, start: number, end: number, more: Properties): TreeNode {
    const type = isScalar(node) ? node.type : undefined;
    const block = type === 'BLOCK_LITERAL' || type === 'BLOCK_FOLDED';
    const quote = type === 'QUOTE_DOUBLE' ? '"' : type === 'QUOTE_SINGLE' ? "'" : undefined;
    return {
      kind: 'scalar',
      ...more,
      end: block ? this.#contentEnd(start, end) : end,
      block,
      empty: false,
      value: isScalar(node) ? String(node.value) : '',
      ...(quote ? { quote } : {}),
    };
  }

  #list(node: YAMLSeq<Node>, end: number, more: Properties): TreeNode {
    const token = node.srcToken;
    if (token?.type !== 'block-seq') {
      let from = more.start + 1;
      const items = node.items.map((item): TreeItem => {
        const value = this.node(item, from);
        from = value.end;
        return { start: value.start, value };
      });
      return { kind: 'list', shape: 'flow', ...more, end, items };
    }
    const dashes = token.items.flatMap((item) => item.start.filter((each) => each.type === 'seq-item-ind'));
    const items = node.items.map((item, index): TreeItem => {
      const dash = dashes[index]?.offset ?? this.#refuse(more.start);
      return { start: dash, value: this.node(item, dash + 1) };
    });
    return { kind: 'list', shape: 'block', ...more, end: lastEnd(items.at(-1)?.value, more.start), items };
  }

  #map(node: YAMLMap<Node, Node | null>, end: number, more: Properties): TreeNode {
    const shape = node.srcToken?.type === 'block-map' ? 'block' : 'flow';
    const all = node.items.map((pair) => this.#entry(pair, end));
    const entries = all.filter(({ key }) => key !== '<<');
    const seen = new Set<string>();
    for (const { key, start } of entries) {
      if (seen.has(key)) throw new InputError(duplicateKey(this.#file, key, start));
      seen.add(key);
    }
    const last = all.at(-1);
    return {
      kind: 'map',
      shape,
      ...more,
      end: shape === 'flow' ? end : Math.max(last?.colon ?? more.start, last?.value.end ?? 0),
      entries,
      merged: all.filter(({ key }) => key === '<<').map(({ value }) => value),
    };
  }

  #entry(pair: Pair<Node, Node | null>, end: number): TreeEntry {
    const start = pair.key.range?.[0] ?? end;
    const token = pair.srcToken as CST.CollectionItem | undefined;
    const indicator = token?.sep?.find((each) => each.type === 'map-value-ind');
    if (!isScalar(pair.key) || !indicator || token?.start.some((each) => each.type === 'explicit-key-ind')) {
      return this.#refuse(start);
    }
    const colon = indicator.offset + 1;
    return { key: String(pair.key.value), start, colon, value: this.node(pair.value, colon) };
  }

  /** Where a node begins when its tag and anchor are counted in. */
  #properties(node: Node, valueStart: number, from: number): Properties {
    const before = this.#file.text.slice(from, valueStart);
    const tag = 'tag' in node && node.tag ? SHORT_TAGS.has(node.tag) && node.tag : undefined;
    const anchor = 'anchor' in node ? node.anchor : undefined;
    const marks = [tag ? before.lastIndexOf(tag) : -1, anchor ? before.lastIndexOf(`&${anchor}`) : -1];
    const first = Math.min(...marks.filter((at) => at >= 0), before.length);
    return {
      start: from + first,
      ...(tag ? { tag } : {}),
      ...(anchor ? { anchor } : {}),
    };
  }

  /** The end of the last line of a block scalar that has something in it. */
  #contentEnd(start: number, end: number): number {
    const header = /^[|>][^\n]*\+/.test(this.#file.text.slice(start, end));
    const written = this.#file.text.slice(start, end);
    if (header) return start + written.replace(/\r?\n$/, '').length;
    return start + written.trimEnd().length;
  }

  #refuse(at: number): never {
    throw new InputError({
      code: 'yaml-form',
      message: text(
        'a key is written in a form that is not edited here (a complex key)',
        'この形式のキー(複合キー)は編集できません',
      ),
      place: placeAt(this.#file, at),
    });
  }
}

interface Properties {
  readonly start: number;
  readonly tag?: string;
  readonly anchor?: string;
}

function lastEnd(node: TreeNode | undefined, start: number): number {
  return node?.end ?? start;
}
