import { type Answer, isNumber } from '../../model/answer.ts';
import type { Value } from '../../model/value.ts';

/** The ports that the engines listen on by themselves. */
const DEFAULT_PORTS = new Set([1433, 1521, 3306, 5432, 50000]);

export function unusualPort(port: Value, whenAbsent: Answer): Answer {
  return isNumber(port, (number) => !DEFAULT_PORTS.has(number), whenAbsent);
}
