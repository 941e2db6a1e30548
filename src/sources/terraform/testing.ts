import type { Resource } from '../../model/resource.ts';
import { get, type Part, type Value } from '../../model/value.ts';
import { filesInMemory } from './files.ts';
import { readTerraformDirectory, type SourceReading } from './read-directory.ts';
import { parseTerraformJson, readTerraformJson } from './read-json.ts';

/** Reads a configuration held in memory: one file's text, or texts by path. For tests. */
export function readConfigurationText(
  texts: string | Readonly<Record<string, string>>,
  parameters: Readonly<Record<string, string>> = {},
): Promise<SourceReading> {
  const files = filesInMemory(typeof texts === 'string' ? { 'main.tf': texts } : texts);
  return readTerraformDirectory({ folder: '.', files, parameters: new Map(Object.entries(parameters)) });
}

/** Reads a plan or state given as an object. For tests. */
export function readDocumentObject(document: object): SourceReading {
  const file = { path: 'plan.json', text: JSON.stringify(document, null, 2) };
  return readTerraformJson(parseTerraformJson(file).root, file);
}

/**
 * The resource with an address.
 *
 * @throws Error when there is none.
 */
export function at(reading: SourceReading, address: string): Resource {
  const found = reading.resources.find(({ id }) => id === `tf:${address}`);
  if (!found) throw new Error(`no ${address} among ${reading.resources.map(({ id }) => id).join(', ')}`);
  return found;
}

/** A value as plain data for comparison: gaps as `<expression>`, choices as `{oneOf: […]}`. */
export function shown(value: Value): unknown {
  switch (value.kind) {
    case 'known':
      return value.value;
    case 'list':
      return value.items.map(shown);
    case 'map':
      return Object.fromEntries([...value.entries].map(([key, entry]) => [key, shown(entry)]));
    case 'oneOf':
      return { oneOf: value.options.map(shown) };
    case 'absent':
      return undefined;
    case 'unknown':
      return value.parts ? value.parts.map(shownPart).join('') : { unknown: value.expression };
  }
}

function shownPart(part: Part): string {
  if (typeof part === 'string') return part;
  return part.resource === undefined ? `<${part.expression}>` : `<${part.resource}.${part.attribute}>`;
}

/** A property of a resource as plain data. */
export function property(resource: Resource, ...path: readonly (string | number)[]): unknown {
  return shown(get(resource.properties, ...path));
}
