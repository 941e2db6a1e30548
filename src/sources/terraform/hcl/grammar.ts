import { createRequire } from 'node:module';
import type { Parser } from 'web-tree-sitter';

let loaded: Promise<Parser> | undefined;

/**
 * The tree-sitter parser for HCL. It is loaded on first use, because most runs read no HCL, and shared:
 * parsing is synchronous, so that nobody sees it half way.
 */
export function hclParser(): Promise<Parser> {
  loaded ??= load();
  return loaded;
}

async function load(): Promise<Parser> {
  const { Language, Parser } = await import('web-tree-sitter');
  const locate = createRequire(import.meta.url).resolve;
  await Parser.init({ locateFile: () => locate('web-tree-sitter/web-tree-sitter.wasm') });
  const language = await Language.load(locate('@tree-sitter-grammars/tree-sitter-hcl/tree-sitter-hcl.wasm'));
  const parser = new Parser();
  parser.setLanguage(language);
  return parser;
}
