import type { MapBox } from '../../../src/api/contract.ts';
import { nameOf } from './flat-boxes.ts';

/** A shown box and where it is drawn; `x` and `width` are always the server's. */
export interface PlacedBox {
  readonly box: MapBox;
  readonly depth: number;
  readonly name: string;
  readonly y: number;
  readonly height: number;
}

export interface Placement {
  readonly boxes: readonly PlacedBox[];
  readonly height: number;
}

/** Room below the texts of a closed group for the count of what lies in it. */
const COUNT_ROOM = 30;

/**
 * Where each shown box is drawn, parents first. Compact: a closed group takes the room of its head only, and what
 * stands below it moves up; who stands beside or below whom stays.
 */
export function placeBoxes(
  boxes: readonly MapBox[],
  collapsed: ReadonlySet<string>,
  compact: boolean,
): Placement {
  const { laid, bottom } = layOut(boxes, 0, collapsed, compact);
  const last = Math.max(0, ...boxes.map(({ y, height }) => y + height));
  return { boxes: laid.flatMap((each) => flat(each, 0, 0)), height: bottom ?? last };
}

interface Laid {
  readonly box: MapBox;
  /** Below the upper edge of what it lies in. */
  readonly top: number;
  readonly height: number;
  readonly inside: readonly Laid[];
}

function layOut(
  boxes: readonly MapBox[],
  origin: number,
  collapsed: ReadonlySet<string>,
  compact: boolean,
): { readonly laid: readonly Laid[]; readonly bottom: number | undefined } {
  const laid: Laid[] = [];
  for (const box of boxes.toSorted((a, b) => a.y - b.y)) {
    const above = laid.filter((each) => standsAbove(each.box, box));
    const gap = Math.min(...above.map(({ box: { y, height } }) => box.y - y - height));
    const lowest = Math.max(...above.map(({ top, height }) => top + height));
    const top = compact && above.length > 0 ? lowest + gap : box.y - origin;
    laid.push({ box, top, ...inner(box, collapsed, compact) });
  }
  const bottom = laid.length === 0 ? undefined : Math.max(...laid.map(({ top, height }) => top + height));
  return { laid, bottom };
}

function inner(
  box: MapBox,
  collapsed: ReadonlySet<string>,
  compact: boolean,
): { readonly height: number; readonly inside: readonly Laid[] } {
  if (collapsed.has(box.key)) return { height: compact ? headOf(box) : box.height, inside: [] };
  const { laid, bottom } = layOut(box.children, box.y, collapsed, compact);
  if (!compact || bottom === undefined) return { height: box.height, inside: laid };
  const below = box.y + box.height - Math.max(...box.children.map(({ y, height }) => y + height));
  return { height: Math.max(headOf(box) - COUNT_ROOM, bottom + below), inside: laid };
}

/** How high a box is that holds nothing but its own texts and marks. */
function headOf({ y, labels, badges }: MapBox): number {
  return Math.max(0, ...[...labels, ...badges].map((each) => each.y + each.height - y)) + COUNT_ROOM;
}

function standsAbove(upper: MapBox, lower: MapBox): boolean {
  const beside = upper.x >= lower.x + lower.width || lower.x >= upper.x + upper.width;
  return !beside && upper.y + upper.height <= lower.y;
}

function flat({ box, top, height, inside }: Laid, origin: number, depth: number): readonly PlacedBox[] {
  const y = origin + top;
  return [
    { box, depth, name: nameOf(box), y, height },
    ...inside.flatMap((each) => flat(each, y, depth + 1)),
  ];
}
