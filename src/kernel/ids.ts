import { hash } from 'node:crypto';

/**
 * A short identifier that is the same for the same parts on every machine: the first 80 bits of a
 * SHA-256 over the length-prefixed parts, in Crockford's base 32 (16 characters).
 */
export function stableId(...parts: readonly string[]): string {
  let text = '';
  for (const part of parts) text += `${Buffer.byteLength(part)}:${part}`;
  return base32(hash('sha256', text, 'hex').slice(0, 20));
}

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

/** The two letters of every ten bits. */
const PAIRS = Array.from({ length: 1024 }, (_, bits) => `${ALPHABET[bits >> 5]}${ALPHABET[bits & 31]}`);

/** Hexadecimal digits, a multiple of five, in base 32: twenty bits are five digits and four letters. */
function base32(digits: string): string {
  let out = '';
  for (let at = 0; at < digits.length; at += 5) {
    const bits = Number.parseInt(digits.slice(at, at + 5), 16);
    out += `${PAIRS[bits >> 10]}${PAIRS[bits & 1023]}`;
  }
  return out;
}
