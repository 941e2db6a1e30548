import type { Scalar } from '../kernel/document.ts';
import { booleanFrom, numberFrom, stringFrom, type Value } from './value.ts';

/**
 * The answer to a yes-or-no question about the environment. `unknown` names the values that would
 * decide it. Unknown is never safe and never guessed.
 */
export type Answer =
  | { readonly is: 'yes' }
  | { readonly is: 'no' }
  | { readonly is: 'unknown'; readonly undecided: readonly Value[] };

export const YES: Answer = { is: 'yes' };
export const NO: Answer = { is: 'no' };

export function undecided(...values: readonly Value[]): Answer {
  return { is: 'unknown', undecided: values };
}

/** Yes or no from a boolean. */
export function answer(decided: boolean): Answer {
  return decided ? YES : NO;
}

export function not(question: Answer): Answer {
  return question.is === 'unknown' ? question : question.is === 'yes' ? NO : YES;
}

/** Yes when every answer is; no as soon as one is no; else unknown with all that would decide it. */
export function all(questions: Iterable<Answer>): Answer {
  const open: Value[] = [];
  let unknownSeen = false;
  for (const question of questions) {
    if (question.is === 'no') return NO;
    if (question.is === 'unknown') {
      unknownSeen = true;
      open.push(...question.undecided);
    }
  }
  return unknownSeen ? { is: 'unknown', undecided: open } : YES;
}

/** Yes as soon as one answer is; no when every answer is; else unknown with all that would decide it. */
export function any(questions: Iterable<Answer>): Answer {
  const open: Value[] = [];
  let unknownSeen = false;
  for (const question of questions) {
    if (question.is === 'yes') return YES;
    if (question.is === 'unknown') {
      unknownSeen = true;
      open.push(...question.undecided);
    }
  }
  return unknownSeen ? { is: 'unknown', undecided: open } : NO;
}

/**
 * Asks a predicate about a value. A choice is decided only when all of its options agree; an unknown
 * value is undecided; what is absent answers `whenAbsent` (default: no).
 */
export function ask(value: Value, predicate: (value: Value) => boolean, whenAbsent: Answer = NO): Answer {
  switch (value.kind) {
    case 'unknown':
      return undecided(value);
    case 'absent':
      return whenAbsent;
    case 'oneOf':
      return agree(
        value,
        value.options.map((option) => ask(option, predicate, whenAbsent)),
      );
    default:
      return answer(predicate(value));
  }
}

function agree(value: Value, answers: readonly Answer[]): Answer {
  const first = answers[0];
  if (first && first.is !== 'unknown' && answers.every((each) => each.is === first.is)) return first;
  const open = answers.flatMap((each) => (each.is === 'unknown' ? each.undecided : []));
  return { is: 'unknown', undecided: open.length > 0 ? open : [value] };
}

/**
 * Whether a value is set at all. A single value that is not known is set; open are a choice with an absent
 * option and what lies inside a value that is not known.
 */
export function isSet(value: Value): Answer {
  if (value.kind === 'unknown') return value.inside ? undecided(value) : YES;
  if (value.kind === 'oneOf') return agree(value, value.options.map(isSet));
  return answer(value.kind !== 'absent' && !(value.kind === 'known' && value.value === null));
}

/** Whether a value is the boolean true (or "true"). Absent answers `whenAbsent` (default: no). */
export function isTrue(value: Value, whenAbsent: Answer = NO): Answer {
  return ask(value, (each) => booleanFrom(each) === true, whenAbsent);
}

/** Whether a value is the boolean false (or "false"). Absent answers `whenAbsent` (default: no). */
export function isFalse(value: Value, whenAbsent: Answer = NO): Answer {
  return ask(value, (each) => booleanFrom(each) === false, whenAbsent);
}

/** Whether a value equals one of the given scalars; numbers and their strings are the same. */
export function isOneOf(value: Value, wanted: readonly Scalar[], whenAbsent: Answer = NO): Answer {
  const strings = wanted.map(String);
  return ask(value, (each) => strings.includes(stringFrom(each) ?? '\u0000'), whenAbsent);
}

/** Whether a value is a number for which the predicate holds. Absent answers `whenAbsent` (default: no). */
export function isNumber(
  value: Value,
  predicate: (number: number) => boolean,
  whenAbsent: Answer = NO,
): Answer {
  return ask(
    value,
    (each) => {
      const number = numberFrom(each);
      return number !== undefined && predicate(number);
    },
    whenAbsent,
  );
}

/**
 * Whether some item of a list answers yes. A list that is unknown as a whole is undecided; a single
 * value counts as a list of one; absent is the empty list.
 */
export function someItem(value: Value, question: (item: Value) => Answer): Answer {
  switch (value.kind) {
    case 'absent':
      return NO;
    case 'list':
      return any(value.items.map((item) => askItem(item, question)));
    case 'oneOf':
      return agree(
        value,
        value.options.map((option) => someItem(option, question)),
      );
    case 'unknown':
      return value.parts ? question(value) : undecided(value);
    default:
      return question(value);
  }
}

/** Whether every item of a list answers yes (an empty or absent list does). */
export function everyItem(value: Value, question: (item: Value) => Answer): Answer {
  return not(someItem(value, (item) => not(question(item))));
}

function askItem(item: Value, question: (item: Value) => Answer): Answer {
  if (item.kind === 'absent') return NO;
  if (item.kind !== 'oneOf') return question(item);
  return agree(
    item,
    item.options.map((option) => (option.kind === 'absent' ? NO : question(option))),
  );
}
