import type { StoreReader } from '../../platform/context.ts';
import type { Principal } from '../../platform/identity.ts';
import type { Ports } from '../../platform/ports.ts';
import type { Operation } from '../../store/store.ts';
import type { CodeGuesses } from './code-guesses.ts';
import { mfaDevices } from './collections.ts';
import { byId, save } from './find.ts';
import { acceptCode } from './totp.ts';

/** What the seed of a virtual device is sealed for. */
export function seedPurpose(serial: string): string {
  return `iam/mfa/${serial}`;
}

interface CodeHost {
  readonly store: StoreReader;
  readonly ports: Pick<Ports, 'seal'>;
  readonly guesses: CodeGuesses;
}

/**
 * Checks a code of a user's device; undefined when the device is not the user's, or the code is wrong or was
 * used, or after too many wrong ones. The returned operations mark it as used.
 */
export async function useCode(
  { store, ports, guesses }: CodeHost,
  user: Principal,
  serial: string,
  code: string,
  now: Date,
): Promise<readonly Operation[] | undefined> {
  const device = await byId(store, mfaDevices, serial);
  if (device?.value.userId !== user.id || device.value.seed === undefined) return undefined;
  const guess = { user: user.id, code, at: now.getTime() };
  if (!guesses.mayTry(guess)) return undefined;
  const seed = await ports.seal.open(device.value.seed, seedPurpose(serial));
  const step = acceptCode(seed, code, now.getTime(), device.value);
  if (step === undefined) {
    guesses.wrong(guess);
    return undefined;
  }
  guesses.right(guess);
  return [save(mfaDevices, device, { lastStep: step })];
}
