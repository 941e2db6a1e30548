import { isStructure, type Shape } from '../wire/schema/shape.ts';

/** The path of a member that a value has and its schema does not know; undefined when there is none. */
export function unknownMember(shape: Shape, value: unknown, path = ''): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (isStructure(shape)) {
    const known = new Map(shape.members.map((member) => [member.name, member.shape]));
    for (const [name, held] of Object.entries(value)) {
      const at = path === '' ? name : `${path}.${name}`;
      const inner = known.get(name);
      if (inner === undefined) return at;
      const found = unknownMember(inner, held, at);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  if (shape.kind === 'list' && Array.isArray(value)) {
    return firstFound(value.entries(), (each) => unknownMember(shape.item.shape, each, `${path}[]`));
  }
  if (shape.kind === 'map') {
    return firstFound(Object.entries(value), (each) => unknownMember(shape.value.shape, each, `${path}{}`));
  }
  return undefined;
}

function firstFound(
  entries: Iterable<readonly [unknown, unknown]>,
  look: (value: unknown) => string | undefined,
): string | undefined {
  for (const [, value] of entries) {
    const found = look(value);
    if (found !== undefined) return found;
  }
  return undefined;
}
