import type { Parser } from 'web-tree-sitter';
import type { DocumentNode, MapEntry, MapNode } from '../../../kernel/document.ts';
import { parseJson } from '../../../kernel/json.ts';
import type { SourceFile, Span } from '../../../kernel/source-file.ts';
import { type ParsedHcl, parseExpression } from './parse.ts';
import type { Attribute, Block, Body, Expression } from './syntax.ts';

/** How many labels each kind of block has at the top of a file. */
const LABELS: ReadonlyMap<string, number> = new Map([
  ['resource', 2],
  ['data', 2],
  ['variable', 1],
  ['output', 1],
  ['module', 1],
  ['provider', 1],
  ['locals', 0],
  ['terraform', 0],
  ['moved', 0],
]);

/**
 * Parses Terraform's JSON syntax ("JSON Configuration Syntax"). Strings are templates; whether a nested
 * object is a block or a map depends on the resource type and is left to the reader of the attribute.
 *
 * @throws InputError when the text is no JSON.
 */
export function parseHclJson(parser: Parser, file: SourceFile): ParsedHcl {
  const { root, problems } = parseJson(file);
  const reader = new JsonSyntaxReader(parser, file);
  const blocks = entriesOf(root).flatMap((entry) => {
    const labels = LABELS.get(entry.key);
    return labels === undefined ? [] : reader.blocks(entry, labels, []);
  });
  return {
    body: { attributes: new Map(), blocks, span: { file, start: root.start, end: root.end } },
    problems,
  };
}

/** Parses a `.tfvars.json` file, whose values are data and no templates. */
export function parseVariablesJson(file: SourceFile): ReadonlyMap<string, DocumentNode> {
  return new Map(entriesOf(parseJson(file).root).map((entry) => [entry.key, entry.value]));
}

function entriesOf(node: DocumentNode): readonly MapEntry[] {
  return node.kind === 'map' ? node.entries : [];
}

class JsonSyntaxReader {
  readonly #parser: Parser;
  readonly #file: SourceFile;

  constructor(parser: Parser, file: SourceFile) {
    this.#parser = parser;
    this.#file = file;
  }

  blocks(entry: MapEntry, missing: number, labels: readonly string[], type = entry.key): Block[] {
    const bodies = entry.value.kind === 'list' ? entry.value.items : [entry.value];
    return bodies.flatMap((body) => {
      if (body.kind !== 'map') return [];
      if (missing === 0) return [this.#block(entry, body, labels, type)];
      return body.entries.flatMap((inner) => this.blocks(inner, missing - 1, [...labels, inner.key], type));
    });
  }

  #block(entry: MapEntry, node: MapNode, labels: readonly string[], type: string): Block {
    return {
      type,
      labels,
      body: this.#body(node, type),
      span: this.#span({ ...node, start: entry.keyStart }),
    };
  }

  /** `dynamic` and `lifecycle` are blocks in every resource; `provider` and `backend` in `terraform`. */
  #body(node: MapNode, type: string): Body {
    const attributes = new Map<string, Attribute>();
    const blocks: Block[] = [];
    for (const entry of node.entries) {
      if (entry.key === '//') continue;
      if (entry.key === 'dynamic') blocks.push(...this.blocks(entry, 1, []));
      else if (entry.key === 'content' && type === 'dynamic') blocks.push(...this.blocks(entry, 0, []));
      else if (entry.key === 'lifecycle') blocks.push(...this.blocks(entry, 0, []));
      else if (entry.key === 'backend' && type === 'terraform') blocks.push(...this.blocks(entry, 1, []));
      else attributes.set(entry.key, this.#attribute(entry));
    }
    return { attributes, blocks, span: this.#span(node) };
  }

  #attribute(entry: MapEntry): Attribute {
    const span = { file: this.#file, start: entry.keyStart, end: entry.value.end };
    return { name: entry.key, value: this.#expression(entry.value), span };
  }

  #expression(node: DocumentNode): Expression {
    const span = this.#span(node);
    if (node.kind === 'list') {
      return { kind: 'tuple', items: node.items.map((item) => this.#expression(item)), span };
    }
    if (node.kind === 'map') {
      const entries = node.entries.map((entry) => ({
        key: { kind: 'literal' as const, value: entry.key, span },
        value: this.#expression(entry.value),
      }));
      return { kind: 'object', entries, span };
    }
    return typeof node.value === 'string'
      ? this.#template(node.value, span)
      : { kind: 'literal', value: node.value, span };
  }

  #template(source: string, span: Span): Expression {
    if (!source.includes('${') && !source.includes('%{')) return { kind: 'literal', value: source, span };
    const quoted = `"${source.replace(/\$\{(?:[^{}"]|"[^"]*")*\}|["\\\n\r\t]/g, quoteOutside)}"`;
    return parseExpression(this.#parser, quoted, span) ?? { kind: 'literal', value: source, span };
  }

  #span(node: { readonly start: number; readonly end: number }): Span {
    return { file: this.#file, start: node.start, end: node.end };
  }
}

const QUOTED: ReadonlyMap<string, string> = new Map([
  ['"', '\\"'],
  ['\\', '\\\\'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
]);

/** Escapes what stands outside interpolations; inside them quotes belong to the expression. */
function quoteOutside(match: string): string {
  return QUOTED.get(match) ?? match;
}
