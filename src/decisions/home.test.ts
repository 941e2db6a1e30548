import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { openStore } from '../store/open.ts';
import { seal } from './entry.ts';
import { DECISIONS, keepEntry, keptHistories } from './home.ts';
import { propose } from './life.ts';
import { ACCEPT, act } from './testing.ts';

function proposalBy(by: string) {
  return seal(propose(act(by), ACCEPT));
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
    const [history = []] = (await keptHistories(store)).values();
    assert.equal(history.length, 1);
    assert.equal((await store.readEvents(undefined, 10)).length, 1);
  } finally {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  }
});
