/** What of a recording an answer lacks or has otherwise, as sentences. */
export type Differences = readonly string[];

const RECORDED_ACCOUNT = '111111111111';
const OUR_ACCOUNT = '000012345678';
const WHOLE = new Set(['datetime', 'timestamp']);
const PLACEHOLDER = /<[a-z][\w-]*(?::\d+)?>/;

/**
 * Compares a recording with an answer. Placeholders match any text that is not empty, and the same numbered one
 * stands for the same text within a test.
 */
export function differencesOf(
  recorded: unknown,
  answer: unknown,
  bound: Map<string, string>,
  at = '',
): Differences {
  if (typeof recorded === 'string' && typeof answer === 'string') {
    return matches(recorded.replaceAll(RECORDED_ACCOUNT, OUR_ACCOUNT), answer, bound)
      ? []
      : [`${at}: ${JSON.stringify(answer)} instead of ${JSON.stringify(recorded)}`];
  }
  if (Array.isArray(recorded) && Array.isArray(answer)) {
    if (recorded.length !== answer.length)
      return [`${at}: ${answer.length} items instead of ${recorded.length}`];
    return recorded.flatMap((item, index) => differencesOf(item, answer[index], bound, `${at}[${index}]`));
  }
  if (isRecord(recorded) && isRecord(answer)) {
    const keys = new Set([...Object.keys(recorded), ...Object.keys(answer)]);
    return [...keys].flatMap((key) => {
      const path = at === '' ? key : `${at}.${key}`;
      if (!(key in answer)) return [`${path} is missing`];
      if (!(key in recorded)) return [`${path} is too much`];
      return differencesOf(recorded[key], answer[key], bound, path);
    });
  }
  return recorded === answer
    ? []
    : [`${at}: ${JSON.stringify(answer)} instead of ${JSON.stringify(recorded)}`];
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function matches(recorded: string, answer: string, bound: Map<string, string>): boolean {
  const [only] = PLACEHOLDER.exec(recorded) ?? [];
  if (only === recorded || WHOLE.has(recorded.replace(/[<>]/g, ''))) {
    if (answer === '') return false;
    if (!recorded.includes(':')) return true;
    const before = bound.get(recorded);
    bound.set(recorded, answer);
    return before === undefined || before === answer;
  }
  const literals = recorded.split(new RegExp(PLACEHOLDER, 'g'));
  let from = 0;
  for (const [index, literal] of literals.entries()) {
    const found = index === 0 ? (answer.startsWith(literal) ? 0 : -1) : answer.indexOf(literal, from + 1);
    if (found < 0) return false;
    from = found + literal.length;
  }
  const last = literals.at(-1) ?? '';
  return last === '' || answer.endsWith(last);
}
