import type { BoxNode } from './box-node.tsx';
import type { PlacedBox } from './place-boxes.ts';
import type { Shown } from './shown.ts';

/** The shown boxes as React Flow takes them, each with what is put forward in it. */
export function nodesOf(
  boxes: readonly PlacedBox[],
  shown: Shown,
  collapsed: ReadonlySet<string>,
  acts: Pick<BoxNode['data'], 'onBadge' | 'onToggle'>,
): BoxNode[] {
  const { following, only, spot, switches, resource } = shown;
  const hops = following?.attack.hops ?? [];
  const now = following && hops[following.hop]?.box;
  const passed = new Set(hops.slice(0, following?.hop ?? 0).map(({ box }) => box));
  return boxes.map(({ box, depth, y, height }) => ({
    id: box.key,
    type: 'box' as const,
    position: { x: box.x, y },
    width: box.width,
    height,
    measured: { width: box.width, height },
    zIndex: depth,
    draggable: false,
    selectable: false,
    data: {
      box,
      collapsed: collapsed.has(box.key),
      lit: box.key === now ? ('now' as const) : passed.has(box.key) ? ('passed' as const) : undefined,
      found: resource !== undefined && box.resources.includes(resource),
      only,
      spot,
      switches,
      ...acts,
    },
  }));
}
