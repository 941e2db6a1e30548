import { type Answer, not } from '../../model/answer.ts';
import type { Value } from '../../model/value.ts';
import { hasItems } from '../questions.ts';

export function atMostOne(interfaces: Value, whenAbsent: Answer): Answer {
  return not(hasItems(2)(interfaces, not(whenAbsent)));
}
