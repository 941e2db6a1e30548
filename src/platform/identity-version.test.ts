import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { StoredRecord } from '../store/store.ts';
import { identityLease } from './identity-version.ts';

/** A store of which the answers can be held back, as when its packets are dropped. */
function slowStore() {
  let version = 1;
  let asked = 0;
  const waiting: (() => void)[] = [];
  return {
    asked: () => asked,
    move: (next: number) => {
      version = next;
    },
    cut: false,
    answerAll() {
      for (const each of waiting.splice(0)) each();
    },
    async get<T>(): Promise<StoredRecord<T> | undefined> {
      asked += 1;
      if (this.cut) await new Promise<void>((resolve) => waiting.push(resolve));
      return { key: 'identity', version, value: {} as T };
    },
  };
}

describe('the lease on the version of the identities', () => {
  test('answers from memory while it is fresh, and asks anew soon', async () => {
    const store = slowStore();
    let time = 0;
    const lease = identityLease(store, () => time);
    assert.equal(await lease.confirmed(), 1);
    time = 100;
    assert.equal(lease.confirmed(), 1);
    assert.equal(store.asked(), 1);
    store.move(2);
    time = 300;
    assert.equal(lease.confirmed(), 1, 'less than a second old');
    await new Promise(setImmediate);
    assert.equal(lease.confirmed(), 2);
  });

  test('refuses when the store does not confirm the version within a second', async () => {
    const store = slowStore();
    let time = 0;
    const patience = 5;
    const lease = identityLease(store, () => time, patience);
    await lease.confirmed();
    store.cut = true;
    time = 999;
    assert.equal(lease.confirmed(), 1);
    time = 1_001;
    await assert.rejects(Promise.resolve(lease.confirmed()), { code: 'ServiceUnavailable', status: 503 });
    store.cut = false;
    store.answerAll();
    assert.equal(await lease.confirmed(), 1);
  });

  test('asks at once when somebody said that the version moved', async () => {
    const store = slowStore();
    const lease = identityLease(store, () => 0);
    await lease.confirmed();
    store.move(7);
    lease.doubt();
    assert.equal(await lease.confirmed(), 7);
  });

  test('does not go back behind what this node changed itself', async () => {
    const store = slowStore();
    let time = 0;
    const lease = identityLease(store, () => time);
    await lease.confirmed();
    lease.moved(9);
    time = 2_000;
    assert.equal(await lease.confirmed(), 9);
  });
});
