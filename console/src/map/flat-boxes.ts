import type { MapBox } from '../../../src/api/contract.ts';

/** A box of the picture with where it stands in the nesting. */
export interface FlatBox {
  readonly box: MapBox;
  readonly depth: number;
  readonly name: string;
}

/** Every box that is shown, parents first; what lies in a collapsed box is left out. */
export function flatBoxes(
  boxes: readonly MapBox[],
  collapsed: ReadonlySet<string>,
  depth = 0,
): readonly FlatBox[] {
  return boxes.flatMap((box) => [
    { box, depth, name: nameOf(box) },
    ...(collapsed.has(box.key) ? [] : flatBoxes(box.children, collapsed, depth + 1)),
  ]);
}

/** What a box is called: its title, else its first text. */
export function nameOf({ labels, hint, key }: MapBox): string {
  const title = labels.filter(({ style }) => style === 'title').map(({ text }) => text);
  return title.join('') || labels[0]?.text || hint || key;
}

/** Boxes in which others lie, and that may be collapsed. */
export function groupKeys(boxes: readonly MapBox[]): readonly string[] {
  return boxes.flatMap((box) => [...(isGroup(box) ? [box.key] : []), ...groupKeys(box.children)]);
}

/** Frames around resources; the account and region as a whole stay open. */
export function isGroup({ kind, children }: MapBox): boolean {
  return children.length > 0 && ['vpc', 'subnet', 'group', 'tier'].includes(kind);
}

/** How many resources lie in a box. */
export function countInside({ children }: MapBox): number {
  return children.reduce((sum, child) => sum + child.resources.length + countInside(child), 0);
}

/** The key of the box that shows a resource, and those of the boxes around it. */
export function wayToResource(boxes: readonly MapBox[], resource: string): readonly string[] | undefined {
  for (const box of boxes) {
    if (box.resources.includes(resource) && box.kind !== 'ghost') return [box.key];
    const below = wayToResource(box.children, resource);
    if (below) return [box.key, ...below];
  }
  return undefined;
}

/** The keys of the boxes around a box, and its own. */
export function wayToKey(boxes: readonly MapBox[], key: string): readonly string[] | undefined {
  for (const box of boxes) {
    if (box.key === key) return [key];
    const below = wayToKey(box.children, key);
    if (below) return [box.key, ...below];
  }
  return undefined;
}
