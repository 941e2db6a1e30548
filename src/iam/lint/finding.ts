import { type Place, placeOf, type Span } from '../../kernel/source-file.ts';
import type { Text } from '../../kernel/texts.ts';
import type { Statement } from '../language/policy.ts';
import type { ActionTable } from '../table/action-table.ts';

export type LintLevel = 'error' | 'security-warning' | 'warning' | 'suggestion';

/** What a policy does wrong or could do better. Codes are those of Access Analyzer where it has one. */
export interface LintFinding {
  readonly code: string;
  readonly level: LintLevel;
  readonly message: Text;
  readonly place?: Place;
}

/** What a policy is for. */
export type PolicyKind = 'identity' | 'resource' | 'trust' | 'service-control' | 'resource-control';

export interface LintContext {
  readonly table: ActionTable;
  readonly kind: PolicyKind;
}

/** A check of one statement. */
export type StatementCheck = (statement: Statement, context: LintContext) => readonly LintFinding[];

export function finding(code: string, level: LintLevel, message: Text, span: Span | undefined): LintFinding {
  return span ? { code, level, message, place: placeOf(span) } : { code, level, message };
}
