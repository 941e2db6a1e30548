import { text } from '../../kernel/texts.ts';
import type { NotAnalysed } from '../../model/assessment.ts';
import type { Resource } from '../../model/resource.ts';
import type { Value } from '../../model/value.ts';
import { note } from './note.ts';

/**
 * Finds the circular dependencies between resources that CloudFormation refuses: through references in
 * properties and `DependsOn`. What stands below an undecided condition does not count. One note per cycle.
 */
export function cycleNotes(resources: readonly Resource[]): readonly NotAnalysed[] {
  const byId = new Map(resources.map((resource) => [resource.id, resource]));
  const needs = new Map(resources.map((resource) => [resource.id, needsOf(resource, byId)]));
  return componentsOf(needs)
    .filter(
      ([first, ...others]) => first !== undefined && (others.length > 0 || needs.get(first)?.has(first)),
    )
    .flatMap((ids) => noteOf(ids.flatMap((id) => byId.get(id) ?? [])));
}

function noteOf(members: readonly Resource[]): readonly NotAnalysed[] {
  const ordered = [...members].sort((a, b) => a.span.start - b.span.start);
  const [first] = ordered;
  if (!first) return [];
  const names = ordered.map(({ name }) => name).join(', ');
  return [
    note('input', {
      file: first.span.file,
      at: first.span.start,
      what: first.name,
      reason: text(
        `circular dependency between resources: ${names}`,
        `リソースの依存関係が循環しています: ${names}`,
      ),
      remedy: text(
        'take one of the references out, for example into a resource of its own',
        '参照の1つを別のリソースに分けるなどして、循環をなくしてください',
      ),
    }),
  ];
}

function needsOf(resource: Resource, byId: ReadonlyMap<string, Resource>): ReadonlySet<string> {
  const needs = new Set(resource.dependsOn.filter((id) => byId.has(id)));
  collect(resource.properties, (id) => {
    if (byId.has(id)) needs.add(id);
  });
  return needs;
}

function collect(value: Value, found: (id: string) => void): void {
  if (value.kind === 'map') for (const entry of value.entries.values()) collect(entry, found);
  if (value.kind === 'list') for (const item of value.items) collect(item, found);
  if (value.kind !== 'unknown') return;
  for (const part of value.parts ?? []) {
    if (typeof part === 'object' && part.resource !== undefined) found(part.resource);
  }
}

interface Visit {
  readonly id: string;
  readonly rest: Iterator<string>;
}

/** Strongly connected components (R. Tarjan, 1972), without recursion. */
function componentsOf(needs: ReadonlyMap<string, ReadonlySet<string>>): readonly (readonly string[])[] {
  const order = new Map<string, number>();
  const low = new Map<string, number>();
  const open: string[] = [];
  const isOpen = new Set<string>();
  const components: string[][] = [];
  const path: Visit[] = [];
  const lower = (id: string, to: number) => low.set(id, Math.min(low.get(id) ?? to, to));
  const enter = (id: string) => {
    order.set(id, order.size);
    low.set(id, order.size - 1);
    open.push(id);
    isOpen.add(id);
    path.push({ id, rest: (needs.get(id) ?? new Set<string>()).values() });
  };
  const leave = (id: string) => {
    path.pop();
    const parent = path.at(-1);
    if (parent) lower(parent.id, low.get(id) ?? 0);
    if (low.get(id) !== order.get(id)) return;
    const component = open.splice(open.lastIndexOf(id));
    for (const member of component) isOpen.delete(member);
    components.push(component);
  };
  for (const root of needs.keys()) {
    if (!order.has(root)) enter(root);
    for (let visit = path.at(-1); visit; visit = path.at(-1)) {
      const next = visit.rest.next();
      if (next.done) leave(visit.id);
      else if (!order.has(next.value)) enter(next.value);
      else if (isOpen.has(next.value)) lower(visit.id, order.get(next.value) ?? 0);
    }
  }
  return components;
}
