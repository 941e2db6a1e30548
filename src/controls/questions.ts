/**
 * Questions that many controls ask about one value. Each takes the value and what to answer where
 * nothing was written, and is three-valued like those of `model/answer.ts`.
 */
import type { Scalar } from '../kernel/document.ts';
import {
  type Answer,
  all,
  answer,
  any,
  ask,
  everyItem,
  isNumber,
  isOneOf,
  isSet,
  NO,
  not,
  someItem,
  undecided,
} from '../model/answer.ts';
import { get, stringFrom, type Value } from '../model/value.ts';

export type Question = (value: Value, whenAbsent: Answer) => Answer;

/** Whether the value is one of the words. */
export function oneOf(...words: readonly Scalar[]): Question {
  return (value, whenAbsent) => isOneOf(value, words, whenAbsent);
}

/** Whether the value is none of the words. */
export function noneOf(...words: readonly Scalar[]): Question {
  return (value, whenAbsent) => not(isOneOf(value, words, not(whenAbsent)));
}

/** Whether the value is a number that is not below the bound. */
export function atLeast(bound: number): Question {
  return (value, whenAbsent) => isNumber(value, (number) => number >= bound, whenAbsent);
}

/** Whether the value is a number that is not above the bound. */
export function atMost(bound: number): Question {
  return (value, whenAbsent) => isNumber(value, (number) => number <= bound, whenAbsent);
}

/** Whether a list contains one of the words. */
export function includes(...words: readonly string[]): Question {
  return (value, whenAbsent) =>
    value.kind === 'absent' ? whenAbsent : someItem(value, (item) => isOneOf(item, words));
}

/** Whether a list contains every one of the words. */
export function includesEach(...words: readonly string[]): Question {
  return (value, whenAbsent) =>
    value.kind === 'absent'
      ? whenAbsent
      : all(words.map((word) => someItem(value, (item) => isOneOf(item, [word]))));
}

/** Whether a list contains none of the words. */
export function excludes(...words: readonly string[]): Question {
  return (value, whenAbsent) =>
    value.kind === 'absent' ? whenAbsent : not(someItem(value, (item) => isOneOf(item, words)));
}

/** Whether a list has at least so many items; items that may be missing leave it open. */
export function hasItems(count: number): Question {
  return (value, whenAbsent) => countItems(value, count, whenAbsent);
}

function countItems(value: Value, count: number, whenAbsent: Answer): Answer {
  switch (value.kind) {
    case 'absent':
      return whenAbsent;
    case 'unknown':
      return undecided(value);
    case 'oneOf':
      return agreeOn(
        value.options.map((option) => countItems(option, count, whenAbsent)),
        value,
      );
    case 'list': {
      const certain = value.items.filter((item) => item.kind !== 'oneOf' && item.kind !== 'absent').length;
      if (certain >= count) return answer(true);
      return value.items.length >= count ? undecided(value) : NO;
    }
    default:
      return answer(count <= 1);
  }
}

function agreeOn(answers: readonly Answer[], value: Value): Answer {
  if (answers.every((each) => each.is === 'yes')) return answer(true);
  if (answers.every((each) => each.is === 'no')) return NO;
  return undecided(value);
}

/** Whether some item of a list answers yes to a question about what lies at a path below it. */
export function someAt(path: readonly string[], question: Question, itemWithout: Answer = NO): Question {
  return (value, whenAbsent) =>
    value.kind === 'absent'
      ? whenAbsent
      : someItem(value, (item) => question(get(item, ...path), itemWithout));
}

/** Whether both questions answer yes. */
export function both(first: Question, second: Question): Question {
  return (value, whenAbsent) => all([first(value, whenAbsent), second(value, whenAbsent)]);
}

/** Whether one of the questions answers yes. */
export function either(first: Question, second: Question): Question {
  return (value, whenAbsent) => any([first(value, whenAbsent), second(value, whenAbsent)]);
}

/** Whether the value is a string with one of the beginnings. */
export function startsWith(...beginnings: readonly string[]): Question {
  return (value, whenAbsent) =>
    ask(value, (each) => beginnings.some((word) => stringFrom(each)?.startsWith(word)), whenAbsent);
}

/** Whether every item of a list answers yes to a question about what lies at a path below it. */
export function eachAt(path: readonly string[], question: Question, itemWithout: Answer = NO): Question {
  return (value, whenAbsent) =>
    value.kind === 'absent'
      ? whenAbsent
      : everyItem(value, (item) => question(get(item, ...path), itemWithout));
}

/** Whether the value is a comma-separated list with one of the words in it. */
export function contains(...words: readonly string[]): Question {
  return (value, whenAbsent) =>
    ask(
      value,
      (each) => (stringFrom(each) ?? '').split(',').some((part) => words.includes(part.trim())),
      whenAbsent,
    );
}

/** Whether a name is written: an empty string means none, a reference or an undecided string is one. */
export function present(value: Value, whenAbsent: Answer): Answer {
  if (value.kind === 'unknown') return isSet(value);
  if (value.kind === 'list') return answer(value.items.length > 0);
  return ask(value, (each) => stringFrom(each) !== '', whenAbsent);
}
