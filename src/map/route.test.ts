import assert from 'node:assert/strict';
import { test } from 'node:test';
import { graphOf } from '../environment/testing.ts';
import { boxesOf } from './geometry.ts';
import { layoutMap } from './layout.ts';
import { routeFlows } from './route.ts';

const graph = graphOf({
  Resources: Object.fromEntries(
    ['A', 'B', 'C', 'D'].map((name, index) => [
      name,
      { Type: ['AWS::S3::Bucket', 'AWS::SNS::Topic', 'AWS::SQS::Queue', 'AWS::IAM::Role'][index] },
    ]),
  ),
});
const layout = layoutMap(graph, [], 'en');
const boxes = [...boxesOf(layout.boxes)];

test('lines run between the boxes, over none of them and over no text', () => {
  const flows = [
    { from: 'internet', to: 'cfn:test/B', decided: true },
    { from: 'cfn:test/A', to: 'cfn:test/D', decided: false },
    { from: 'cfn:test/D', to: 'cfn:test/C', decided: true },
  ];
  const routed = routeFlows(layout, flows);
  assert.equal(routed.length, flows.length);
  for (const { points } of routed) {
    for (const [index, b] of points.slice(1).entries()) {
      const a = points[index];
      assert.ok(a && (a.x === b.x || a.y === b.y), 'pieces are horizontal or vertical');
      for (const box of boxes.filter(({ children }) => children.length === 0)) {
        const through: boolean =
          Math.max(a.x, b.x) > box.x + 1 &&
          Math.min(a.x, b.x) < box.x + box.width - 1 &&
          Math.max(a.y, b.y) > box.y + 1 &&
          Math.min(a.y, b.y) < box.y + box.height - 1;
        assert.equal(through, false, `a line runs over ${box.key}`);
      }
    }
  }
});

test('a flow from or to something without a box is left out', () => {
  assert.deepEqual(routeFlows(layout, [{ from: 'internet', to: 'cfn:test/Nowhere', decided: true }]), []);
});
