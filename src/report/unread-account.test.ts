import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { readEnvironment } from '../environment/read.ts';
import { overallState } from '../model/safeguard-state.ts';
import { assess } from '../risk/assess.ts';
import { namerOf } from './names.ts';

/** An account of which nothing could be read: collecting was interrupted at once. */
async function assessedUnread() {
  const cwd = mkdtempSync(join(tmpdir(), 'honmaru-unread-'));
  const snapshot = {
    schema: 'honmaru.snapshot/1',
    collectedAt: '2026-01-31T09:00:00Z',
    account: '111122223333',
    partition: 'aws',
    regions: ['eu-west-1'],
    regionsOff: [],
    complete: false,
    parts: [],
  };
  try {
    writeFileSync(join(cwd, 'live.json'), JSON.stringify(snapshot));
    const asOf = '2026-02-01T00:00:00Z';
    return await assess(await readEnvironment({ paths: ['live.json'], cwd, parameters: new Map(), asOf }));
  } finally {
    rmSync(cwd, { recursive: true });
  }
}

describe('an account of which nothing could be read', () => {
  test('has no risk about what stands for the unread', async () => {
    const { risks } = await assessedUnread();
    for (const { path, rule } of risks) {
      assert.ok(!path.some(({ resource }) => resource.startsWith('uncollected:')), rule);
    }
  });

  test('counts and draws nothing that was not read; what is not decided about it has a name', async () => {
    const { environment, findings } = await assessedUnread();
    assert.deepEqual(environment.resources, []);
    const undecided = findings.find(({ resource }) => resource.startsWith('uncollected:'));
    assert.ok(undecided);
    const name = namerOf(environment)(undecided.resource);
    assert.match(name.en, /^AWS::.* \(not collected\)$/);
    assert.match(name.ja, /^AWS::.*\(未収集\)$/);
  });

  test('has no safeguard that is on, off everywhere or not applicable', async () => {
    const { safeguards } = await assessedUnread();
    const states = new Map(
      safeguards.map(({ id, attachments }) => [id, overallState(attachments.map(({ state }) => state))]),
    );
    for (const id of ['waf', 'kms', 'secrets-manager', 'network-firewall', 'guardduty', 'cloudtrail']) {
      assert.equal(states.get(id), 'unknown', id);
    }
  });
});
