import { type Text, text } from '../kernel/texts.ts';
import type { Threat } from './rule.ts';

/** The published table of T: how readily a threat occurs follows from the topology alone. */
const REASONS: Readonly<Record<1 | 2 | 3, Text>> = {
  3: text('an anonymous path from the internet', 'インターネットから匿名で届く経路がある'),
  2: text('needs a credential, an insider or a mistake', '認証情報、内部者、または操作ミスを要する'),
  1: text('needs two or more independent preconditions', '独立した二つ以上の前提条件を要する'),
};

/** A threat of one level; `detail` says what makes it so here. */
export function threat(level: 1 | 2 | 3, detail?: Text): Threat {
  const row = REASONS[level];
  const reason = detail ? text(`${row.en}: ${detail.en}`, `${row.ja}: ${detail.ja}`) : row;
  return { level: { low: level, high: level }, reason };
}
