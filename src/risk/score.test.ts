import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { verbatim } from '../kernel/texts.ts';
import type { AttackPath, Guard, Interval, Scoring } from '../model/risk.ts';
import type { Effect, SafeguardState } from '../model/safeguard.ts';
import { highWithGuards, lowestSets, minimalSets } from './minimal-sets.ts';
import { bandOf, guardKey, scoresOf } from './score.ts';

function guard(name: string, state: SafeguardState, effect: Effect = 'hinder', proposed = false): Guard {
  return { safeguard: name, place: `place-of-${name}`, effect, state, proposed };
}

/** A path with the guards of each step. */
function path(...steps: readonly (readonly Guard[])[]): AttackPath {
  return {
    decided: true,
    steps: steps.map((guards, index) => ({ resource: `r${index}`, what: verbatim('x'), guards })),
  };
}

function exactly(value: number): Interval {
  return { low: value, high: value };
}

function scoring(paths: readonly AttackPath[], more: Partial<Scoring> = {}): Scoring {
  return {
    importance: exactly(2),
    threat: exactly(3),
    threatReason: verbatim('x'),
    limits: [],
    paths,
    ...more,
  };
}

describe('the score', () => {
  test('A × L with L = max(1, T + V - 3), for every A, T and V', () => {
    const withV = { 3: path([]), 2: path([guard('a', 'on')]), 1: path([guard('a', 'on', 'block')]) };
    for (const importance of [1, 2, 3]) {
      for (const level of [1, 2, 3]) {
        for (const [v, way] of Object.entries(withV)) {
          const expected = importance * Math.max(1, level + Number(v) - 3);
          const { current } = scoresOf(
            scoring([way], { importance: exactly(importance), threat: exactly(level) }),
          );
          assert.deepEqual(current, exactly(importance === 3 ? Math.max(3, expected) : expected));
          assert.ok([1, 2, 3, 4, 6, 9].includes(current.high));
        }
      }
    }
  });

  test('bands: low 1-2, medium 3-4, high 6-9', () => {
    assert.deepEqual([1, 2, 3, 4, 6, 9].map(bandOf), ['low', 'low', 'medium', 'medium', 'high', 'high']);
  });

  test('the most open path decides', () => {
    assert.deepEqual(scoresOf(scoring([path([guard('a', 'on', 'block')]), path([])])).current, exactly(6));
  });

  test('two hinders count twice only at different steps', () => {
    const [a, b] = [guard('a', 'on'), guard('b', 'on')];
    assert.deepEqual(scoresOf(scoring([path([a, b])])).current, exactly(4));
    assert.deepEqual(scoresOf(scoring([path([a], [b])])).current, exactly(2));
    assert.deepEqual(
      scoresOf(scoring([path([a], [a])])).current,
      exactly(4),
      'one safeguard met twice is one',
    );
  });

  test('partial is off, detection never counts', () => {
    assert.deepEqual(scoresOf(scoring([path([guard('a', 'partial', 'block')])])).current, exactly(6));
    assert.deepEqual(scoresOf(scoring([path([guard('a', 'on', 'detect')])])).current, exactly(6));
  });

  test('an unknown safeguard spreads the value', () => {
    assert.deepEqual(scoresOf(scoring([path([guard('a', 'unknown', 'block')])])).current, {
      low: 2,
      high: 6,
    });
  });

  test('a path that is not decided counts at the upper end only', () => {
    const { current, inherent } = scoresOf(scoring([{ ...path([]), decided: false }]));
    assert.deepEqual(current, { low: 2, high: 6 });
    assert.deepEqual(inherent, exactly(6));
  });

  test('limits lower A, never below 1, and importance 3 keeps the value at 3', () => {
    const limits = [
      guard('split', 'on', 'limit'),
      guard('backup', 'on', 'limit'),
      guard('third', 'on', 'limit'),
    ];
    assert.deepEqual(scoresOf(scoring([path([])], { limits: limits.slice(0, 1) })).current, exactly(3));
    assert.deepEqual(scoresOf(scoring([path([])], { limits })).current, exactly(3));
    const grave = scoring([path([guard('a', 'on', 'block')])], { importance: exactly(3), limits });
    assert.deepEqual(scoresOf(grave).current, exactly(3));
    assert.deepEqual(scoresOf(grave).inherent, exactly(9), 'inherently nothing limits');
  });

  test('the target is what the proposed safeguards make of it', () => {
    const { current, target, band } = scoresOf(scoring([path([guard('a', 'off', 'block', true)])]));
    assert.deepEqual([current.high, target.high], [6, 2]);
    assert.deepEqual(band, { inherent: 'high', current: 'high', target: 'low' });
  });
});

describe('minimal sets', () => {
  const names = (sets: readonly (readonly Guard[])[]) =>
    sets.map((set) => set.map((each) => each.safeguard).join('+'));

  test('one block, or two hinders at different steps', () => {
    const set = scoring(
      [path([guard('waf', 'off')], [guard('patch', 'off')], [guard('close', 'off', 'block')])],
      {
        importance: exactly(3),
      },
    );
    assert.deepEqual(names(minimalSets(set)), ['close', 'waf+patch']);
  });

  test('every path must be stopped', () => {
    const set = scoring([path([guard('a', 'off', 'block')]), path([guard('b', 'off', 'block')])], {
      importance: exactly(1),
    });
    assert.deepEqual(names(minimalSets(set)), ['a+b']);
  });

  test('what is on already is in none', () => {
    const set = scoring([path([guard('a', 'on')], [guard('b', 'off')])]);
    assert.deepEqual(names(minimalSets(set)), ['b']);
  });

  test('where no set changes the band, the sets of the lowest value are told', () => {
    const set = scoring([path([guard('a', 'off')])], { importance: exactly(3) });
    assert.deepEqual(names(minimalSets(set)), []);
    assert.deepEqual(names(lowestSets(set)), ['a']);
    assert.equal(highWithGuards(set, lowestSets(set)[0] ?? []), 6);
  });

  test('very many guards are searched without trying all', () => {
    const guards = Array.from({ length: 60 }, (_, index) => guard(`g${index}`, 'off', 'block'));
    const paths = guards.map((each) => path([each]));
    const [set] = minimalSets(scoring(paths));
    assert.equal(set?.length, 60);
    assert.equal(new Set(set?.map(guardKey)).size, 60);
  });
});
