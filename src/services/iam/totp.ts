import { createHmac, timingSafeEqual } from 'node:crypto';

/** Time-based one-time passwords as virtual MFA devices make them. Source: RFC 6238 and RFC 4226 (HMAC-SHA-1). */

const STEP_MILLISECONDS = 30_000;
const DIGITS = 6;

/** How far a device's clock may be off when a code is checked, in steps. */
const USUAL_WINDOW = 1;
/** How far it may be off when two consecutive codes say so (EnableMFADevice, ResyncMFADevice). */
const RESYNC_WINDOW = 20;

/** The step that a moment falls into. */
export function stepAt(milliseconds: number): number {
  return Math.floor(milliseconds / STEP_MILLISECONDS);
}

/** The code of a step. */
export function codeOf(seed: Uint8Array, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const digest = createHmac('sha1', seed).update(counter).digest();
  const offset = (digest.at(-1) ?? 0) & 0x0f;
  const number = digest.readUInt32BE(offset) & 0x7fff_ffff;
  return String(number % 10 ** DIGITS).padStart(DIGITS, '0');
}

export interface DeviceClock {
  readonly drift: number;
  readonly lastStep: number;
}

/** The step of a code that a device shows now, or undefined when it is wrong or was used before. */
export function acceptCode(
  seed: Uint8Array,
  code: string,
  now: number,
  { drift, lastStep }: DeviceClock,
): number | undefined {
  const middle = stepAt(now) + drift;
  return stepsAround(middle, USUAL_WINDOW).find((step) => step > lastStep && shows(seed, step, code));
}

/** The clock of a device that shows two codes one after the other, or undefined when it does not. */
export function clockFromCodes(
  seed: Uint8Array,
  codes: readonly [string, string],
  now: number,
  lastStep: number,
): DeviceClock | undefined {
  const [first, second] = codes;
  const middle = stepAt(now);
  const step = stepsAround(middle, RESYNC_WINDOW).find(
    (each) => each > lastStep && shows(seed, each, first) && shows(seed, each + 1, second),
  );
  // The second code is the newest one: it is the device's present step, or the one just past.
  return step === undefined ? undefined : { drift: driftOf(step + 1 - middle), lastStep: step + 1 };
}

/** Somebody who types two codes is up to one step late; that is no drift. */
function driftOf(ahead: number): number {
  return Math.abs(ahead) <= USUAL_WINDOW ? 0 : ahead;
}

/** The nearest steps come first. */
function stepsAround(middle: number, window: number): readonly number[] {
  const steps = [middle];
  for (let away = 1; away <= window; away += 1) steps.push(middle - away, middle + away);
  return steps.filter((step) => step >= 0);
}

function shows(seed: Uint8Array, step: number, code: string): boolean {
  const right = Buffer.from(codeOf(seed, step));
  const given = Buffer.from(code);
  return right.length === given.length && timingSafeEqual(right, given);
}

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** RFC 4648 base 32 without padding, as authenticator programs take a seed. */
export function base32(bytes: Uint8Array): string {
  let bits = 0;
  let value = 0;
  let out = '';
  for (const byte of bytes) {
    value = (value << 8) | byte;
    bits += 8;
    while (bits >= 5) {
      out += BASE32[(value >>> (bits - 5)) & 31];
      bits -= 5;
    }
  }
  return bits > 0 ? out + BASE32[(value << (5 - bits)) & 31] : out;
}
