import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { ServiceHost } from '../../platform/service.ts';
import type { TestBed } from '../../platform/testing.ts';
import { put } from '../../store/operations.ts';
import { accountKeys } from './collections.ts';
import { rewrapAccountKeys } from './rewrap.ts';
import { kmsBed } from './testing.ts';

const ACCOUNTS = 210;

describe('account keys under a new root key', () => {
  let bed: TestBed;
  before(async () => {
    bed = await kmsBed();
    const all = Array.from({ length: ACCOUNTS }, (_, index) => String(index).padStart(12, '0'));
    for (let at = 0; at < ACCOUNTS; at += 105) {
      const operations = all
        .slice(at, at + 105)
        .map((account) => put(accountKeys, account, { wrapped: wrappedUnder('old', account) }, 'absent'));
      await bed.store.transact({ operations });
    }
  });
  after(() => bed.close());

  const wrappedUnder = (root: string, account: string) =>
    Buffer.from(`${root} ${account}`).toString('base64');

  /** A keeper with two root keys that stops answering after some questions. */
  function keeperOf(facts: { previousRoots: number; answers: number }): ServiceHost['ports']['keeper'] {
    const keeper = {
      status: async () => ({ sealed: false, previousRoots: facts.previousRoots, rootId: 'new' }),
      async ask(operation: string, [account]: readonly (string | Uint8Array)[]) {
        if (operation === 'forget-previous-roots') {
          assert.equal(account, 'new');
          facts.previousRoots = 0;
          return [];
        }
        facts.answers -= 1;
        if (facts.answers < 0) throw new Error('the keeper is gone');
        return [Buffer.from(wrappedUnder('new', String(account)), 'base64')];
      },
    };
    return keeper as unknown as ServiceHost['ports']['keeper'];
  }

  test('every key is sealed anew, a pass that breaks goes on, and only then the old root key is forgotten', async () => {
    const facts = { previousRoots: 1, answers: 205 };
    const ports = { ...(await bed.ports()), keeper: keeperOf(facts) };
    const rewrap = rewrapAccountKeys({
      store: bed.store,
      ports,
      now: bed.now,
      region: 'us-east-1',
    } as ServiceHost);
    await assert.rejects(rewrap(), /the keeper is gone/);
    facts.answers = Number.POSITIVE_INFINITY;
    await rewrap();
    for (const account of ['000000000000', '000000000209']) {
      const stored = await bed.store.get(accountKeys, account);
      assert.equal(stored?.value.wrapped, wrappedUnder('new', account));
    }
    await rewrap();
    assert.equal(facts.previousRoots, 1);
    await bed.store.transact({
      operations: [
        put(accountKeys, '000099999999', { wrapped: wrappedUnder('old', '000099999999') }, 'absent'),
      ],
    });
    await rewrap();
    await rewrap();
    assert.equal(facts.previousRoots, 1);
    await rewrap();
    assert.equal(facts.previousRoots, 0);
    const late = await bed.store.get(accountKeys, '000099999999');
    assert.equal(late?.value.wrapped, wrappedUnder('new', '000099999999'));
  });
});
