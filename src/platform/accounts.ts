import { randomInt } from 'node:crypto';
import { collection } from '../store/collection.ts';

/** One AWS account of this installation. */
export interface Account {
  /** 12 digits. */
  readonly id: string;
  readonly name: string;
  readonly email: string;
  /** RFC 3339. */
  readonly created: string;
  readonly status: 'ACTIVE' | 'SUSPENDED' | 'PENDING_CLOSURE';
  /** The account that was made at the first start. */
  readonly first?: boolean;
}

export const ACCOUNTS = collection<Account>({
  name: 'platform-accounts',
  indexes: { first: (account) => (account.first ? 'first' : undefined) },
  unique: ['first'],
});

/**
 * A number for a new account: `0000` and eight random digits, so that people see that it is none of AWS's
 * and that it is not the all-zero one of other programs.
 */
export function newAccountId(): string {
  return `0000${randomInt(10_000_000, 100_000_000)}`;
}
