import type { SourceFile } from '../../kernel/source-file.ts';
import { text } from '../../kernel/texts.ts';
import { readPolicyDocument } from '../language/parse-policy.ts';
import type { Policy } from '../language/policy.ts';
import type { ActionTable } from '../table/action-table.ts';
import { checkActions } from './actions.ts';
import { checkConditions } from './conditions.ts';
import { checkDanger } from './danger.ts';
import { checkDocumentAsWhole, checkVariables } from './document.ts';
import type { LintContext, LintFinding, PolicyKind, StatementCheck } from './finding.ts';
import { checkPrincipals } from './principals.ts';
import { checkResources } from './resources.ts';

const CHECKS: readonly StatementCheck[] = [
  checkPrincipals,
  checkActions,
  checkResources,
  checkConditions,
  checkVariables,
  checkDanger,
];

export interface LintOptions {
  readonly table: ActionTable;
  /** What the policy is for; read from its statements when left out. */
  readonly kind?: PolicyKind;
}

/**
 * Looks for flaws in a policy document: what IAM would refuse, names that do not exist, and statements
 * that give more than they seem to.
 *
 * @throws InputError when the document is no JSON, too large or too deep.
 */
export function lintDocument(file: SourceFile, options: LintOptions): readonly LintFinding[] {
  const { policy, problems } = readPolicyDocument(file);
  const refused = problems.map(
    (problem): LintFinding => ({
      code: problem.code.toUpperCase().replaceAll('-', '_'),
      level: 'error',
      message: problem.message,
      ...(problem.place ? { place: problem.place } : {}),
    }),
  );
  const versionless = /"Version"/.test(file.text) ? [] : [missingVersion()];
  return [...refused, ...versionless, ...lintPolicy(policy, options)];
}

/** Looks for flaws in a policy that was read already. */
export function lintPolicy(policy: Policy, options: LintOptions): readonly LintFinding[] {
  const context: LintContext = { table: options.table, kind: options.kind ?? kindOf(policy) };
  return [
    ...checkDocumentAsWhole(policy),
    ...policy.statements.flatMap((statement) => CHECKS.flatMap((check) => check(statement, context))),
  ];
}

/** A policy with principals belongs to a resource, one without resources to a role. */
export function kindOf(policy: Policy): PolicyKind {
  if (!policy.statements.some((statement) => statement.principals)) return 'identity';
  return policy.statements.every((statement) => statement.resources === undefined) ? 'trust' : 'resource';
}

function missingVersion(): LintFinding {
  return {
    code: 'MISSING_VERSION',
    level: 'warning',
    message: text(
      'the policy has no Version and is read as 2008-10-17, without variables',
      'Versionがないため、変数のない2008-10-17として扱われます',
    ),
  };
}
