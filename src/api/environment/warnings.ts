import { text } from '../../kernel/texts.ts';
import type { Warning } from '../contract.ts';
import type { Base } from './base.ts';

/** What cannot wait until somebody looks at the risks: live data lose the key that opens them. */
export function warningsOf({ assessment }: Base): readonly Warning[] {
  return assessment.risks
    .filter(({ rule }) => rule === 'key-lost')
    .map(({ id, statement: { cause, effect } }) => ({
      kind: 'key-lost',
      message: text(`${cause.en}: ${effect.en}`, `${cause.ja}。${effect.ja}`),
      risk: id,
    }));
}
