import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fuzz } from '../../conformance/wire/fuzz.ts';
import { inFolder } from './program.ts';
import { setUp, startNode } from './up-node.ts';

test('3,000 sound and broken requests get an answer with an id, and never a 500 or a stack trace', () =>
  inFolder(async (folder) => {
    const node = await startNode(folder);
    try {
      const target = { port: Number(new URL(node.endpoint).port), ...setUp(folder) };
      const { problems, statuses } = await fuzz(target, 3_000, 7);
      assert.deepEqual(problems, []);
      assert.ok((statuses.get(200) ?? 0) > 100, 'the sound ones reach the services');
      assert.ok(!node.output().includes('defect'), node.output());
    } finally {
      await node.stop();
    }
  }));
