import { randomBytes, randomInt } from 'node:crypto';

/**
 * Prefixes of our own: secret scanners that know AWS's `AKIA` and `ASIA` are not misled, and a key of AWS
 * that is sent here by mistake is recognised at once.
 */
export const LONG_TERM_PREFIX = 'HMKA';
export const TEMPORARY_PREFIX = 'HMSA';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const FORM = /^HM[KS]A[A-Z2-7]{16}$/;
/** An account number has twelve digits: 40 bits, eight letters. */
const ACCOUNT_LETTERS = 8;

/** A new access key id: the prefix, the account, and 40 random bits. */
export function newAccessKeyId(prefix: string, account: string): string {
  return `${prefix}${letters(BigInt(account), ACCOUNT_LETTERS)}${randomLetters(8)}`;
}

/** The account inside an access key id; undefined when the id is none of ours. */
export function accountOfKey(accessKeyId: string): string | undefined {
  if (!FORM.test(accessKeyId)) return undefined;
  let number = 0;
  for (const letter of accessKeyId.slice(4, 4 + ACCOUNT_LETTERS))
    number = number * 32 + ALPHABET.indexOf(letter);
  return number < 1e12 ? String(number).padStart(12, '0') : undefined;
}

/** 40 characters of base 64, as AWS's secrets have. */
export function newSecret(): string {
  return randomBytes(30).toString('base64');
}

/** A unique id such as `AIDA…`: the prefix and 17 letters. */
export function newUniqueId(prefix: string): string {
  return `${prefix}${randomLetters(17)}`;
}

function letters(value: bigint, count: number): string {
  let text = '';
  let rest = value;
  for (let index = 0; index < count; index += 1) {
    text = `${ALPHABET[Number(rest % 32n)]}${text}`;
    rest /= 32n;
  }
  return text;
}

function randomLetters(count: number): string {
  return Array.from({ length: count }, () => ALPHABET[randomInt(32)]).join('');
}
