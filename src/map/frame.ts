import type { Language, Text } from '../kernel/texts.ts';
import { badgeText, facetText } from './badge-text.ts';
import type { Badge } from './badges.ts';
import type { Block, BoxKind, LabelStyle, MapBadge, MapBox, MapLabel } from './box.ts';
import { EMPTY } from './box.ts';
import { type Font, fitText, LINE_HEIGHT, textPixels } from './measure.ts';

/** What a box shows above its content. */
export interface FrameOptions {
  readonly key: string;
  readonly kind: BoxKind;
  readonly language: Language;
  readonly resources?: readonly string[];
  /** Lines of text, from the top. */
  readonly texts: readonly FrameText[];
  readonly badges?: readonly Badge[];
  /** The least width in pixels. */
  readonly width: number;
  readonly tone?: 'public' | 'private' | 'undecided';
  readonly hint?: string;
}

export interface FrameText {
  readonly text: Text | string;
  readonly style: LabelStyle;
  readonly maximumLines?: number;
}

const FONTS: Readonly<Record<LabelStyle, Font>> = {
  title: { size: 12, bold: true },
  kind: { size: 10 },
  note: { size: 10 },
};

const PADDING = 12;
const BADGE_FONT: Font = { size: 11 };
const FACET_FONT: Font = { size: 10 };
const BADGE_MARK = 16;
const BADGE_WIDTH = 206;
const BADGE_GAP = 5;

/** A box with its texts, its safeguards, and a block of other boxes below them. */
export function frame(options: FrameOptions, content: Block = EMPTY): Block {
  const width = Math.max(options.width, content.width + 2 * PADDING);
  const inner = width - 2 * PADDING;
  const head = headOf(options, inner);
  const contentTop = content.height > 0 ? head.height + PADDING : head.height;
  const height = PADDING + contentTop + content.height + PADDING;
  return {
    width,
    height,
    at(x, y) {
      const move = moveBy(x + PADDING, y + PADDING);
      const box: MapBox = {
        key: options.key,
        kind: options.kind,
        x,
        y,
        width,
        height,
        resources: options.resources ?? [],
        labels: head.labels.map(move.label),
        badges: head.badges.map(move.badge),
        children: content.at(x + PADDING, y + PADDING + contentTop),
        ...(options.tone ? { tone: options.tone } : {}),
        ...(options.hint ? { hint: options.hint } : {}),
      };
      return [box];
    },
  };
}

interface Head {
  readonly labels: readonly MapLabel[];
  readonly badges: readonly MapBadge[];
  readonly height: number;
}

/** Texts and badges relative to the inner corner of the box. */
function headOf(options: FrameOptions, width: number): Head {
  const labels: MapLabel[] = [];
  let y = 0;
  for (const { text, style, maximumLines } of options.texts) {
    const value = typeof text === 'string' ? text : text[options.language];
    const lines = setLines(value, FONTS[style], style, width, maximumLines ?? 2, 0, y);
    labels.push(...lines);
    y += sumHeights(lines);
  }
  const badges: MapBadge[] = [];
  const columns = Math.max(1, Math.floor((width + PADDING) / (BADGE_WIDTH + PADDING)));
  const badgeWidth = (width - PADDING * (columns - 1)) / columns;
  const list = options.badges ?? [];
  for (let at = 0; at < list.length; at += columns) {
    y += BADGE_GAP;
    const line = list
      .slice(at, at + columns)
      .map((badge, index) =>
        setBadge(badge, options.language, index * (badgeWidth + PADDING), y, badgeWidth),
      );
    badges.push(...line);
    y += Math.max(...line.map((badge) => badge.height));
  }
  return { labels, badges, height: y };
}

function setBadge(badge: Badge, language: Language, x: number, y: number, width: number): MapBadge {
  const room = width - BADGE_MARK;
  const main = setLines(badgeText(badge, language), BADGE_FONT, 'note', room, 3, x + BADGE_MARK, y);
  const below = y + sumHeights(main);
  const facets = badge.facets.length
    ? setLines(facetText(badge, language), FACET_FONT, 'note', room, 4, x + BADGE_MARK, below)
    : [];
  const lines = [...main, ...facets];
  return { x, y, width, height: sumHeights(lines), badge, lines };
}

function setLines(
  value: string,
  font: Font,
  style: LabelStyle,
  width: number,
  maximumLines: number,
  x: number,
  y: number,
): readonly MapLabel[] {
  const height = Math.ceil(font.size * LINE_HEIGHT);
  return fitText(value, font, width, maximumLines).map((text, index) => ({
    text,
    style,
    size: font.size,
    x,
    y: y + index * height,
    width: textPixels(text, font),
    height,
  }));
}

function sumHeights(lines: readonly MapLabel[]): number {
  return lines.reduce((total, line) => total + line.height, 0);
}

function moveBy(x: number, y: number) {
  const label = (each: MapLabel): MapLabel => ({ ...each, x: each.x + x, y: each.y + y });
  const badge = (each: MapBadge): MapBadge => ({
    ...each,
    x: each.x + x,
    y: each.y + y,
    lines: each.lines.map(label),
  });
  return { label, badge };
}
