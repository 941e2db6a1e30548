import { type Text, text } from '../kernel/texts.ts';
import { showUndecided, showValue, type Value } from '../model/value.ts';

/** What the findings of a control say instead of the bare value. */
export interface Says {
  readonly pass: Text;
  readonly fail: Text;
}

/**
 * The sentence that says what a property is. Only single values and lists of them are shown: what stands
 * deeper may be anything, also a secret.
 */
export function isValue(name: string, value: Value, good: boolean): Text {
  if (isPlain(value)) {
    const shown = shorten(showValue(value));
    return text(`${name} is ${shown}`, `${name} は ${shown} です`);
  }
  return good
    ? text(`${name} is as it should be`, `${name} の内容は要件を満たしています`)
    : text(`${name} is not as it should be`, `${name} の内容が要件を満たしていません`);
}

function isPlain(value: Value): boolean {
  if (value.kind === 'list')
    return value.items.every((item) => item.kind === 'known' || item.kind === 'unknown');
  return value.kind === 'known' || value.kind === 'unknown' || value.kind === 'oneOf';
}

/** The sentence that says that a property is not written, and what AWS takes then. */
export function isNotSet(name: string, means?: Text): Text {
  return means
    ? text(`${name} is not set: ${means.en}`, `${name} が指定されていません(${means.ja})`)
    : text(`${name} is not set`, `${name} が指定されていません`);
}

/** The sentence that says that a property cannot be decided, naming what would decide it. */
export function cannotBeDecided(name: string, values: readonly Value[]): Text {
  const shown = shorten([...new Set(values.map(showUndecided))].join(', '));
  return text(`${name} cannot be decided: ${shown}`, `${name} を決められません: ${shown}`);
}

/** The sentence of a finding that holds only if the control applies. */
export function mayNotApply(because: Text): Text {
  return text(
    `it cannot be decided whether this applies here; if it does: ${because.en}`,
    `ここに当てはまるか決められません。当てはまるなら: ${because.ja}`,
  );
}

const LONGEST_SHOWN = 120;

function shorten(shown: string): string {
  return shown.length > LONGEST_SHOWN ? `${shown.slice(0, LONGEST_SHOWN - 1)}…` : shown;
}
