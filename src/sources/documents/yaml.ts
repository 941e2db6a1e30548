import { isAlias, isMap, isScalar, isSeq, type Node, type ParsedNode } from 'yaml';
import type { DocumentNode, MapEntry } from '../../kernel/document.ts';
import { InputError, type ProblemDetails } from '../../kernel/errors.ts';
import { duplicateKey, type ParsedDocument } from '../../kernel/json.ts';
import { LIMITS } from '../../kernel/limits.ts';
import { placeAt, type SourceFile } from '../../kernel/source-file.ts';
import { text } from '../../kernel/texts.ts';
import { composeYaml } from './compose-yaml.ts';
import { plainScalar } from './plain-scalar.ts';
import { SHORT_TAGS } from './short-tags.ts';
import { yamlFault } from './yaml-errors.ts';

export interface YamlLimits {
  readonly depth?: number;
  readonly nodes?: number;
  readonly aliases?: number;
  readonly aliasNodes?: number;
}

/**
 * Parses one YAML document into nodes with offsets. The short tags of CloudFormation become the maps
 * they stand for (`!GetAtt A.B` → `Fn::GetAtt: A.B`); aliases share the node of their anchor and are
 * counted as if they were written out, so that an alias bomb is refused before it can grow; merge keys
 * (`<<`) are merged. A duplicate key is reported and its last value wins.
 *
 * @throws InputError `yaml-syntax`, `yaml-documents`, `yaml-depth`, `yaml-aliases` or `yaml-nodes` with its place.
 */
export function parseYaml(file: SourceFile, limits: YamlLimits = {}): ParsedDocument {
  const documents = composeYaml(file);
  if (!Array.isArray(documents) || documents.length === 0) {
    throw problem(file, 'yaml-syntax', 0, text('the document is empty', '文書が空です'));
  }
  for (const document of documents) {
    const error = document.errors[0];
    if (error) throw problem(file, 'yaml-syntax', error.pos[0], yamlFault(error.code, error.message));
  }
  const [document, second] = documents;
  if (second) {
    throw problem(
      file,
      'yaml-documents',
      second.range[0],
      text(
        'the file holds more than one YAML document; one is expected',
        'ファイルにYAML文書が複数あります。1つだけにしてください',
      ),
    );
  }
  const contents = document?.contents;
  if (!contents) throw problem(file, 'yaml-syntax', 0, text('the document is empty', '文書が空です'));
  return new YamlConverter(file, limits).convert(contents);
}

interface Anchored {
  readonly node: DocumentNode;
  /** Number of nodes when everything below is written out. */
  readonly size: number;
}

class YamlConverter {
  readonly #file: SourceFile;
  readonly #limits: Required<YamlLimits>;
  readonly #anchors = new Map<string, Anchored>();
  readonly #problems: ProblemDetails[] = [];
  #size = 0;
  #aliases = 0;
  #aliasNodes = 0;

  constructor(file: SourceFile, limits: YamlLimits) {
    this.#file = file;
    this.#limits = {
      depth: limits.depth ?? LIMITS.documentDepth,
      nodes: limits.nodes ?? LIMITS.documentNodes,
      aliases: limits.aliases ?? LIMITS.yamlAliases,
      aliasNodes: limits.aliasNodes ?? LIMITS.yamlAliasNodes,
    };
  }

  convert(contents: ParsedNode): ParsedDocument {
    return { root: this.#node(contents, 0), problems: this.#problems };
  }

  #node(node: Node | null, depth: number, emptyAt = 0): DocumentNode {
    if (!node) return { kind: 'scalar', value: null, start: emptyAt, end: emptyAt };
    const start = node.range?.[0] ?? emptyAt;
    if (depth > this.#limits.depth) {
      const levels = this.#limits.depth;
      this.#fail(
        'yaml-depth',
        start,
        text(`nested deeper than ${levels} levels`, `入れ子が${levels}段を超えています`),
      );
    }
    if (isAlias(node)) return this.#alias(node.source, start);
    const before = this.#size;
    this.#grow(1, start);
    const converted = this.#tagged(node, this.#content(node, start, depth));
    const anchor = 'anchor' in node ? node.anchor : undefined;
    if (anchor) this.#anchors.set(anchor, { node: converted, size: this.#size - before });
    return converted;
  }

  #alias(source: string, start: number): DocumentNode {
    this.#aliases += 1;
    if (this.#aliases > this.#limits.aliases) {
      const most = this.#limits.aliases;
      this.#fail(
        'yaml-aliases',
        start,
        text(`more than ${most} aliases are used`, `エイリアスが${most}個を超えています`),
      );
    }
    const anchored = this.#anchors.get(source);
    if (!anchored) {
      this.#fail(
        'yaml-syntax',
        start,
        text(
          `the alias *${source} has no complete anchor before it`,
          `エイリアス *${source} の前に完結したアンカーがありません`,
        ),
      );
    }
    this.#aliasNodes += anchored.size;
    if (this.#aliasNodes > this.#limits.aliasNodes) this.#tooLarge(this.#limits.aliasNodes, start);
    this.#grow(anchored.size, start);
    return anchored.node;
  }

  #grow(nodes: number, at: number): void {
    this.#size += nodes;
    if (this.#size > this.#limits.nodes) this.#tooLarge(this.#limits.nodes, at);
  }

  #tooLarge(most: number, at: number): never {
    return this.#fail(
      'yaml-nodes',
      at,
      text(
        `the document grows beyond ${most} nodes when its aliases are written out`,
        `エイリアスを展開すると文書が${most}ノードを超えます`,
      ),
    );
  }

  #content(node: Node, start: number, depth: number): DocumentNode {
    const end = node.range?.[1] ?? start;
    if (isScalar(node)) {
      const source = String(node.value);
      const plain = node.type === 'PLAIN' && !node.tag;
      return { kind: 'scalar', value: plain ? plainScalar(source) : source, start, end };
    }
    if (isSeq<Node>(node)) {
      return { kind: 'list', items: node.items.map((item) => this.#node(item, depth + 1, end)), start, end };
    }
    return { kind: 'map', entries: this.#entries(node, depth, end), start, end };
  }

  #entries(node: Node, depth: number, end: number): readonly MapEntry[] {
    if (!isMap<Node, Node | null>(node)) return [];
    const entries = new Map<string, MapEntry>();
    for (const pair of node.items) {
      const keyStart = pair.key.range?.[0] ?? end;
      const keyEnd = pair.key.range?.[1] ?? keyStart;
      const value = this.#node(pair.value, depth + 1, keyEnd);
      const key = this.#key(pair.key, keyStart);
      if (key === '<<') {
        this.#merge(entries, value, keyStart);
        continue;
      }
      if (entries.get(key)?.keyStart !== undefined && !this.#isMerged(entries, key, node)) {
        this.#problems.push(duplicateKey(this.#file, key, keyStart));
      }
      entries.set(key, { key, keyStart, keyEnd, value });
    }
    return [...entries.values()];
  }

  /** Whether a key came in through `<<` from elsewhere: writing it again is an override, not a duplicate. */
  #isMerged(entries: ReadonlyMap<string, MapEntry>, key: string, node: Node): boolean {
    const start = entries.get(key)?.keyStart ?? 0;
    return start < (node.range?.[0] ?? 0) || start >= (node.range?.[2] ?? Number.POSITIVE_INFINITY);
  }

  #merge(entries: Map<string, MapEntry>, value: DocumentNode, at: number): void {
    const sources = value.kind === 'list' ? value.items : [value];
    for (const source of sources) {
      if (source.kind !== 'map') {
        this.#fail(
          'yaml-syntax',
          at,
          text('only maps can be merged with <<', '<< で結合できるのはマップだけです'),
        );
      }
      for (const entry of source.entries) if (!entries.has(entry.key)) entries.set(entry.key, entry);
    }
  }

  #key(key: Node, at: number): string {
    if (isScalar(key)) return String(key.value);
    return this.#fail(
      'yaml-syntax',
      at,
      text('a key must be a plain word or a string', 'キーは単語か文字列でなければなりません'),
    );
  }

  /** Wraps what a short tag stands before; a tag that is not CloudFormation's leaves its value as it is. */
  #tagged(node: Node, content: DocumentNode): DocumentNode {
    const tag = 'tag' in node ? node.tag : undefined;
    const key = tag === undefined ? undefined : SHORT_TAGS.get(tag);
    if (tag === undefined || key === undefined) return content;
    const start = Math.max(0, this.#file.text.lastIndexOf(tag, content.start));
    const entry = { key, keyStart: start, keyEnd: start + tag.length, value: content };
    return { kind: 'map', entries: [entry], start, end: content.end };
  }

  #fail(code: string, at: number, message: ProblemDetails['message']): never {
    throw problem(this.#file, code, at, message);
  }
}

function problem(file: SourceFile, code: string, at: number, message: ProblemDetails['message']): InputError {
  return new InputError({ code, message, place: placeAt(file, Math.min(at, file.text.length)) });
}
