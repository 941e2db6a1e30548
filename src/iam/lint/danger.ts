import { text } from '../../kernel/texts.ts';
import { compileActions } from '../compile/elements.ts';
import type { Statement } from '../language/policy.ts';
import { YES } from '../truth.ts';
import { finding, type StatementCheck } from './finding.ts';

/** Checks for statements that give away more than their authors tend to mean. */
export const checkDanger: StatementCheck = (statement, { kind }) => {
  if (statement.effect !== 'Allow' || statement.undecided.length > 0 || kind !== 'identity') return [];
  if (allows(statement, '*') && onEverything(statement)) {
    const message = text(
      'this statement allows every action on every resource',
      'このステートメントはすべてのリソースに対するすべてのアクションを許可します',
    );
    return statement.conditions.length > 0
      ? []
      : [finding('FULL_ADMINISTRATION', 'security-warning', message, statement.span)];
  }
  return checkPassRole(statement);
};

function checkPassRole(statement: Statement) {
  if (compileActions(statement.actions)('iam:passrole') !== YES) return [];
  if (statement.conditions.some((condition) => condition.key.toLowerCase() === 'iam:passedtoservice'))
    return [];
  const resources = statement.resources;
  const anyRole = resources?.negated || resources?.items.some((item) => isAnyRole(item.text));
  if (!anyRole) return [];
  const named = allows(statement, 'iam:passrole');
  const code = resources?.negated
    ? named
      ? 'PASS_ROLE_WITH_NOTRESOURCE'
      : 'PASS_ROLE_WITH_STAR_IN_ACTION_AND_NOTRESOURCE'
    : named
      ? 'PASS_ROLE_WITH_STAR_IN_RESOURCE'
      : 'PASS_ROLE_WITH_STAR_IN_ACTION_AND_RESOURCE';
  const message = text(
    'iam:PassRole on any role lets the caller act as every role; name the roles or iam:PassedToService',
    'すべてのロールに対するiam:PassRoleは任意のロールの権限を渡せます。ロールかiam:PassedToServiceを限定してください',
  );
  return [finding(code, 'security-warning', message, statement.span)];
}

function allows(statement: Statement, action: string): boolean {
  return (
    !statement.actions.negated &&
    statement.actions.items.some(
      (item) => typeof item.text === 'string' && item.text.toLowerCase() === action,
    )
  );
}

function onEverything(statement: Statement): boolean {
  const list = statement.resources;
  return list === undefined || (!list.negated && list.items.some((item) => item.text === '*'));
}

function isAnyRole(resource: unknown): boolean {
  return (
    typeof resource === 'string' &&
    (resource === '*' || /^arn:[^:]*:iam::[^:]*:(?:role\/)?\*$/.test(resource))
  );
}
