import { type Text, text } from '../kernel/texts.ts';
import type { Drift, DriftReport } from '../model/drift.ts';

/** How much of what is declared was found, in one sentence. */
export function driftHeadline({ drifts, joined, unrecognised, undeclared }: DriftReport): Text {
  const differences = drifts.length;
  return text(
    `${differences} ${differences === 1 ? 'difference' : 'differences'} between what is declared and the account ` +
      `(${joined} resources recognised, ${unrecognised} not recognised, ${undeclared} only in the account)`,
    `宣言と実際のアカウントの差異は${differences}件` +
      `(対応が取れたリソース${joined}件、対応不明${unrecognised}件、アカウントにのみ存在${undeclared}件)`,
  );
}

/** One difference: "StorageEncrypted is declared true, is false". */
export function driftSentence({ kind, property = '', declared = '', found = '' }: Drift): Text {
  if (kind === 'not-there') {
    return text(
      'is declared, and the account does not have it',
      '宣言されていますが、アカウントに存在しません',
    );
  }
  return text(
    `${property} is declared "${declared}", is "${found}"`,
    `${property}は「${declared}」と宣言されていますが、実際は「${found}」です`,
  );
}

/** The heading of the section. */
export const DRIFT_TITLE = text('Declared and real', '宣言と実際');
