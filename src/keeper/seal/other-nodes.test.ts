import assert from 'node:assert/strict';
import { test } from 'node:test';
import { knownNodes } from './other-nodes.ts';

test('where no control plane tells of nodes, there are none', () => knownNodes().demandNone());

test('what was told before does not count: a node may have started, or ended, since', async () => {
  const nodes = knownNodes();
  nodes.told(['host-b, process 7']);
  const first = nodes.demandNone();
  nodes.told([]);
  await first;
  const second = nodes.demandNone();
  nodes.told(['host-b, process 7', 'host-c, process 8']);
  await assert.rejects(second, {
    code: 'other-nodes',
    message: /other nodes run .*\(host-b, process 7; host-c, process 8\)/,
  });
});

test('a control plane that tells nothing any more is no permission', async () => {
  const nodes = knownNodes(1);
  nodes.told([]);
  await assert.rejects(nodes.demandNone(), /not known while the control plane does not answer/);
});
