import { codeOf, stepAt } from '../../src/services/iam/totp.ts';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

const STEP = 30_000;
const TIME_TO_REGISTER = 8_000;

/**
 * An authenticator app that holds a secret: each call shows the next code, beginning two steps ago. Four codes are
 * accepted without waiting: two of the past to register, the present one, and the next. The device is given early
 * enough in a step that the first two are not old when they arrive.
 */
export async function codeDevice(secret: string): Promise<() => string> {
  const seed = fromBase32(secret);
  const left = STEP - (Date.now() % STEP);
  if (left < TIME_TO_REGISTER) await new Promise((resolve) => setTimeout(resolve, left));
  let step = stepAt(Date.now()) - 2;
  return () => {
    const code = codeOf(seed, step);
    step += 1;
    return code;
  };
}

/** RFC 4648, section 6. */
function fromBase32(text: string): Buffer {
  const bits = [...text.replaceAll('=', '')]
    .map((letter) => LETTERS.indexOf(letter).toString(2).padStart(5, '0'))
    .join('');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}
