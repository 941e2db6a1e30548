import type { DocumentNode, MapEntry } from '../../../kernel/document.ts';
import { type At, mapNode, scalarNode } from '../nodes.ts';

/** One serverless resource that is being expanded. */
export interface ServerlessResource {
  readonly name: string;
  readonly entry: MapEntry;
  /** Its properties with the globals below them. */
  readonly properties: DocumentNode;
  /** Where what is made of it stands: at its name, with no text of its own. */
  readonly at: At;
}

/** A route of an API that leads to a function. */
export interface ApiRoute {
  /** The logical id of the API, or undefined for the implicit one. */
  readonly api: string | undefined;
  readonly kind: 'rest' | 'http';
  readonly path: string;
  readonly method: string;
  readonly function: string;
  readonly authorizer: DocumentNode | undefined;
  readonly at: At;
}

/** What an expansion makes: resources of CloudFormation, routes for APIs, and what could not be expanded. */
export interface Expansion {
  readonly resources: readonly MapEntry[];
  readonly routes?: readonly ApiRoute[];
  /** Names of parts that were left out. */
  readonly leftOut?: readonly { readonly name: string; readonly at: At }[];
}

/** An entry of `Resources` that stands where the serverless resource stands. */
export function madeResource(
  name: string,
  type: string,
  properties: Readonly<Record<string, DocumentNode | undefined>>,
  source: ServerlessResource,
): MapEntry {
  const { at, entry } = source;
  const kept = entry.value.kind === 'map' ? entry.value.entries.filter(({ key }) => KEPT.includes(key)) : [];
  const own = mapNode({ Type: scalarNode(type, at), Properties: mapNode(properties, at) }, at);
  return {
    key: name,
    keyStart: entry.keyStart,
    keyEnd: entry.keyEnd,
    value: { ...own, entries: [...own.entries, ...kept], end: entry.value.end },
  };
}

/** Attributes of the serverless resource that hold for everything it becomes. */
const KEPT = ['Condition', 'DeletionPolicy', 'UpdateReplacePolicy', 'DependsOn', 'Metadata'];
