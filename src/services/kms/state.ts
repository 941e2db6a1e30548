import { disabled, invalidState, wrongUsage } from './errors.ts';
import { keyArn } from './find.ts';
import type { KeyRecord } from './records.ts';

export type KeyState =
  | 'Enabled'
  | 'Disabled'
  | 'PendingDeletion'
  | 'PendingImport'
  | 'PendingReplicaDeletion'
  | 'Unavailable';

/** Source: AWS KMS Developer Guide, "Key states of AWS KMS keys". */
export function stateOf(key: KeyRecord, now: number): KeyState {
  if (key.awaitsReplicas) return 'PendingReplicaDeletion';
  if (key.deletion) return 'PendingDeletion';
  if (key.unavailable) return 'Unavailable';
  if (lacksMaterial(key, now)) return 'PendingImport';
  return key.enabled ? 'Enabled' : 'Disabled';
}

/** Imported material is gone at the moment when it expires, whether or not that was written down already. */
export function lacksMaterial({ current, materials }: KeyRecord, now: number): boolean {
  const used = materials.filter(({ state }) => state !== 'PENDING_ROTATION');
  return current === undefined || used.some((each) => isMissing(each, now));
}

export function isMissing({ missing, expiresAt }: KeyRecord['materials'][number], now: number): boolean {
  return missing === true || (expiresAt !== undefined && expiresAt <= now);
}

const SAID: Readonly<Record<KeyState, string>> = {
  Enabled: 'is enabled',
  Disabled: 'is disabled',
  PendingDeletion: 'is pending deletion',
  PendingReplicaDeletion: 'is pending replica deletion',
  PendingImport: 'is pending import',
  Unavailable: 'is unavailable',
};

/** @throws AwsError DisabledException, KMSInvalidStateException unless the key can do cryptography. */
export function demandEnabled(key: KeyRecord, now: Date): void {
  const state = stateOf(key, now.getTime());
  if (state === 'Enabled') return;
  throw state === 'Disabled' ? disabled(keyArn(key)) : stateError(key, state);
}

/** @throws AwsError KMSInvalidStateException when the key is in one of the states. */
export function refuseStates(key: KeyRecord, now: Date, ...states: readonly KeyState[]): void {
  const state = stateOf(key, now.getTime());
  if (!states.includes(state)) return;
  throw state === 'Disabled' ? disabled(keyArn(key)) : stateError(key, state);
}

function stateError(key: KeyRecord, state: KeyState) {
  return invalidState(`${keyArn(key)} ${SAID[state]}.`);
}

/** @throws AwsError InvalidKeyUsageException */
export function demandUsage(key: KeyRecord, usage: string, operation: string): void {
  if (key.usage !== usage) throw wrongUsage(keyArn(key), key.usage, operation);
}
