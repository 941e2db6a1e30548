import type { Histories } from '../../decisions/heads.ts';
import type { Roots } from '../../decisions/roots.ts';
import type { Text } from '../../kernel/texts.ts';
import type { RiskDecision } from '../../model/decision.ts';
import type { Banner } from '../contract.ts';
import type { Base } from './base.ts';

/** What all pages of one moment are made from. Never changes; the next moment has a view of its own. */
export interface View {
  /** Grows with each assessment and decision. */
  readonly revision: number;
  readonly base: Base;
  /** The name under which the histories are kept. */
  readonly environment: string;
  /** By risk, for those that are gone too. */
  readonly decisions: ReadonlyMap<string, RiskDecision>;
  readonly histories: Histories;
  /** Those of the store alone: what a colleague's file has beyond them is taken over before something is added. */
  readonly kept: Histories;
  /** What is wrong with histories that were left out. */
  readonly historyProblems: readonly Text[];
  readonly roots: Roots;
  /** The roots with the owner's passkeys beside the named signers. */
  readonly passkeyRoots: Roots;
  readonly banner?: Banner;
  readonly watching: boolean;
}
