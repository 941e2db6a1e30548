import type { DecisionEntry, ShownRisk, UnsealedEntry } from '../model/decision.ts';
import type { Risk } from '../model/risk.ts';
import { fingerprintOf } from '../risk/fingerprint.ts';
import { canonicalJson, digest } from './canonical.ts';

/** What somebody who reads this risk is shown, fit to be recorded. */
export function shownRisk(risk: Risk): ShownRisk {
  const canonical = canonicalJson(risk);
  return { canonical, hash: digest(canonical), fingerprint: fingerprintOf(risk) };
}

/** Adds the hash that the next entry names as `previous`. */
export function seal(entry: UnsealedEntry): DecisionEntry {
  return { ...entry, hash: digest(canonicalJson(entry)) };
}

/** Whether an entry is what its hash, and the hash of what was shown, say. */
export function isIntact(entry: DecisionEntry): boolean {
  const { hash, ...unsealed } = entry;
  return digest(canonicalJson(unsealed)) === hash && digest(entry.shown.canonical) === entry.shown.hash;
}

/**
 * The bytes that a signature covers: everything of the entry but the signature and the hash, so what was
 * shown, what was decided about it, by whom, when, and after which entry.
 */
export function signedBytes({ signature, ...entry }: UnsealedEntry & { readonly hash?: string }): string {
  const { hash, ...unsigned } = entry as UnsealedEntry & { readonly hash?: string };
  return canonicalJson(unsigned);
}

/** The risk as it was shown, or undefined where the bytes do not say one. */
export function riskShown({ shown }: Pick<DecisionEntry, 'shown'>): Risk | undefined {
  try {
    const value: unknown = JSON.parse(shown.canonical);
    return isRisk(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Only what the fingerprint and the comparison of facts read. */
function isRisk(value: unknown): value is Risk {
  if (typeof value !== 'object' || value === null) return false;
  const { id, assets, scoring, evidence, current } = value as Record<string, unknown>;
  const lists = [assets, evidence, (scoring as { paths?: unknown } | null | undefined)?.paths];
  return (
    typeof id === 'string' && lists.every(Array.isArray) && typeof current === 'object' && current !== null
  );
}

/** The name of a history: one for each risk of an environment. */
export function historyName({ environment, risk }: Pick<DecisionEntry, 'environment' | 'risk'>): string {
  return JSON.stringify([environment, risk]);
}
