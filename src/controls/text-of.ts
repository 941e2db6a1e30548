import { type Answer, answer, ask, undecided } from '../model/answer.ts';
import { type Hole, stringFrom, type UnknownValue, type Value } from '../model/value.ts';

/**
 * Asks a predicate about a text of which parts may be unknown. Gaps that are an account, a Region or the
 * name of a resource are never a wildcard, so they stand as a plain word; a gap that may be anything is
 * tried as a word and as `*`, and leaves the question open when that matters.
 */
export function askText(value: Value, predicate: (text: string) => boolean): Answer {
  if (value.kind === 'oneOf')
    return agreement(
      value,
      value.options.map((option) => askText(option, predicate)),
    );
  if (value.kind !== 'unknown') return ask(value, (each) => predicate(stringFrom(each) ?? ''));
  if (!value.parts) return undecided(value);
  const word = predicate(written(value, 'word'));
  return word === predicate(written(value, '*')) && !isAllGap(value) ? answer(word) : undecided(value);
}

/** The text with its gaps filled; `open` stands for gaps that may be anything. */
function written(value: UnknownValue, open: string): string {
  return (value.parts ?? [])
    .map((part) => (typeof part === 'string' ? part : (FILLINGS[part.type] ?? open)))
    .join('');
}

const FILLINGS: Partial<Record<Hole['type'], string>> = {
  account: '000000000000',
  region: 'region-1',
  partition: 'aws',
  zone: 'region-1a',
  reference: 'resource',
};

/** Whether nothing of the text is known. */
function isAllGap(value: UnknownValue): boolean {
  return (value.parts ?? []).every((part) => typeof part !== 'string' && FILLINGS[part.type] === undefined);
}

function agreement(value: Value, answers: readonly Answer[]): Answer {
  const first = answers[0];
  if (first && answers.every((each) => each.is === first.is)) return first;
  return undecided(value);
}
