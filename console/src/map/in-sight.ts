import type { useReactFlow } from '@xyflow/react';
import type { EnvironmentMap } from '../../../src/api/contract.ts';

type Flow = ReturnType<typeof useReactFlow>;

interface Point {
  readonly x: number;
  readonly y: number;
}

interface Sight {
  readonly flow: Flow;
  readonly frame: HTMLElement;
  readonly map: Pick<EnvironmentMap, 'width' | 'height'>;
}

const READABLE = 0.75;
const EDGE = 8;
/** So much of a tall box has to be in sight. */
const UPPER = 200;

/** Brings the upper part of a box into sight, at a size that can be read. */
export function showRectangle(sight: Sight, box: Point & { width: number; height: number }): void {
  const { flow, frame } = sight;
  const { x, y, zoom } = flow.getViewport();
  const height = Math.min(box.height, UPPER);
  const seen =
    zoom >= READABLE &&
    box.x * zoom + x >= 0 &&
    box.y * zoom + y >= 0 &&
    (box.x + box.width) * zoom + x <= frame.clientWidth &&
    (box.y + height) * zoom + y <= frame.clientHeight;
  if (seen) return;
  centre(sight, { x: box.x + box.width / 2, y: box.y + height / 2 }, Math.max(zoom, READABLE), moveTime());
}

/** Moves the picture when somebody tabs to a mark that is out of sight; the frame itself never scrolls. */
export function keepFocusInSight(sight: Sight, target: EventTarget): void {
  const { flow, frame } = sight;
  if (!(target instanceof HTMLElement) || !target.matches(':focus-visible')) return;
  for (const element of frame.querySelectorAll('.react-flow, .react-flow__renderer, .react-flow__pane')) {
    element.scrollTo(0, 0);
  }
  const outer = frame.getBoundingClientRect();
  const inner = target.getBoundingClientRect();
  const inSight =
    inner.left >= outer.left &&
    inner.right <= outer.right &&
    inner.top >= outer.top &&
    inner.bottom <= outer.bottom;
  if (inSight) return;
  const middle = { x: inner.left + inner.width / 2, y: inner.top + inner.height / 2 };
  centre(sight, flow.screenToFlowPosition(middle), flow.getZoom(), 0);
}

/** Puts a point into the middle, but shows no empty ground beside a picture that fills the frame. */
function centre({ flow, frame, map }: Sight, point: Point, zoom: number, duration: number): void {
  const x = offset(point.x * zoom, map.width * zoom, frame.clientWidth);
  const y = offset(point.y * zoom, map.height * zoom, frame.clientHeight);
  flow.setViewport({ x, y, zoom }, { duration });
}

function offset(point: number, length: number, room: number): number {
  if (length + 2 * EDGE <= room) return (room - length) / 2;
  return Math.min(EDGE, Math.max(room - length - EDGE, room / 2 - point));
}

/** How long a move takes; none for those who asked their system for less motion. */
function moveTime(): number {
  return matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 350;
}
