import type { ServiceHost } from '../../platform/service.ts';
import { put } from '../../store/operations.ts';
import { accountKeys } from './collections.ts';
import { countsNow } from './current-root.ts';

const PAGE = 200;

/**
 * Seals the keys of all accounts under a new root key, a page at a time; each can be opened all the while. The
 * earlier root key is forgotten when a whole pass, begun some time after the one before, finds nothing to do: an account
 * key that was made just before the new root key is in the store by then. Whatever happens in between, the next pass
 * goes on.
 */
export function rewrapAccountKeys(host: ServiceHost): () => Promise<void> {
  let passesWithoutWork = 0;
  return async () => {
    const { sealed, previousRoots, rootId } = await host.ports.keeper.status();
    if (sealed || previousRoots === 0) {
      passesWithoutWork = 0;
      return;
    }
    const operations = await countsNow(host, rootId);
    if (operations.length > 0) await host.store.transact({ operations });
    passesWithoutWork = (await pass(host)) === 0 ? passesWithoutWork + 1 : 0;
    if (passesWithoutWork < 2) return;
    await host.ports.keeper.ask('forget-previous-roots', [rootId]);
  };
}

/** @returns how many account keys were sealed anew. */
async function pass({ store, ports }: ServiceHost): Promise<number> {
  let changed = 0;
  let after: string | undefined;
  for (;;) {
    const { records, next } = await store.list(accountKeys, {
      ...(after !== undefined && { after }),
      limit: PAGE,
    });
    for (const { key, value, version } of records) {
      const before = Buffer.from(value.wrapped, 'base64');
      const [wrapped = before] = await ports.keeper.ask('rewrap-account-key', [key, before]);
      if (wrapped.equals(before)) continue;
      changed += 1;
      await store.transact({
        operations: [put(accountKeys, key, { wrapped: wrapped.toString('base64') }, version)],
      });
    }
    if (next === undefined) return changed;
    after = next;
  }
}
