import type { ConstraintTable } from '../constraints/table.ts';
import { isStructure, type Member, type Shape, type StructureShape } from '../schema/shape.ts';
import { boundsCheck, enumCheck, shownValue, type ValueCheck } from './bounds.ts';

type Violation = string;
type Walk = (value: unknown, path: string, sensitive: boolean, found: Violation[]) => void;

/** Violations beyond this number are not reported: a request could be made of nothing else. */
const MOST_VIOLATIONS = 100;

/**
 * Compiles what a structure's members have to satisfy: required members on every level, lengths, ranges,
 * patterns and enumerations.
 *
 * @returns a function that gives AWS's one message for all violations of an input, or undefined.
 */
export function inputCheck(
  shape: StructureShape,
  table: ConstraintTable,
): (input: unknown) => string | undefined {
  const walk = structureWalk(shape, table, new Map());
  return (input) => {
    const found: Violation[] = [];
    walk(input, '', false, found);
    if (found.length === 0) return undefined;
    const noun = found.length === 1 ? 'error' : 'errors';
    return `${found.length} validation ${noun} detected: ${found.join('; ')}`;
  };
}

function report(
  found: Violation[],
  value: unknown,
  path: string,
  sensitive: boolean,
  constraint: string,
): void {
  if (found.length >= MOST_VIOLATIONS) return;
  found.push(`${shownValue(value, sensitive)} at '${path}' failed to satisfy constraint: ${constraint}`);
}

function structureWalk(shape: StructureShape, table: ConstraintTable, compiled: Map<Shape, Walk>): Walk {
  const before = compiled.get(shape);
  if (before) return before;
  let members:
    | readonly { readonly member: Member; readonly walk: Walk | undefined; readonly path: string }[]
    | undefined;
  const walk: Walk = (value, path, _sensitive, found) => {
    members ??= shape.members.map((member) => ({
      member,
      walk: memberWalk(member, table.members[shape.name]?.[member.name], table, compiled),
      path: lowerFirst(member.name),
    }));
    const structure = value as Readonly<Record<string, unknown>>;
    for (const { member, walk: inner, path: name } of members) {
      const held = structure[member.name];
      const at = path === '' ? name : `${path}.${name}`;
      if (held === undefined) {
        if (member.required) report(found, held, at, false, 'Member must not be null');
      } else inner?.(held, at, member.traits.sensitive !== undefined, found);
    }
  };
  compiled.set(shape, walk);
  return walk;
}

/** Checks of one member: its own bounds, then what it contains. Undefined when there is nothing to check. */
function memberWalk(
  member: Member,
  constrained: string | undefined,
  table: ConstraintTable,
  compiled: Map<Shape, Walk>,
): Walk | undefined {
  const { shape } = member;
  const checks = checksOf(constrained ?? shape.name, table);
  const inside = insideWalk(shape, constrained ?? shape.name, table, compiled);
  if (checks.length === 0) return inside;
  return (value, path, sensitive, found) => {
    for (const check of checks) {
      const failed = check(value);
      if (failed !== undefined) report(found, value, path, sensitive, failed);
    }
    inside?.(value, path, sensitive, found);
  };
}

function checksOf(name: string, table: ConstraintTable): readonly ValueCheck[] {
  const checks: ValueCheck[] = [];
  const bounds = Object.hasOwn(table.shapes, name) ? table.shapes[name] : undefined;
  const values = Object.hasOwn(table.enums, name) ? table.enums[name] : undefined;
  if (values) checks.push(enumCheck(values));
  else if (bounds) checks.push(boundsCheck(bounds));
  return checks;
}

function insideWalk(
  shape: Shape,
  name: string,
  table: ConstraintTable,
  compiled: Map<Shape, Walk>,
): Walk | undefined {
  if (isStructure(shape)) return structureWalk(shape, table, compiled);
  if (shape.kind === 'list') {
    const item = memberWalk(shape.item, table.lists[name], table, compiled);
    return (
      item &&
      ((value, path, sensitive, found) => {
        (value as readonly unknown[]).forEach((each, index) => {
          if (each !== null && each !== undefined)
            item(each, `${path}.${index + 1}.member`, sensitive, found);
        });
      })
    );
  }
  if (shape.kind === 'map') return mapWalk(shape, name, table, compiled);
  return undefined;
}

function mapWalk(
  shape: Extract<Shape, { kind: 'map' }>,
  name: string,
  table: ConstraintTable,
  compiled: Map<Shape, Walk>,
): Walk | undefined {
  const key = memberWalk(shape.key, table.members[name]?.key, table, compiled);
  const value = memberWalk(shape.value, table.members[name]?.value, table, compiled);
  if (!key && !value) return undefined;
  return (map, path, sensitive, found) => {
    for (const [name, held] of Object.entries(map as object)) {
      key?.(name, path, sensitive, found);
      if (held !== null && held !== undefined) value?.(held, `${path}.${name}.member`, sensitive, found);
    }
  };
}

function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}
