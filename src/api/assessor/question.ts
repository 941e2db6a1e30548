import type { Language } from '../../kernel/texts.ts';
import type { RiskDecision } from '../../model/decision.ts';
import type { KeyFact } from '../../model/key-fact.ts';
import type { BaseParts } from '../environment/base.ts';
import type { EnvironmentSource } from '../environment/read-base.ts';
import type { TextFormat } from './desk.ts';

/** What the thread that assesses is asked. A state is named by the number that reading it answered. */
export type AssessorQuestion =
  | { readonly kind: 'read'; readonly source: EnvironmentSource; readonly asOf: string }
  | { readonly kind: 'picture'; readonly state: number; readonly language: Language }
  | { readonly kind: 'boxes'; readonly state: number }
  | { readonly kind: 'patch'; readonly state: number; readonly safeguard: string; readonly place: string }
  | {
      readonly kind: 'report';
      readonly state: number;
      readonly format: TextFormat;
      readonly language: Language;
      readonly decisions: readonly RiskDecision[];
    }
  | { readonly kind: 'users-of-key'; readonly state: number; readonly key: KeyFact }
  | { readonly kind: 'release'; readonly state: number };

/** The answer to `read`; the assessment goes before it in pieces. */
export interface ReadAnswer extends Omit<BaseParts, 'assessment' | 'desk'> {
  readonly state: number;
}
