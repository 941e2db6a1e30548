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
