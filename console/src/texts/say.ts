import type { Text } from '../../../src/api/contract.ts';

/** One message in both languages. */
export function say(en: string, ja: string): Text {
  return { en, ja };
}
