import type { Attack, Switch } from '../../../src/api/contract.ts';

/** A safeguard at one place. */
export interface Spot {
  readonly safeguard: string;
  readonly place: string;
}

/** An attack that is being followed, and at which hop it is. */
export interface Following {
  readonly attack: Attack;
  readonly hop: number;
}

/** What the map puts forward at the moment. */
export interface Shown {
  /** The safeguard whose panel is open. */
  readonly spot?: Spot;
  /** Only this safeguard's marks stay strong. */
  readonly only?: string;
  readonly following?: Following;
  readonly switches: readonly Switch[];
  /** A resource to go to. */
  readonly resource?: string;
}

/** The what-if switch of a safeguard at any of several places. */
export function switchAt(
  switches: readonly Switch[],
  safeguard: string,
  places: readonly string[],
): Switch | undefined {
  return switches.find((each) => each.safeguard === safeguard && places.includes(each.place));
}
