import { type ParsedDocument, parseJson } from '../../kernel/json.ts';
import type { SourceFile } from '../../kernel/source-file.ts';
import { documentOf } from './common-yaml/document-of.ts';
import { writtenYaml } from './common-yaml/written-yaml.ts';

/** Names that a template or declaration may end with. */
export const DOCUMENT_NAME = /\.(?:ya?ml|json|template)$/i;

const JSON_START = /^\uFEFF?\s*[{[]/;

/** Whether a file is to be read as JSON: by its name, or by how it begins when the name leaves it open. */
export function isJson(file: SourceFile): boolean {
  if (/\.json$/i.test(file.path)) return true;
  if (/\.ya?ml$/i.test(file.path)) return false;
  return JSON_START.test(file.text);
}

/**
 * Parses a JSON or YAML file. The complete YAML parser is loaded only for YAML that is not in the common form.
 *
 * @throws InputError as `parseJson` and `parseYaml` do.
 */
export async function parseDocument(file: SourceFile): Promise<ParsedDocument> {
  if (isJson(file)) return parseJson(file);
  const written = writtenYaml(file);
  if (written) return { root: documentOf(written), problems: [] };
  const { parseYaml } = await import('./yaml.ts');
  return parseYaml(file);
}
