import type { Place } from '../../kernel/source-file.ts';

/** Why an operation of IAM refuses a policy document, in AWS's words. */
export interface GrammarFailure {
  readonly code: 'MalformedPolicyDocument' | 'LimitExceeded';
  readonly status: 400 | 409;
  readonly message: string;
  /** Where in the document. */
  readonly place: Place;
}

/** A flaw of a node: AWS's message and the offset that shows it. */
export interface Flaw {
  readonly message: string;
  readonly offset: number;
}

export const SYNTAX_ERROR = 'Syntax errors in policy.';
export const LEGACY_ERROR = 'The policy failed legacy parsing';
