import { randomInt } from 'node:crypto';

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz0123456789';

function letters(count: number): string {
  return Array.from({ length: count }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
}

/** Ids in the forms of the Organizations API Reference. */
export const newId = {
  organization: () => `o-${letters(10)}`,
  root: () => `r-${letters(4)}`,
  /** A unit's id holds that of its root. */
  unit: (rootId: string) => `ou-${rootId.slice(2)}-${letters(8)}`,
  policy: () => `p-${letters(10)}`,
  resourcePolicy: () => `rp-${letters(10)}`,
  creation: () => `car-${letters(32)}`,
  invitation: () => `h-${letters(32)}`,
} as const;
