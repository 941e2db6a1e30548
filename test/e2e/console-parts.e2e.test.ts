import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { groupKeys } from '../../console/src/map/flat-boxes.ts';
import { joinLines } from '../../console/src/map/join-lines.ts';
import { type PlacedBox, placeBoxes } from '../../console/src/map/place-boxes.ts';
import { browserName } from '../../console/src/pages/account/browser-name.ts';
import type { MapBox } from '../../src/api/contract.ts';

const GAP = 10;
const HEAD = 24;

/** A column is wide enough for a group of the next lower depth. */
function columnWidth(depth: number): number {
  return 100 + depth * 40;
}

/** A group of columns in which groups and resources of different heights stand below each other. */
function groupOf(key: string, columns: readonly (readonly number[])[], depth: number, at: number): MapBox {
  const inner = columns.flatMap((heights, column) => {
    let y = HEAD;
    return heights.map((height, row) => {
      const name = `${key}/${column}.${row}`;
      const x = GAP + column * (columnWidth(depth) + GAP);
      const child =
        depth > 0 && height % 3 === 0
          ? moved(groupOf(name, [[height, 20]], depth - 1, 0), x, y)
          : box(name, 'resource', x, y, columnWidth(depth), height, []);
      y += child.height + GAP;
      return child;
    });
  });
  const height = Math.max(HEAD, ...inner.map((child) => child.y + child.height)) + GAP;
  const width = columns.length * (columnWidth(depth) + GAP) + GAP;
  return moved(box(key, 'vpc', 0, 0, width, height, inner), 0, at);
}

function box(
  key: string,
  kind: MapBox['kind'],
  x: number,
  y: number,
  width: number,
  height: number,
  children: readonly MapBox[],
): MapBox {
  const label = { x: x + 4, y: y + 4, width: 20, height: 12, text: key, style: 'title', size: 10 } as const;
  return { key, kind, x, y, width, height, children, resources: [key], labels: [label], badges: [] };
}

function moved(each: MapBox, x: number, y: number): MapBox {
  return {
    ...each,
    x: each.x + x,
    y: each.y + y,
    labels: each.labels.map((label) => ({ ...label, x: label.x + x, y: label.y + y })),
    children: each.children.map((child) => moved(child, x, y)),
  };
}

const heights = fc.array(fc.integer({ min: 20, max: 90 }), { minLength: 1, maxLength: 4 });
const pictures = fc
  .array(fc.array(heights, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 })
  .map((groups) => {
    let y = 0;
    return groups.map((columns, at) => {
      const group = groupOf(`g${at}`, columns, 2, y);
      y += group.height + GAP;
      return group;
    });
  });

function inside(inner: PlacedBox, outer: PlacedBox): boolean {
  const { x, width } = inner.box;
  const right = outer.box.x + outer.box.width;
  const bottom = outer.y + outer.height;
  return x >= outer.box.x && x + width <= right && inner.y >= outer.y && inner.y + inner.height <= bottom;
}

function apart(a: PlacedBox, b: PlacedBox): boolean {
  const beside = a.box.x + a.box.width <= b.box.x || b.box.x + b.box.width <= a.box.x;
  return beside || a.y + a.height <= b.y || b.y + b.height <= a.y;
}

describe('where the map puts its boxes while groups are closed', () => {
  test('nothing overlaps, nothing leaves what it lies in, and nothing stands lower than before', () => {
    fc.assert(
      fc.property(pictures, fc.infiniteStream(fc.boolean()), (boxes, closes) => {
        const closed = new Set(groupKeys(boxes).filter(() => closes.next().value === true));
        const { boxes: placed, height } = placeBoxes(boxes, closed, true);
        for (const [at, each] of placed.entries()) {
          assert.ok(each.y <= each.box.y && each.y + each.height <= height);
          for (const other of placed.slice(at + 1)) {
            const around = other.box.key.startsWith(`${each.box.key}/`);
            assert.ok(around ? inside(other, each) : apart(each, other), `${each.box.key} ${other.box.key}`);
          }
        }
      }),
      { numRuns: 200 },
    );
  });

  test('with every group open, all stands where the server put it', () => {
    fc.assert(
      fc.property(pictures, (boxes) => {
        for (const { box: each, y, height } of placeBoxes(boxes, new Set(), true).boxes) {
          assert.deepEqual([y, height], [each.y, each.height]);
        }
      }),
      { numRuns: 100 },
    );
  });

  test('a closed group is as high as its own texts and the count of what it holds', () => {
    const group = groupOf('g', [[80, 80]], 0, 0);
    const [placed] = placeBoxes([group], new Set(['g']), true).boxes;
    assert.equal(placed?.height, 4 + 12 + 30);
    assert.equal(placeBoxes([group], new Set(['g']), false).boxes[0]?.height, group.height);
  });
});

describe('lines that were broken to fit into a box', () => {
  const line = (text: string, style: 'title' | 'note' = 'title') => ({ text, style });
  for (const [lines, whole] of [
    [[line('IAM Access Advisor (last'), line('accessed): off')], 'IAM Access Advisor (last accessed): off'],
    [[line('ログの記録(フローログ): 未対'), line('策')], 'ログの記録(フローログ): 未対策'],
    [[line('AWS WAF: 未対策'), line('共通 ✕', 'note')], 'AWS WAF: 未対策 共通 ✕'],
    [[line('経路', 'note'), line('●', 'note')], '経路 ●'],
    [[], ''],
  ] as const) {
    test(`are one text again: ${whole || 'nothing'}`, () => assert.equal(joinLines(lines), whole));
  }
});

describe('what people call a browser', () => {
  const LINUX = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko)';
  for (const [agent, name] of [
    [`${LINUX} Chrome/140.0.0.0 Safari/537.36`, 'Chrome 140, Linux'],
    [`${LINUX} Chrome/140.0.0.0 Safari/537.36 Edg/140.0.1`, 'Edge 140, Linux'],
    [
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:143.0) Gecko/20100101 Firefox/143.0',
      'Firefox 143, Windows',
    ],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1',
      'Safari 18, iPhone',
    ],
    ['curl/8.5.0', 'curl/8.5.0'],
    ['x'.repeat(200), `${'x'.repeat(60)}…`],
  ] as const) {
    test(`is told from its User-Agent: ${name.slice(0, 30)}`, () => assert.equal(browserName(agent), name));
  }
});
