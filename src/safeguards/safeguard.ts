import type { ResourceGraph } from '../environment/graph.ts';
import type { Text } from '../kernel/texts.ts';
import type { Remedy } from '../model/remedy.ts';
import type { Basis, Resource } from '../model/resource.ts';
import type { Effect, FacetState, Factor, PriceClass, SafeguardState } from '../model/safeguard.ts';
import type { Value } from '../model/value.ts';

/** A protective service: where it attaches, when it is on there, what it stops and what it does not. */
export interface Safeguard {
  readonly id: string;
  readonly name: Text;
  /** Other names and spellings by which people search for it. */
  readonly alsoKnownAs: readonly string[];
  readonly factor: Factor;
  readonly effect: Effect;
  readonly price: PriceClass;
  /** What it is called, and costs, where nothing of AWS was read: other people's software does it there. */
  readonly offAws?: { readonly name: Text; readonly price: PriceClass };
  readonly stops: Text;
  readonly doesNotStop: Text;
  readonly confusedWith?: Text;
  /** The parts that are on or off by themselves, with their names. */
  readonly facets?: readonly FacetName[];
  /** Resource types at which it attaches; account-level ones attach to `Account::Account` or `Account::Region`. */
  readonly attachesTo: readonly string[];
  /** The state at one place, or undefined where the safeguard has no business there. */
  presence(graph: ResourceGraph, place: Resource): Presence | undefined;
  /**
   * How it is put on at a place.
   *
   * @param facets the parts that are wanted; left out, what puts the safeguard itself on.
   */
  remedy(graph: ResourceGraph, place: Resource, facets?: readonly string[]): Remedy;
}

/** A facet's id, as guards look it up, and what people call it. */
export interface FacetName {
  readonly id: string;
  readonly name: Text;
}

/** The state at one place with the fact that decides it. */
export interface Presence {
  readonly state: SafeguardState;
  readonly because: Text;
  readonly facets?: readonly FacetState[];
  /** Who said so, where that is not who declared the place (default: the place's basis). */
  readonly basis?: Basis;
  /** The value that decides it; its place is shown. */
  readonly at?: Value;
  readonly undecided?: readonly Value[];
}

/** Declares a safeguard; the folder's generated registry finds it by its file. */
export function safeguard(definition: Safeguard): Safeguard {
  return definition;
}
