import type { KeyFact } from '../model/key-fact.ts';

/** What is known of the environment that keeps its data under keys of this installation. */
export interface DependentsPort {
  /** Names of what keeps its data under a key; empty where no environment is assessed, or none does. */
  ofKey(key: KeyFact): Promise<readonly string[]>;
  /** Whether this installation refuses to lose a key that something depends on. */
  readonly protectsKeys: boolean;
}

/** The same, told by whoever reads the environment: later than the platform is there. */
export interface Dependents extends DependentsPort {
  toldBy(ofKey: DependentsPort['ofKey']): void;
}

export function dependents(protectsKeys: boolean): Dependents {
  let ask: DependentsPort['ofKey'] = async () => [];
  return {
    protectsKeys,
    ofKey: (key) => ask(key),
    toldBy(ofKey) {
      ask = ofKey;
    },
  };
}
