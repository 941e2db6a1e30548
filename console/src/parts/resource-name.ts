import type { Text } from '../../../src/api/contract.ts';
import { PSEUDO_NAMES } from '../texts/words.ts';

/** What people call a resource; the account, the region and the internet have names in both languages. */
export function resourceName(id: string, name: string, t: (text: Text) => string): string {
  const known = Object.hasOwn(PSEUDO_NAMES, id) ? PSEUDO_NAMES[id] : undefined;
  return known ? t(known) : name;
}
