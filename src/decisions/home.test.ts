import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { openStore } from '../store/open.ts';
import { seal } from './entry.ts';
import { DECISIONS, keepEntry, keptHistory } from './home.ts';

function proposalBy(by: string) {
  return seal({
    schema: 'honmaru.decision/1',
    risk: 'r1',
    sequence: 0,
    previous: null,
    at: '2026-01-05T09:00:00.000Z',
    by,
    shown: { canonical: '{}', hash: '', fingerprint: 'f' },
    kind: 'proposed',
    treatment: { response: 'reduce', reason: 'safeguards follow' },
  });
}

test('of two entries at once one is kept, with one event, and the other is refused in a sentence', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'honmaru-decisions-'));
  const store = await openStore(join(folder, 'honmaru.db'), { collections: [DECISIONS] });
  try {
    const both = [proposalBy('Tanaka'), proposalBy('Suzuki')].map((entry) => keepEntry(store, entry));
    const results = await Promise.allSettled(both);
    const refused = results.filter((result) => result.status === 'rejected');
    assert.deepEqual(
      refused.map(({ reason }) => reason.code),
      ['decision-conflict'],
    );
    assert.equal((await keptHistory(store, 'r1')).length, 1);
    assert.equal((await store.readEvents(undefined, 10)).length, 1);
  } finally {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  }
});
