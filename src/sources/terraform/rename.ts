import type { Resource } from '../../model/resource.ts';
import { list, map, type Part, type Value } from '../../model/value.ts';

/**
 * Puts a root module's name before the addresses of its resources, so that several root modules can be
 * parts of one environment: `tf:<root>/<address>`.
 */
export function belowRoot(root: string, resources: readonly Resource[]): readonly Resource[] {
  const rename = (id: string) => (id.startsWith('tf:') ? `tf:${root}/${id.slice('tf:'.length)}` : id);
  return resources.map((resource) => ({
    ...resource,
    id: rename(resource.id),
    stack: resource.stack === '' ? root : `${root}/${resource.stack}`,
    properties: renamed(resource.properties, rename),
    dependsOn: resource.dependsOn.map(rename),
  }));
}

function renamed(value: Value, rename: (id: string) => string): Value {
  switch (value.kind) {
    case 'unknown':
      return value.parts ? { ...value, parts: value.parts.map((part) => renamedPart(part, rename)) } : value;
    case 'oneOf':
      return { ...value, options: value.options.map((option) => renamed(option, rename)) };
    case 'list':
      return list(
        value.items.map((item) => renamed(item, rename)),
        value.span,
      );
    case 'map':
      return map(
        new Map([...value.entries].map(([key, entry]) => [key, renamed(entry, rename)])),
        value.span,
      );
    default:
      return value;
  }
}

function renamedPart(part: Part, rename: (id: string) => string): Part {
  return typeof part === 'string' || part.resource === undefined
    ? part
    : { ...part, resource: rename(part.resource) };
}
