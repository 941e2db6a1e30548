import { text } from '../../kernel/texts.ts';
import type { Policy } from '../language/policy.ts';
import { showPartial } from '../partial.ts';
import { finding, type LintFinding, type StatementCheck } from './finding.ts';

/** Checks that look at the document as a whole. */
export function checkDocumentAsWhole(policy: Policy): readonly LintFinding[] {
  const seen = new Set<string>();
  return policy.statements.flatMap(({ sid, span, undecided }) => {
    if (sid === undefined || undecided.length > 0) return [];
    if (sid === '') {
      const message = text('the Sid is empty', 'Sidが空です');
      return [finding('EMPTY_SID_VALUE', 'suggestion', message, span)];
    }
    if (!seen.has(sid)) {
      seen.add(sid);
      return [];
    }
    const message = text(`the Sid "${sid}" stands twice`, `Sid「${sid}」が重複しています`);
    return [finding('UNIQUE_SIDS_REQUIRED', 'error', message, span)];
  });
}

/** Checks the use of `${…}`. */
export const checkVariables: StatementCheck = (statement) => {
  const texts = [
    ...(statement.resources?.items ?? []),
    ...statement.conditions.flatMap((condition) => condition.values),
  ];
  return texts.flatMap(({ text: value, span }) => {
    const written = showPartial(value);
    if (typeof value !== 'string' || !written.includes('${')) return [];
    if (!statement.variables) {
      const message = text(
        `"${written}": variables need Version 2012-10-17; here they are plain text`,
        `「${written}」: 変数にはVersion 2012-10-17が必要です。ここでは単なる文字列です`,
      );
      return [finding('VARIABLE_UNSUPPORTED_IN_VERSION', 'error', message, span)];
    }
    if (/\$\{[^}]*$/.test(written)) {
      const message = text(
        `"${written}": the variable is not closed`,
        `「${written}」: 変数が閉じられていません`,
      );
      return [finding('MISSING_BRACE_IN_VARIABLE', 'error', message, span)];
    }
    if (!/\$\{\s*\}/.test(written)) return [];
    const message = text(`"${written}": the variable is empty`, `「${written}」: 変数が空です`);
    return [finding('EMPTY_VARIABLE', 'error', message, span)];
  });
};
