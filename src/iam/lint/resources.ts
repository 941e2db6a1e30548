import { text } from '../../kernel/texts.ts';
import type { Part } from '../../model/value.ts';
import type { Element, Statement } from '../language/policy.ts';
import { arnText, compileArn, splitArn } from '../match/arn.ts';
import type { VariableSource } from '../match/text-matcher.ts';
import { type Token, tokensOf } from '../match/tokens.ts';
import type { ActionFacts } from '../table/action-table.ts';
import { NO } from '../truth.ts';
import { finding, type LintContext, type LintFinding, type StatementCheck } from './finding.ts';

/** Checks the form of resource ARNs, and whether the actions of the statement know such resources. */
export const checkResources: StatementCheck = (statement, context) => {
  const list = statement.resources;
  if (list === undefined) return [];
  if (list.items.length === 0) {
    const message = text(
      'this statement includes no resources and does nothing',
      'このステートメントにはリソースがなく、効果がありません',
    );
    return [finding('EMPTY_ARRAY_RESOURCE', 'suggestion', message, statement.span)];
  }
  const malformed = list.items.flatMap(checkForm);
  return malformed.length > 0 ? malformed : checkFit(statement, context);
};

function checkForm({ text: arn, span }: Element): readonly LintFinding[] {
  if (typeof arn !== 'string' || arn === '*') return [];
  if (!arn.startsWith('arn:')) {
    const message = text(`"${arn}" does not begin with arn:`, `「${arn}」は arn: で始まっていません`);
    return [finding('INVALID_ARN_PREFIX', 'error', message, span)];
  }
  const segments = splitArn(arn);
  if (segments === undefined) {
    if (arn.includes('*')) return [];
    const message = text(
      `"${arn}" lacks fields: arn:partition:service:region:account:resource`,
      `「${arn}」はフィールドが足りません(arn:partition:service:region:account:resource)`,
    );
    return [finding('MISSING_ARN_FIELD', 'error', message, span)];
  }
  const account = segments[4] ?? '';
  if (account === '' || account === 'aws' || /[*?$]/.test(account) || /^\d{12}$/.test(account)) return [];
  const message = text(
    `the account "${account}" in the ARN has not twelve digits`,
    `ARNのアカウント「${account}」は12桁の数字ではありません`,
  );
  return [finding('INVALID_ARN_ACCOUNT', 'error', message, span)];
}

/** An action whose resource types match none of the ARNs is allowed or denied nowhere. */
function checkFit(statement: Statement, { table, kind }: LintContext): readonly LintFinding[] {
  const list = statement.resources;
  if (list === undefined || list.negated || statement.actions.negated || kind !== 'identity') return [];
  if (list.items.some((item) => item.text === '*')) return [];
  const patterns = list.items.map((item) => tokensOf(item.text, { wildcards: true, variables: true }));
  return statement.actions.items.flatMap(({ text: name, span }) => {
    if (typeof name !== 'string' || /[*?]/.test(name)) return [];
    const facts = table.action(name);
    if (facts === undefined || fits(facts, patterns)) return [];
    const message = text(
      `${name} knows no resource such as those of this statement${needs(facts).en}`,
      `${name} はこのステートメントのリソースを対象としません${needs(facts).ja}`,
    );
    return [finding('RESOURCE_NOT_FOR_ACTION', 'warning', message, span)];
  });
}

function needs(facts: ActionFacts) {
  const arns = facts.resources.map((resource) => resource.arn).join(', ') || '*';
  return text(` (it needs ${arns})`, `(必要な形式: ${arns})`);
}

function fits(facts: ActionFacts, patterns: readonly (readonly Token[])[]): boolean {
  return facts.resources.some(({ arn }) => {
    const shape = {
      parts: arn
        .split(/(\$\{[^}]*\})/)
        .filter((part) => part !== '')
        .map(placeholder),
    };
    return patterns.some((tokens) => {
      const matches = compileArn(tokens, { whenUnresolved: NO });
      return matches(arnText(shape), ANY_VARIABLE) !== NO;
    });
  });
}

/** `${BucketName}` in the table's ARNs is any text. */
function placeholder(part: string): Part {
  return part.startsWith('${') ? { type: 'parameter', expression: part } : part;
}

const ANY_VARIABLE: VariableSource = { variable: () => 'maybe' };
