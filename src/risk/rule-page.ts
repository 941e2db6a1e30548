import type { Text } from '../kernel/texts.ts';
import type { Response } from '../model/risk.ts';
import type { Effect, Factor } from '../model/safeguard.ts';

/** A safeguard, or one facet of it, that lowers the risks of a rule. */
export interface LoweringSafeguard {
  readonly safeguard: string;
  readonly facet?: string;
  readonly effect: Effect;
}

/** What a risk rule is about, told by the first of its own examples. */
export interface RulePage {
  readonly id: string;
  readonly number: number;
  readonly title: Text;
  readonly factor: Factor;
  readonly statement: { readonly cause: Text; readonly event: Text; readonly effect: Text };
  readonly threat: Text;
  readonly lowers: readonly LoweringSafeguard[];
  readonly seenBy: readonly string[];
  /** What is proposed in the example. */
  readonly response: Response;
}
