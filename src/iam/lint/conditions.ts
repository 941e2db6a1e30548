import { text } from '../../kernel/texts.ts';
import { parseDate } from '../conditions/date.ts';
import { parseRange } from '../conditions/ip.ts';
import { parseNumber } from '../conditions/number.ts';
import { type ConditionOperator, parseOperator } from '../conditions/operator.ts';
import type { Condition } from '../language/policy.ts';
import { globalKeyType } from '../table/global-keys.ts';
import { finding, type LintContext, type LintFinding, type StatementCheck } from './finding.ts';

/** Checks condition keys, operators and values. */
export const checkConditions: StatementCheck = (statement, context) =>
  statement.conditions.flatMap((condition) => {
    const operator = parseOperator(condition.operator);
    if (operator === undefined) return [];
    return [
      ...checkKey(condition, context),
      ...checkQualifier(condition, operator, context),
      ...condition.values.flatMap((value) => checkValue(condition, operator, value.text)),
      ...checkEmpty(condition),
    ];
  });

function checkEmpty(condition: Condition): readonly LintFinding[] {
  if (condition.values.length > 0) return [];
  const message = text(
    `there are no values for ${condition.key}: the condition compares with nothing`,
    `${condition.key} の値がなく、何とも比較されません`,
  );
  return [finding('EMPTY_ARRAY_CONDITION', 'suggestion', message, condition.span)];
}

function checkKey(condition: Condition, { table }: LintContext): readonly LintFinding[] {
  const { key, span } = condition;
  const colon = key.indexOf(':');
  if (colon < 0) {
    const message = text(
      `"${key}" has not the form service:key`,
      `「${key}」は service:key の形式ではありません`,
    );
    return [finding('INVALID_CONDITION_KEY_FORMAT', 'error', message, span)];
  }
  const service = key.slice(0, colon).toLowerCase();
  if (service === 'aws') {
    if (globalKeyType(key) !== undefined) return [];
    const message = text(
      `there is no global condition key "${key}"`,
      `「${key}」というグローバル条件キーはありません`,
    );
    return [finding('INVALID_GLOBAL_CONDITION_KEY', 'error', message, span)];
  }
  if (!table.hasService(service) || keyType(key, service, table) !== undefined) return [];
  const message = text(
    `the service ${service} has no condition key "${key}"`,
    `サービス ${service} に条件キー「${key}」はありません`,
  );
  return [finding('INVALID_SERVICE_CONDITION_KEY', 'error', message, span)];
}

/** The type of a service's key; a placeholder in the table's key stands for any text. */
function keyType(key: string, service: string, table: LintContext['table']): string | undefined {
  const wanted = key.toLowerCase();
  for (const { key: known, type } of table.keysOf(service)) {
    const shape = known.toLowerCase();
    const open = shape.search(/[<$/]/);
    const begin = shape.slice(0, shape[open] === '/' ? open + 1 : open);
    if (open < 0 ? shape === wanted : wanted.startsWith(begin)) return type;
  }
  return undefined;
}

function checkQualifier(
  condition: Condition,
  operator: ConditionOperator,
  { table }: LintContext,
): readonly LintFinding[] {
  const { key, span } = condition;
  if (operator.qualifier === undefined) return [];
  if (operator.comparison.family === 'null') {
    const message = text(
      'Null with a set qualifier is always true or always false',
      'Nullに集合演算子を付けると、常に真または偽になります',
    );
    return [finding('NULL_WITH_QUALIFIER', 'suggestion', message, span)];
  }
  const type = globalKeyType(key) ?? keyType(key, key.split(':', 1)[0] ?? '', table);
  if (operator.qualifier !== 'ForAllValues' || type === undefined || type.startsWith('ArrayOf')) return [];
  const message = text(
    `ForAllValues holds when ${key} is absent; the key has one value, leave the qualifier out`,
    `ForAllValuesは ${key} がないときも成立します。単一値のキーなので、この集合演算子は不要です`,
  );
  return [finding('FORALLVALUES_WITH_SINGLE_VALUED_KEY', 'security-warning', message, span)];
}

const WRONG = {
  numeric: ['TYPE_MISMATCH_NUMBER', text('is no number', 'は数値ではありません')],
  date: ['TYPE_MISMATCH_DATE', text('is no date', 'は日付ではありません')],
  bool: ['TYPE_MISMATCH_BOOLEAN', text('is neither true nor false', 'はtrueでもfalseでもありません')],
  ip: ['TYPE_MISMATCH_IP_RANGE', text('is no address range', 'はIPアドレスの範囲ではありません')],
} as const;

const MEANINGFUL = {
  numeric: (value: string) => parseNumber(value) !== undefined,
  date: (value: string) => parseDate(value) !== undefined,
  bool: (value: string) => /^(?:true|false)$/i.test(value),
  ip: (value: string) => parseRange(value) !== undefined,
} as const;

function checkValue(
  condition: Condition,
  operator: ConditionOperator,
  value: unknown,
): readonly LintFinding[] {
  if (typeof value !== 'string') return [];
  const { comparison } = operator;
  const { family } = comparison;
  if (family === 'string') {
    if (comparison.wildcards || !/[*?]/.test(value.replace(/\$\{[^}]*\}/g, ''))) return [];
    const message = text(
      `"${value}" has a wildcard, but ${condition.operator} compares it literally; StringLike would not`,
      `「${value}」にワイルドカードがありますが、${condition.operator} は文字通りに比較します(StringLikeなら有効)`,
    );
    return [finding('WILDCARD_WITHOUT_LIKE_OPERATOR', 'warning', message, condition.span)];
  }
  if (family === 'arn' || family === 'binary' || family === 'null') return [];
  if (value.includes('${')) {
    const message = text(
      'policy variables work only with String and ARN operators',
      'ポリシー変数は文字列とARNの演算子でのみ使えます',
    );
    return [finding('INVALID_VARIABLE_FOR_OPERATOR', 'error', message, condition.span)];
  }
  if (MEANINGFUL[family](value)) return [];
  const [code, says] = WRONG[family];
  return [finding(code, 'warning', text(`"${value}" ${says.en}`, `「${value}」${says.ja}`), condition.span)];
}
