import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import {
  type Answer,
  all,
  answer,
  any,
  everyItem,
  isSet,
  isTrue,
  NO,
  not,
  someItem,
  undecided,
  YES,
} from './answer.ts';
import { absent, get, known, list, unknown, type Value } from './value.ts';

const span = { file: { path: 'test', text: '' }, start: 0, end: 0 };
const yes = known(true, span);
const no = known(false, span);
const open = unknown('Stage', 'parameter', span);
const eitherWay: Value = { kind: 'oneOf', condition: 'IsProduction', options: [yes, no], span };

/** A yes-or-no formula over variables, some of which may be open. */
type Formula =
  | number
  | { readonly all: readonly Formula[] }
  | { readonly any: readonly Formula[] }
  | { readonly not: Formula };

const formulas = fc.letrec<{ formula: Formula }>((tie) => ({
  formula: fc.oneof(
    { depthSize: 'small' },
    fc.nat(4),
    fc.record({ all: fc.array(tie('formula'), { maxLength: 3 }) }),
    fc.record({ any: fc.array(tie('formula'), { maxLength: 3 }) }),
    fc.record({ not: tie('formula') }),
  ),
})).formula;

function evaluate(formula: Formula, variables: readonly Answer[]): Answer {
  if (typeof formula === 'number') return variables[formula] ?? NO;
  if ('all' in formula) return all(formula.all.map((each) => evaluate(each, variables)));
  if ('any' in formula) return any(formula.any.map((each) => evaluate(each, variables)));
  return not(evaluate(formula.not, variables));
}

describe('three answers', () => {
  test('what is decided stays decided, however the open values turn out', () => {
    fc.assert(
      fc.property(
        formulas,
        fc.array(fc.constantFrom(YES, NO, undecided(open)), { minLength: 5, maxLength: 5 }),
        fc.array(fc.boolean(), { minLength: 5, maxLength: 5 }),
        (formula, variables, filling) => {
          const before = evaluate(formula, variables);
          const filled = variables.map((each, index) =>
            each.is === 'unknown' ? answer(filling[index] === true) : each,
          );
          const after = evaluate(formula, filled);
          assert.notEqual(after.is, 'unknown');
          if (before.is !== 'unknown') assert.equal(after.is, before.is);
        },
      ),
    );
  });

  test('an unknown names every value that would decide it', () => {
    const other = unknown('Region', 'pseudo-parameter', span);
    assert.deepEqual(all([YES, undecided(open), undecided(other)]), {
      is: 'unknown',
      undecided: [open, other],
    });
    assert.deepEqual(any([NO, undecided(open)]), { is: 'unknown', undecided: [open] });
  });

  test('a choice is decided only when its options agree', () => {
    assert.equal(isTrue(eitherWay).is, 'unknown');
    assert.equal(isTrue({ ...eitherWay, options: [yes, known('true', span)] } as Value), YES);
    assert.equal(isTrue({ ...eitherWay, options: [no, absent(span)] } as Value), NO);
  });

  test('what is absent answers what the caller says it means', () => {
    assert.equal(isTrue(absent(span)), NO);
    assert.equal(isTrue(absent(span), YES), YES);
  });

  test('a set value that is unknown is set; one that may be missing is open', () => {
    assert.equal(isSet(open), YES);
    assert.equal(isSet(get(open, 'LoggingConfiguration')).is, 'unknown');
    assert.equal(isSet(absent(span)), NO);
    assert.equal(isSet(known(null, span)), NO);
    assert.equal(isSet({ ...eitherWay, options: [yes, absent(span)] } as Value).is, 'unknown');
  });

  test('lists: some and every, with single values, open items and items that may be missing', () => {
    assert.equal(someItem(list([no, yes], span), isTrue), YES);
    assert.equal(everyItem(list([no, yes], span), isTrue), NO);
    assert.equal(everyItem(list([], span), isTrue), YES);
    assert.equal(someItem(yes, isTrue), YES);
    assert.equal(someItem(open, isTrue).is, 'unknown');
    const maybe: Value = { kind: 'oneOf', condition: 'C', options: [yes, absent(span)], span };
    assert.equal(someItem(list([no, maybe], span), isTrue).is, 'unknown');
    assert.equal(someItem(list([yes, maybe], span), isTrue), YES);
  });
});
