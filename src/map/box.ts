import type { Badge } from './badges.ts';

/** A rectangle in pixels; y grows downwards. */
export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export type BoxKind =
  | 'internet'
  | 'account'
  | 'region'
  | 'vpc'
  | 'subnet'
  | 'zone'
  | 'tier'
  | 'group'
  | 'resource'
  | 'gate'
  | 'ghost';

export type LabelStyle = 'title' | 'kind' | 'note';

/** One line of text and the room that it takes. */
export interface MapLabel extends Rectangle {
  readonly text: string;
  readonly style: LabelStyle;
  readonly size: number;
}

/** A safeguard's mark and text. */
export interface MapBadge extends Rectangle {
  readonly badge: Badge;
  readonly lines: readonly MapLabel[];
}

/** A drawn rectangle with its labels, badges and what lies in it; positions are absolute. */
export interface MapBox extends Rectangle {
  readonly key: string;
  readonly kind: BoxKind;
  /** Ids of the resources that this box stands for: none for structure, several when collapsed. */
  readonly resources: readonly string[];
  readonly labels: readonly MapLabel[];
  readonly badges: readonly MapBadge[];
  readonly children: readonly MapBox[];
  /** For subnets: whether the internet has a route to them. */
  readonly tone?: 'public' | 'private' | 'undecided';
  /** Said when somebody points at the box. */
  readonly hint?: string;
}

/** Something with a size that can be put at a position. */
export interface Block {
  readonly width: number;
  readonly height: number;
  at(x: number, y: number): readonly MapBox[];
}

export const EMPTY: Block = { width: 0, height: 0, at: () => [] };

/** Blocks one below the other. */
export function column(blocks: readonly Block[], gap: number): Block {
  const shown = blocks.filter((block) => block.height > 0);
  return {
    width: Math.max(0, ...shown.map((block) => block.width)),
    height: sum(shown.map((block) => block.height)) + gap * Math.max(0, shown.length - 1),
    at(x, y) {
      let top = y;
      return shown.flatMap((block) => {
        const boxes = block.at(x, top);
        top += block.height + gap;
        return boxes;
      });
    },
  };
}

/** Blocks side by side, their tops in one line. */
export function row(blocks: readonly Block[], gap: number): Block {
  const shown = blocks.filter((block) => block.width > 0);
  return {
    width: sum(shown.map((block) => block.width)) + gap * Math.max(0, shown.length - 1),
    height: Math.max(0, ...shown.map((block) => block.height)),
    at(x, y) {
      let left = x;
      return shown.flatMap((block) => {
        const boxes = block.at(left, y);
        left += block.width + gap;
        return boxes;
      });
    },
  };
}

/** Blocks in rows of so many, each row as high as its highest block. */
export function grid(blocks: readonly Block[], columns: number, gap: number): Block {
  const rows: Block[] = [];
  for (let at = 0; at < blocks.length; at += columns) rows.push(row(blocks.slice(at, at + columns), gap));
  return column(rows, gap);
}

/** The same block at a distance from its left and top edge. */
export function inset(block: Block, left: number, top: number): Block {
  return {
    width: block.width + left,
    height: block.height + top,
    at: (x, y) => block.at(x + left, y + top),
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
