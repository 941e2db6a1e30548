import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { text } from '../../kernel/texts.ts';
import { openStore } from '../../store/open.ts';
import { DIARY_COLLECTIONS, openDiary } from './diary.ts';
import type { View } from './view.ts';

/** A view as far as the diary reads it. */
function viewOf(failing: readonly string[], bands: readonly ('low' | 'medium' | 'high')[]): View {
  const risks = bands.map((band, index) => ({
    id: `r${index}`,
    title: text('risk', 'リスク'),
    band: { current: band },
    current: { low: 1, high: 9 },
  }));
  const findings = failing.map((id) => ({ id, status: 'FAIL' }));
  return {
    environment: 'webapp',
    decisions: new Map([['r0', { risk: 'r0', status: 'accepted', counts: true }]]),
    base: { assessment: { risks, findings } },
  } as unknown as View;
}

describe('what was seen on earlier days', () => {
  test('counts per band and day, the changes since, and how long findings took', async () => {
    const store = await openStore(':memory:', { collections: DIARY_COLLECTIONS });
    const diary = openDiary(store);
    await diary.note(viewOf(['f1', 'f2'], ['high', 'high']), new Date('2026-01-30T08:00:00Z'));
    await diary.note(viewOf(['f1', 'f2'], ['high', 'high']), new Date('2026-01-30T09:00:00Z'));
    assert.equal(await diary.meanTimeToClose('webapp'), undefined);
    await diary.note(viewOf(['f2', 'f3'], ['high', 'low']), new Date('2026-01-31T08:00:00Z'));
    const days = await diary.days('webapp');
    assert.deepEqual(
      days.map(({ day, open }) => [day, open]),
      [
        ['2026-01-30', { low: 0, medium: 0, high: 1 }],
        ['2026-01-31', { low: 1, medium: 0, high: 0 }],
      ],
      'an accepted risk is not open',
    );
    assert.deepEqual(await diary.meanTimeToClose('webapp'), { hours: 24, of: 1 });
    const before = await diary.lastBefore('webapp', '2026-01-31');
    assert.deepEqual(before?.failing, ['f1', 'f2']);
    assert.equal(await diary.lastBefore('webapp', '2026-01-30'), undefined);
    assert.equal(await diary.lastBefore('other', '2026-01-31'), undefined);
    await store.close();
  });
});
