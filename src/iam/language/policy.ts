import type { Span } from '../../kernel/source-file.ts';
import type { PartialString } from '../partial.ts';

/**
 * A policy as the engine understands it. Strings may have holes and statements may be there or not, so
 * that a document of AWS and one of a template are the same thing.
 */
export interface Policy {
  /** What people know it by: a file, an ARN, a logical id. */
  readonly name: string;
  readonly id?: string;
  readonly statements: readonly Statement[];
}

export interface Statement {
  /** Position in the document, from 0. */
  readonly index: number;
  readonly sid?: string;
  readonly effect: 'Allow' | 'Deny';
  readonly actions: ElementList;
  /** Absent in trust policies: the statement is about the resource that it is attached to. */
  readonly resources?: ElementList;
  /** Absent in identity policies: the statement is about whoever it is attached to. */
  readonly principals?: PrincipalList;
  readonly conditions: readonly Condition[];
  /** Whether `${…}` is a variable: language version 2012-10-17. */
  readonly variables: boolean;
  /** What decides whether the statement holds at all; empty when it surely does. */
  readonly undecided: readonly string[];
  readonly span?: Span;
}

/** The values of `Action`, `Resource`, … or, negated, of `NotAction`, `NotResource`, …. */
export interface ElementList {
  readonly negated: boolean;
  readonly items: readonly Element[];
}

export interface Element {
  readonly text: PartialString;
  /** Whether the value may be missing from the document. */
  readonly maybe: boolean;
  readonly span?: Span;
}

export type PrincipalType = '*' | 'AWS' | 'Service' | 'Federated' | 'CanonicalUser' | 'unknown';

export interface PrincipalItem extends Element {
  /** `*` for `"Principal": "*"`; `unknown` where the whole element is open. */
  readonly type: PrincipalType;
}

export interface PrincipalList {
  readonly negated: boolean;
  readonly items: readonly PrincipalItem[];
}

export interface Condition {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly Element[];
  readonly span?: Span;
}

/** A statement by its Sid, or by its number from 1. */
export function statementLabel(statement: Statement): string {
  return statement.sid !== undefined && statement.sid !== '' ? statement.sid : `#${statement.index + 1}`;
}
