import type { ResourceGraph } from '../environment/graph.ts';
import { isRead } from '../environment/graph.ts';
import type { MapBox, Rectangle } from './box.ts';
import type { MapLayout } from './layout.ts';

/** Something wrong with a layout, in a sentence. */
export interface GeometryProblem {
  readonly box: string;
  readonly problem: string;
}

const SLACK = 0.01;

/**
 * Checks a layout: no two siblings overlap, children lie in their parents, texts lie in their boxes and
 * over nothing else, and each declared resource has one box or a reason for having none.
 */
export function checkGeometry(layout: MapLayout, graph: ResourceGraph): readonly GeometryProblem[] {
  const root: MapBox = {
    key: 'map',
    kind: 'group',
    x: 0,
    y: 0,
    width: layout.width,
    height: layout.height,
    resources: [],
    labels: [],
    badges: [],
    children: layout.boxes,
  };
  return [...boxProblems(root), ...placementProblems(layout, graph)];
}

function boxProblems(box: MapBox): readonly GeometryProblem[] {
  const problems: GeometryProblem[] = [];
  const report = (problem: string) => problems.push({ box: box.key, problem });
  const labels = [...box.labels, ...box.badges.flatMap((badge) => badge.lines)];
  for (const label of labels) {
    if (!inside(label, box)) report(`the text "${label.text}" leaves its box`);
  }
  for (const badge of box.badges) if (!inside(badge, box)) report(`${badge.badge.safeguard} leaves its box`);
  for (const child of box.children) if (!inside(child, box)) report(`${child.key} leaves its parent`);
  const parts: readonly (Rectangle & { readonly what: string })[] = [
    ...labels.map((each) => ({ ...rectangle(each), what: `the text "${each.text}"` })),
    ...box.children.map((each) => ({ ...rectangle(each), what: each.key })),
  ];
  for (const [a, b] of overlapping(parts)) report(`${a.what} and ${b.what} overlap`);
  return [...problems, ...box.children.flatMap(boxProblems)];
}

function rectangle({ x, y, width, height }: Rectangle): Rectangle {
  return { x, y, width, height };
}

function inside(inner: Rectangle, outer: Rectangle): boolean {
  return (
    inner.x >= outer.x - SLACK &&
    inner.y >= outer.y - SLACK &&
    inner.x + inner.width <= outer.x + outer.width + SLACK &&
    inner.y + inner.height <= outer.y + outer.height + SLACK
  );
}

/** Pairs that overlap, found by sweeping from the top. */
function overlapping<T extends Rectangle>(parts: readonly T[]): readonly (readonly [T, T])[] {
  const sorted = parts.toSorted((a, b) => a.y - b.y);
  const found: (readonly [T, T])[] = [];
  let open: T[] = [];
  for (const part of sorted) {
    open = open.filter((each) => each.y + each.height > part.y + SLACK);
    for (const each of open) {
      if (each.x + each.width > part.x + SLACK && part.x + part.width > each.x + SLACK)
        found.push([each, part]);
    }
    open.push(part);
  }
  return found;
}

function placementProblems(layout: MapLayout, graph: ResourceGraph): readonly GeometryProblem[] {
  const places = new Map<string, number>();
  const count = (id: string) => places.set(id, (places.get(id) ?? 0) + 1);
  for (const box of boxesOf(layout.boxes)) for (const id of box.resources) count(id);
  for (const { resource } of layout.offMap) count(resource);
  return graph.resources
    .filter((resource) => isRead(resource) && places.get(resource.id) !== 1)
    .map(({ id }) => ({ box: id, problem: `is placed ${places.get(id) ?? 0} times` }));
}

/** Every box of a layout, parents first. */
export function* boxesOf(boxes: readonly MapBox[]): Iterable<MapBox> {
  for (const box of boxes) {
    yield box;
    yield* boxesOf(box.children);
  }
}
