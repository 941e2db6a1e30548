import { type Recent, recent } from '../../kernel/recent.ts';
import type { CallContext } from '../../platform/context.ts';
import { IDENTITY_TOPIC, moveIdentityVersion } from '../../platform/identity-version.ts';
import type { Ports } from '../../platform/ports.ts';
import type { Operation, Transaction } from '../../store/store.ts';
import type { FoundKey, KeyPlace } from './found-key.ts';

const MOST_KNOWN = 20_000;

/**
 * Keys as they were found under one version of the permissions. Every change of this service moves that version with
 * its commit (`changesIdentity`), and the ports of the next version are others: nothing here outlives a change, on other
 * nodes by no more than the lease of the version.
 */
const known = new WeakMap<Ports, Recent<FoundKey>>();

/** A key that was found before under the same version. */
export function knownKey({ ports }: Pick<CallContext, 'ports'>, place: KeyPlace): FoundKey | undefined {
  return known.get(ports)?.get(nameOf(place));
}

export function rememberKey({ ports }: Pick<CallContext, 'ports'>, place: KeyPlace, found: FoundKey): void {
  let ofVersion = known.get(ports);
  if (!ofVersion) {
    ofVersion = recent(MOST_KNOWN);
    known.set(ports, ofVersion);
  }
  ofVersion.set(nameOf(place), found);
}

/** A transaction of the background work that changes keys: what is remembered of them is forgotten on all nodes. */
export function changingKeys(operations: readonly Operation[], now: number): Transaction {
  return { operations: [...operations, moveIdentityVersion(new Date(now))], announce: IDENTITY_TOPIC };
}

/** Aliases begin with `alias/`, which no id does. */
function nameOf({ account, region, id, alias }: KeyPlace): string {
  return `${account}/${region}/${alias ?? id}`;
}
