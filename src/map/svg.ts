import { printable } from '../kernel/text-width.ts';
import type { Language } from '../kernel/texts.ts';
import type { MapBadge, MapBox, MapLabel } from './box.ts';
import { escapeXml } from './escape-xml.ts';
import type { MapLayout } from './layout.ts';
import type { RoutedFlow } from './route.ts';
import { round, stateShape } from './state-shape.ts';

/**
 * The map as an SVG element without styles of its own (see `MAP_CSS`): boxes first, then the flows, then
 * every text, so that no line crosses a text.
 */
export function renderSvg(
  layout: MapLayout,
  flows: readonly RoutedFlow[],
  title: string,
  language: Language,
): string {
  const width = round(layout.width);
  const height = round(layout.height);
  return [
    `<svg class="map" xmlns="http://www.w3.org/2000/svg" role="img" lang="${language}" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">`,
    `<title>${escapeXml(title)}</title>`,
    `<defs>${marker('decided')}${marker('undecided')}</defs>`,
    ...layout.boxes.map(boxShapes),
    ...flows.map(flowLine),
    ...layout.boxes.map(boxTexts),
    '</svg>',
  ].join('');
}

function marker(kind: string): string {
  return `<marker id="arrow-${kind}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path class="arrow ${kind}" d="M0 0L8 4 0 8z"/></marker>`;
}

function boxShapes(box: MapBox): string {
  const radius = box.kind === 'internet' ? 14 : box.kind === 'resource' ? 4 : 2;
  const tone = box.tone ? ` ${box.tone}` : '';
  const hint = box.hint ? `<title>${escapeXml(printable(box.hint))}</title>` : '';
  const rectangle = `<rect class="box ${box.kind}${tone}" x="${round(box.x)}" y="${round(box.y)}" width="${round(box.width)}" height="${round(box.height)}" rx="${radius}">${hint}</rect>`;
  return rectangle + box.children.map(boxShapes).join('');
}

function boxTexts(box: MapBox): string {
  return (
    box.labels.map(labelText).join('') +
    box.badges.map(badgeShapes).join('') +
    box.children.map(boxTexts).join('')
  );
}

function labelText(label: MapLabel): string {
  const baseline = label.y + label.size;
  return `<text class="map-${label.style}" font-size="${label.size}" x="${round(label.x)}" y="${round(baseline)}">${escapeXml(label.text)}</text>`;
}

function badgeShapes(placed: MapBadge): string {
  const shape = stateShape(placed.badge.state, placed.x + 7, placed.y + 7.5);
  return shape + placed.lines.map(labelText).join('');
}

function flowLine({ flow, points }: RoutedFlow): string {
  const kind = flow.decided ? 'decided' : 'undecided';
  const line = points.map(({ x, y }) => `${round(x)},${round(y)}`).join(' ');
  return `<polyline class="flow ${kind}" marker-end="url(#arrow-${kind})" points="${line}"/>`;
}

/** The look of the map; nothing in it is told by colour alone. */
export const MAP_CSS = `
.map{font-family:Helvetica,Arial,"Hiragino Sans","Noto Sans CJK JP","Noto Sans JP",Meiryo,sans-serif;max-width:100%;height:auto;display:block;margin:0 auto}
.map .box{fill:#fff;stroke:#5b6675;stroke-width:1}
.map .internet{fill:#eef2f7;stroke:#1f2a37;stroke-width:1.5}
.map .account{fill:#fbfbfc;stroke:#1f2a37;stroke-width:1.5}
.map .region{fill:#fff;stroke:#5b6675;stroke-dasharray:6 3}
.map .vpc{fill:#fff;stroke:#5a3f9e;stroke-width:1.5}
.map .group{fill:#f6f7f9;stroke:#c3cad3}
.map .zone{fill:#f6f7f9;stroke:none}
.map .subnet{fill:#f1f5fb;stroke:#8fa7c8}
.map .subnet.public{fill:#eef8f0;stroke:#6aa67c}
.map .subnet.undecided{fill:#faf7ee;stroke:#b39b54;stroke-dasharray:4 3}
.map .resource{stroke:#1f2a37}
.map .gate{fill:#fff8e8;stroke:#9a6b00;stroke-width:2;stroke-dasharray:7 3}
.map .ghost{fill:none;stroke:#8a94a3;stroke-dasharray:3 3}
.map text{fill:#1f2a37}
.map .map-title{font-weight:700}
.map .map-kind{fill:#4a5563}
.map .flow{fill:none;stroke:#b3261e;stroke-width:1.6}
.map .flow.undecided{stroke-dasharray:5 3}
.map .arrow{fill:#b3261e}
.mark .line{fill:none;stroke-width:1.6}
.mark .ink{fill:none;stroke:#fff;stroke-width:1.6}
.mark.on .fill{fill:#1b7f3b}
.mark.partial .line{stroke:#8a5a00}.mark.partial .fill{fill:#8a5a00}
.mark.off .line{stroke:#b3261e}
.mark.unknown .line{stroke:#5a3f9e}.mark.unknown text{fill:#5a3f9e;font-size:9px;font-weight:700;text-anchor:middle}
.mark.not-applicable .line{stroke:#5b6675}
`;
