import assert from 'node:assert/strict';
import { test } from 'node:test';
import { graphOf } from '../environment/testing.ts';
import { controlsFor, judgedTypes } from './load.ts';
import { CONTROLS } from './registry.generated.ts';
import { runControls } from './run.ts';

const graph = graphOf({
  Resources: { Files: { Type: 'AWS::S3::Bucket' }, Jobs: { Type: 'AWS::SQS::Queue' } },
});

test('only controls of types that are there are loaded', async () => {
  const loaded = await controlsFor(graph);
  assert.ok(loaded.length > 10 && loaded.length < CONTROLS.length / 2);
  assert.ok(loaded.every((control) => graph.ofType(...control.resourceTypes).length > 0));
});

test('the loaded controls find what all controls find', async () => {
  assert.deepEqual(runControls(graph, await controlsFor(graph)), runControls(graph, CONTROLS));
});

test('the types that controls judge are known without loading them', () => {
  assert.deepEqual(judgedTypes(), new Set(CONTROLS.flatMap((control) => control.resourceTypes)));
});
