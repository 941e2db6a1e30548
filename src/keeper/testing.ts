import { createSecretKey } from 'node:crypto';
import { KeeperError } from './client/errors.ts';
import { type Keeper, keeperOver } from './client/keeper.ts';
import { fieldsOf } from './server.ts';
import { materials } from './vault/materials.ts';
import { vaultOperations } from './vault/operations.ts';

/** A keeper inside the process of a test, with a root key of its own; everything but the socket and the seal. */
export function keeperInProcess(now: () => number = Date.now): Keeper & { seal(): void } {
  const operations = vaultOperations(materials(createSecretKey(Buffer.alloc(32, 9))), now);
  let sealed = false;
  const keeper = keeperOver(async (operation, fields) => {
    if (sealed) throw new KeeperError('sealed');
    const found = operations[operation];
    if (!found) throw new KeeperError('request', 'no such operation');
    const parts = await found(fieldsOf(fields.map((field) => Buffer.from(field))));
    return parts.map((part) => Buffer.from(part));
  });
  return {
    ...keeper,
    seal() {
      sealed = true;
    },
  };
}
