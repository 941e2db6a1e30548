import { collection } from '../store/collection.ts';
import { put } from '../store/operations.ts';
import type { Operation, Store } from '../store/store.ts';
import { AwsError } from '../wire/aws-error.ts';

/** One record whose version moves with every change of who may do what. */
export const IDENTITY_VERSION = collection<{ readonly at: string }>({ name: 'platform-identity' });
const KEY = 'identity';

/** What nodes tell each other when the version moved. */
export const IDENTITY_TOPIC = 'identity';

/** The step that moves the version; part of the transaction that changes something. */
export function moveIdentityVersion(now: Date): Operation {
  return put(IDENTITY_VERSION, KEY, { at: now.toISOString() });
}

/** Age from which a confirmation is renewed in the background. */
const RENEW_MILLISECONDS = 200;
/** Age from which a confirmation is worth nothing. */
export const LEASE_MILLISECONDS = 1_000;

/**
 * Which version of the identities this node knows to be in force. A node that cannot confirm the version
 * refuses: it never goes on with old permissions.
 */
export interface IdentityLease {
  /**
   * Resolves to the version in force, confirmed less than a second ago.
   * @throws AwsError `ServiceUnavailable` (503) when the store does not confirm it in time.
   */
  confirmed(): number | Promise<number>;
  /** This node moved the version itself. */
  moved(version: number): void;
  /** Somebody said that the version moved. */
  doubt(): void;
}

/**
 * @param clock milliseconds that never go back.
 * @param patience how long an answer of the store is waited for, in milliseconds.
 */
export function identityLease(
  store: Pick<Store, 'get'>,
  clock: () => number,
  patience = LEASE_MILLISECONDS,
): IdentityLease {
  let version = -1;
  let confirmedAt = Number.NEGATIVE_INFINITY;
  let renewing: Promise<number> | undefined;
  let doubts = 0;

  async function read(): Promise<number> {
    const asked = clock();
    const before = doubts;
    const record = await store.get(IDENTITY_VERSION, KEY);
    // Versions only grow: an answer that was overtaken by a change of this node's own is not news.
    version = Math.max(version, record?.version ?? 0);
    // What was asked before the latest doubt may be the state that is doubted.
    if (before === doubts) confirmedAt = Math.max(confirmedAt, asked);
    return version;
  }

  function renew(): Promise<number> {
    if (renewing) return renewing;
    const started = within(read(), patience).finally(() => {
      if (renewing === started) renewing = undefined;
    });
    renewing = started;
    return started;
  }

  return {
    confirmed() {
      const age = clock() - confirmedAt;
      if (age < RENEW_MILLISECONDS) return version;
      const renewed = renew();
      if (age >= LEASE_MILLISECONDS) return renewed;
      renewed.catch(() => undefined);
      return version;
    },
    moved(next) {
      version = Math.max(version, next);
    },
    doubt() {
      doubts += 1;
      renewing = undefined;
      confirmedAt = Number.NEGATIVE_INFINITY;
    },
  };
}

async function within<T>(promise: Promise<T>, milliseconds: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('late')), milliseconds);
  });
  try {
    return await Promise.race([promise, late]);
  } catch {
    throw new AwsError('ServiceUnavailable', 'The permissions in force cannot be confirmed right now.', {
      status: 503,
    });
  } finally {
    clearTimeout(timer);
  }
}
