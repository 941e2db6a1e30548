import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { openStore } from '../open.ts';
import { put } from '../operations.ts';
import type { Store } from '../store.ts';
import { type StoreBed, withStore } from './bed.ts';
import { counters, people, testEvent } from './fixtures.ts';

export function describeEvents(bed: StoreBed): void {
  const withFresh = (work: (store: Store, location: string) => Promise<void>) =>
    withStore(bed, [people, counters], work);

  describe('events', () => {
    test('are written with the change that caused them and come back whole and in order', () =>
      withFresh(async (store) => {
        const events = [testEvent({ n: 1, text: '本丸 "\u0000"' }), testEvent({ n: 2 })];
        await store.transact({ operations: [put(people, 'a', { name: 'A' })], events });
        await store.transact({ events: [testEvent({ n: 3 })] });
        const found = await store.readEvents(undefined, 10);
        assert.deepEqual(found[0]?.event, events[0]);
        assert.deepEqual(
          found.map(({ event }) => event.detail.n),
          [1, 2, 3],
        );
      }));

    test('are read onwards from a position, a few at a time', () =>
      withFresh(async (store) => {
        const events = Array.from({ length: 12 }, (_, n) => testEvent({ n }));
        await Promise.all(events.map((event) => store.transact({ events: [event] })));
        const seen: string[] = [];
        let after: string | undefined;
        for (;;) {
          const page = await store.readEvents(after, 5);
          if (page.length === 0) break;
          seen.push(...page.map(({ event }) => event.id));
          after = page.at(-1)?.position;
        }
        assert.equal(seen.length, 12);
        assert.deepEqual(seen.toSorted(), events.map((event) => event.id).toSorted());
      }));

    test('with an id that is there already are refused with their whole transaction', () =>
      withFresh(async (store) => {
        const event = testEvent();
        await store.transact({ events: [event] });
        await assert.rejects(
          store.transact({ operations: [put(people, 'a', { name: 'A' })], events: [event] }),
          { code: 'store-event-duplicate' },
        );
        assert.equal(await store.get(people, 'a'), undefined);
      }));

    test('that are appended together stand in line with the others and are read apart', () =>
      withFresh(async (store) => {
        const written = (n: number) => {
          const event = testEvent({ n, text: 'a\nb' });
          return { id: event.id, envelope: JSON.stringify(event) };
        };
        await store.transact({ events: [testEvent({ n: 0 })] });
        await store.append([written(1), written(2), written(3)]);
        await store.append([]);
        await store.append([written(4)]);
        await store.transact({ events: [testEvent({ n: 5 })] });
        const seen: unknown[] = [];
        let after: string | undefined;
        for (;;) {
          const page = await store.readEvents(after, 2);
          if (page.length === 0) break;
          seen.push(...page.map(({ event }) => event.detail.n));
          after = page.at(-1)?.position;
        }
        assert.deepEqual(seen, [0, 1, 2, 3, 4, 5]);
        await assert.rejects(store.append([{ id: 'x', envelope: '{\n}' }]), TypeError);
      }));

    test('that were appended together are deleted when every subscriber has passed the last', () =>
      withFresh(async (store) => {
        const written = Array.from({ length: 3 }, () => {
          const event = testEvent();
          return { id: event.id, envelope: JSON.stringify(event) };
        });
        await store.append(written);
        const tomorrow = new Date(Date.now() + 86_400_000);
        const [, second, third] = await store.readEvents(undefined, 3);
        assert.ok(second && third);
        await store.saveCursor({ subscriber: 's', position: second.position });
        const early = await store.pruneEvents(tomorrow);
        await store.saveCursor({ subscriber: 's', position: third.position });
        assert.equal(early + (await store.pruneEvents(tomorrow)), 3);
        // Nothing is left, and still no position is given again.
        await store.append(written.slice(0, 1));
        assert.equal((await store.readEvents(third.position, 10)).length, 1);
      }));

    test('larger than EventBridge takes are refused', () =>
      withFresh(async (store) => {
        const events = [testEvent({ text: 'x'.repeat(256 * 1024) })];
        await assert.rejects(store.transact({ events }), { code: 'store-limit' });
      }));

    test('call listeners of this process after the commit', () =>
      withFresh(async (store) => {
        let calls = 0;
        const end = store.onEvents(() => {
          calls += 1;
        });
        await store.transact({ operations: [put(people, 'a', { name: 'A' })] });
        await store.transact({ events: [testEvent()] });
        end();
        await store.transact({ events: [testEvent()] });
        assert.equal(calls, 1);
      }));
  });

  describe('cursors', () => {
    test('stay where a subscriber left them and only move forward', () =>
      withFresh(async (store, location) => {
        await store.transact({ events: [testEvent(), testEvent()] });
        const [one, two] = await store.readEvents(undefined, 2);
        assert.ok(one && two);
        assert.equal(await store.readCursor('mailer'), undefined);
        assert.equal(await store.saveCursor({ subscriber: 'mailer', position: two.position }), true);
        assert.equal(await store.saveCursor({ subscriber: 'mailer', position: one.position }), false);
        assert.equal(await store.saveCursor({ subscriber: 'mailer', position: two.position }), false);
        const again = await openStore(location, { collections: [people, counters] });
        assert.equal(await again.readCursor('mailer'), two.position);
        await again.close();
        assert.deepEqual(await store.readEvents(two.position, 10), []);
      }));

    test('that move with records let a subscriber act on each event once', () =>
      withFresh(async (store) => {
        await store.transact({ events: [testEvent()] });
        const [first] = await store.readEvents(undefined, 1);
        assert.ok(first);
        const cursor = { subscriber: 'counter', position: first.position };
        const handle = (count: number) =>
          store.transact({ operations: [put(counters, 'c', { count })], cursor });
        const results = await Promise.allSettled([handle(1), handle(1), handle(1)]);
        assert.equal(results.filter((result) => result.status === 'fulfilled').length, 1);
        await assert.rejects(handle(2), { code: 'store-cursor' });
        assert.equal((await store.get(counters, 'c'))?.value.count, 1);
      }));

    test('take no position that the store never gave', () =>
      withFresh(async (store) => {
        for (const position of ['', 'x', '-1', '1.2.3', '1e3', `${'9'.repeat(20)}.1`]) {
          await assert.rejects(store.saveCursor({ subscriber: 's', position }), { code: 'store-cursor' });
          await assert.rejects(store.readEvents(position, 1), { code: 'store-cursor' });
        }
      }));

    test('let old events be deleted when every subscriber has passed them', () =>
      withFresh(async (store) => {
        const tomorrow = new Date(Date.now() + 86_400_000);
        for (let n = 0; n < 4; n += 1) await store.transact({ events: [testEvent({ n })] });
        const positions = (await store.readEvents(undefined, 4)).map(({ position }) => position);
        assert.equal(await store.pruneEvents(tomorrow), 0);
        await store.saveCursor({ subscriber: 'fast', position: positions[3] ?? '' });
        await store.saveCursor({ subscriber: 'slow', position: positions[1] ?? '' });
        assert.equal(await store.pruneEvents(new Date(0)), 0);
        assert.equal(await store.pruneEvents(tomorrow), 2);
        const left = await store.readEvents(undefined, 10);
        assert.deepEqual(
          left.map(({ event }) => event.detail.n),
          [2, 3],
        );
      }));
  });
}
