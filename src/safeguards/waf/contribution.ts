import { type Text, text } from '../../kernel/texts.ts';
import { get, stringFrom, type Value } from '../../model/value.ts';

export type WafFacet = 'common' | 'sqli' | 'rate';

/** What one rule does for one facet. */
export interface Contribution {
  readonly facet: WafFacet;
  readonly strength: 'full' | 'partial' | 'unknown' | 'none';
  readonly because: Text;
  readonly at: Value;
  /** It would count in full if no Allow stood before it. */
  readonly early?: boolean;
}

/** What a rule does, before it is said for which facet. */
export type Judgement = Omit<Contribution, 'facet'>;

/** Actions by which a request does not reach the application. */
export const STOPPING = ['Block', 'Captcha', 'Challenge'] as const;

/** What people call a rule. */
export function nameOf(rule: Value): string {
  return stringFrom(get(rule, 'Name')) ?? '?';
}

export function undecidedJudgement(name: string, at: Value): Judgement {
  return {
    strength: 'unknown',
    because: text(`whether ${name} blocks is not decided`, `${name}がブロックするかどうかが未確定です`),
    at,
  };
}

export function scopedDown(name: string, at: Value): Judgement {
  return {
    strength: 'partial',
    because: text(
      `${name} sees only a part of the requests (scope-down)`,
      `${name}は一部のリクエストだけを検査します(スコープダウン)`,
    ),
    at,
  };
}
