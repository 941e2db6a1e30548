import type { MapBox, Rectangle } from './box.ts';
import { gateKey } from './cards.ts';
import type { Flow } from './flows.ts';
import { boxesOf } from './geometry.ts';
import type { MapLayout } from './layout.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A flow as a line of horizontal and vertical pieces; the last point is where the arrow ends. */
export interface RoutedFlow {
  readonly flow: Flow;
  readonly points: readonly Point[];
}

const STUB = 6;
const SPREAD = 16;
const LANES = 60;

/**
 * Finds ways for the flows that pass between the boxes and over no text. A flow for which there is no
 * such way is left out: the paths are also told in words.
 */
export function routeFlows(layout: MapLayout, flows: readonly Flow[]): readonly RoutedFlow[] {
  const boxes = [...boxesOf(layout.boxes)];
  const ends = endsOf(boxes);
  const obstacles = obstaclesOf(boxes);
  const used = new Map<string, number>();
  const spread = (box: MapBox): number => {
    const count = used.get(box.key) ?? 0;
    used.set(box.key, count + 1);
    return (count % 2 === 0 ? 1 : -1) * Math.ceil(count / 2) * SPREAD;
  };
  const taken: Piece[] = [];
  return flows.flatMap((flow) => {
    const from = ends.get(flow.from)?.out;
    const to = ends.get(flow.to)?.in;
    if (!from || !to) return [];
    const points = shortest({ from, fromShift: spread(from), to, toShift: spread(to) }, obstacles, taken);
    if (!points) return [];
    taken.push(...pieces(points));
    return [{ flow, points }];
  });
}

interface Ends {
  readonly in: MapBox;
  readonly out: MapBox;
}

/** Lines arrive at the gate where there is one, and leave from the resource. */
function endsOf(boxes: readonly MapBox[]): ReadonlyMap<string, Ends> {
  const byKey = new Map(boxes.map((box) => [box.key, box]));
  const ends = new Map<string, Ends>();
  for (const box of boxes) {
    if (box.kind === 'internet') ends.set('internet', { in: box, out: box });
    if (box.kind !== 'resource') continue;
    for (const id of box.resources) ends.set(id, { in: byKey.get(gateKey(id)) ?? box, out: box });
  }
  return ends;
}

function obstaclesOf(boxes: readonly MapBox[]): readonly Rectangle[] {
  return boxes.flatMap((box): readonly Rectangle[] =>
    box.children.length === 0 ? [box] : [...box.labels, ...box.badges],
  );
}

interface Journey {
  readonly from: MapBox;
  readonly fromShift: number;
  readonly to: MapBox;
  readonly toShift: number;
}

const BEND = 12;
/** Running along another line costs so many times its length. */
const SHARED = 4;

function shortest(
  { from, fromShift, to, toShift }: Journey,
  obstacles: readonly Rectangle[],
  taken: readonly Piece[],
): readonly Point[] | undefined {
  let best: readonly Point[] | undefined;
  let bestCost = Number.POSITIVE_INFINITY;
  const blocked = obstacles.filter((each) => each !== from && each !== to);
  for (const start of ports(from, fromShift)) {
    for (const end of ports(to, toShift)) {
      for (const lane of lanes(start.outside, end.outside, obstacles)) {
        const way = [start.outside, ...lane, end.outside];
        const points = tidy([start.edge, ...way, end.edge]);
        const cost = length(points) + BEND * points.length;
        if (cost >= bestCost || crosses(points, blocked) || crosses(way, [from, to])) continue;
        const whole = cost + SHARED * sharedLength(points, taken);
        if (whole >= bestCost) continue;
        best = points;
        bestCost = whole;
      }
    }
  }
  return best;
}

/** How far a way runs along pieces that other lines have taken already. */
function sharedLength(points: readonly Point[], taken: readonly Piece[]): number {
  let total = 0;
  for (const [a, b] of pieces(points)) {
    for (const [c, d] of taken) {
      if (a.x === b.x && c.x === d.x && Math.abs(a.x - c.x) < 5) total += overlap(a.y, b.y, c.y, d.y);
      if (a.y === b.y && c.y === d.y && Math.abs(a.y - c.y) < 5) total += overlap(a.x, b.x, c.x, d.x);
    }
  }
  return total;
}

function overlap(a: number, b: number, c: number, d: number): number {
  return Math.max(0, Math.min(Math.max(a, b), Math.max(c, d)) - Math.max(Math.min(a, b), Math.min(c, d)));
}

interface Port {
  readonly edge: Point;
  readonly outside: Point;
}

/** Where lines leave and arrive; from the internet they only come down. */
function ports(box: MapBox, shift: number): readonly Port[] {
  const limit = Math.max(0, box.width / 2 - 12);
  const x = box.x + box.width / 2 + Math.max(-limit, Math.min(limit, shift));
  const reach = Math.max(0, box.height / 2 - 8);
  const y = box.y + box.height / 2 + Math.max(-reach, Math.min(reach, shift));
  const right = box.x + box.width;
  const bottom = box.y + box.height;
  const below = { edge: { x, y: bottom }, outside: { x, y: bottom + STUB } };
  if (box.kind === 'internet') return [below];
  return [
    below,
    { edge: { x, y: box.y }, outside: { x, y: box.y - STUB } },
    { edge: { x: right, y }, outside: { x: right + STUB, y } },
    { edge: { x: box.x, y }, outside: { x: box.x - STUB, y } },
  ];
}

/** The ways between two points by one vertical or one horizontal lane, the nearest lanes first. */
function lanes(a: Point, b: Point, obstacles: readonly Rectangle[]): readonly (readonly Point[])[] {
  const middleX = (a.x + b.x) / 2;
  const middleY = (a.y + b.y) / 2;
  const xs = obstacles.flatMap((each) => [each.x - STUB, each.x + each.width + STUB]);
  const ys = obstacles.flatMap((each) => [each.y - STUB, each.y + each.height + STUB]);
  const near = (values: readonly number[], middle: number) =>
    [...new Set(values)].sort((p, q) => Math.abs(p - middle) - Math.abs(q - middle)).slice(0, LANES);
  return [
    ...[a.x, b.x, ...near(xs, middleX)].map((x) => [
      { x, y: a.y },
      { x, y: b.y },
    ]),
    ...[a.y, b.y, ...near(ys, middleY)].map((y) => [
      { x: a.x, y },
      { x: b.x, y },
    ]),
  ];
}

/** Leaves out points that repeat or lie on a straight piece. */
function tidy(points: readonly Point[]): readonly Point[] {
  const out: Point[] = [];
  for (const point of points) {
    const last = out.at(-1);
    if (last && last.x === point.x && last.y === point.y) continue;
    const before = out.at(-2);
    if (
      last &&
      before &&
      ((before.x === last.x && last.x === point.x) || (before.y === last.y && last.y === point.y))
    ) {
      out.pop();
    }
    out.push(point);
  }
  return out;
}

function length(points: readonly Point[]): number {
  return pieces(points).reduce((sum, [a, b]) => sum + Math.abs(a.x - b.x) + Math.abs(a.y - b.y), 0);
}

function crosses(points: readonly Point[], obstacles: readonly Rectangle[]): boolean {
  return pieces(points).some(([a, b]) => obstacles.some((each) => passes(a, b, each)));
}

type Piece = readonly [Point, Point];

function pieces(points: readonly Point[]): readonly Piece[] {
  return points.slice(1).map((point, index) => [points[index] ?? point, point] as const);
}

function passes(a: Point, b: Point, box: Rectangle): boolean {
  return (
    Math.max(a.x, b.x) > box.x + 1 &&
    Math.min(a.x, b.x) < box.x + box.width - 1 &&
    Math.max(a.y, b.y) > box.y + 1 &&
    Math.min(a.y, b.y) < box.y + box.height - 1
  );
}
