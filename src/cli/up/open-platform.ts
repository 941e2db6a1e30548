import { mkdirSync, readFileSync } from 'node:fs';
import { CONSOLE_COLLECTIONS } from '../../api/collections.ts';
import { type Keeper, keeperConnection, keeperOver, keeperSocket } from '../../keeper/client/index.ts';
import { ACCOUNTS, type Account } from '../../platform/accounts.ts';
import { firstAccount } from '../../platform/bootstrap.ts';
import { checkRootKey } from '../../platform/facts.ts';
import { createPlatform, PLATFORM_COLLECTIONS, type Platform } from '../../platform/platform.ts';
import { SERVICE_COLLECTIONS, SERVICES } from '../../services/registry.generated.ts';
import { openStore } from '../../store/open.ts';
import type { ControlPlaneOptions } from './messages.ts';
import type { Installation } from './options.ts';
import { makeRootKey, readRootKey, rootKeyMissing } from './root-key.ts';

/** An installation that is open, with its first account. */
export interface OpenInstallation {
  readonly platform: Platform;
  readonly account: Account;
  readonly rootKey: Uint8Array;
  readonly keeper: Keeper;
  close(): Promise<void>;
}

/**
 * Opens the store, the root key and the platform. The first start makes the key and the account.
 *
 * @throws HonmaruError `root-key-missing`, `root-key-wrong`, …; StoreError what the store refuses.
 */
export async function openInstallation(
  {
    data,
    database,
    rootKey,
    region,
    protectsKeys = false,
    issuerNetworks = [],
    proxyClient,
  }: Installation & Pick<ControlPlaneOptions, 'protectsKeys' | 'issuerNetworks' | 'proxyClient'>,
  onDefect: (error: unknown) => void,
): Promise<OpenInstallation> {
  mkdirSync(data, { recursive: true, mode: 0o700 });
  const store = await openStore(database, {
    collections: [...PLATFORM_COLLECTIONS, ...SERVICE_COLLECTIONS, ...CONSOLE_COLLECTIONS],
  });
  try {
    const key =
      readRootKey(rootKey) ?? ((await store.count(ACCOUNTS)) === 0 ? makeRootKey(rootKey) : undefined);
    if (key === undefined) throw rootKeyMissing(rootKey);
    const connection = keeperConnection(keeperSocket(data));
    const keeper = keeperOver(connection.ask);
    const platform = createPlatform({
      store,
      rootKey: key,
      services: SERVICES,
      region,
      onDefect,
      keeper,
      protectsKeys,
      settings: {
        issuerNetworks,
        ...(proxyClient && {
          proxyClient: {
            cert: readFileSync(proxyClient.certFile),
            key: readFileSync(proxyClient.keyFile),
          },
        }),
      },
    });
    await checkRootKey(store, platform.seal);
    const account = await firstAccount(store, platform.now());
    return {
      platform,
      account,
      rootKey: key,
      keeper,
      async close() {
        await platform.close();
        connection.close();
        await store.close();
      },
    };
  } catch (error) {
    await store.close();
    throw error;
  }
}
