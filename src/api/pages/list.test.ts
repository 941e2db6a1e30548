import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { cutPage, type ListQuery, preparedList } from './list.ts';

interface Fruit {
  readonly name: string;
  readonly colour: string;
  readonly weight: number;
}

const DEFINITION = {
  fields: { colour: ({ colour }: Fruit) => colour, kinds: ({ name, colour }: Fruit) => [name, colour] },
  sorts: { weight: ({ weight }: Fruit) => weight, name: ({ name }: Fruit) => name },
  words: ({ name, colour }: Fruit) => `${name} ${colour}`,
};
const FRUITS: readonly Fruit[] = [
  { name: 'Apple', colour: 'red', weight: 3 },
  { name: 'Banana', colour: 'yellow', weight: 2 },
  { name: 'Cherry', colour: 'red', weight: 1 },
];
const QUERY: ListQuery = { page: 1, size: 50, descending: false };

function namesFor(query: Partial<ListQuery>): readonly string[] {
  return preparedList(FRUITS, DEFINITION)
    .matching({ ...QUERY, ...query })
    .map(({ name }) => name);
}

describe('lists that the server filters', () => {
  test('several values of a field let a row through when one fits, `.not` when none does', () => {
    assert.deepEqual(namesFor({ colour: ['red', 'blue'] }), ['Apple', 'Cherry']);
    assert.deepEqual(namesFor({ 'colour.not': ['red'] }), ['Banana']);
    assert.deepEqual(namesFor({ kinds: ['Banana', 'red'], 'colour.not': ['yellow'] }), ['Apple', 'Cherry']);
  });

  test('every word of the text must occur, in any case', () => {
    assert.deepEqual(namesFor({ text: 'RED  app' }), ['Apple']);
    assert.deepEqual(namesFor({ text: 'red banana' }), []);
  });

  test('rows are sorted by a known key, and stay in order otherwise', () => {
    assert.deepEqual(namesFor({ sort: 'weight' }), ['Cherry', 'Banana', 'Apple']);
    assert.deepEqual(namesFor({ sort: 'name', descending: true }), ['Cherry', 'Banana', 'Apple']);
    assert.deepEqual(namesFor({}), ['Apple', 'Banana', 'Cherry']);
  });

  test('the pages one after the other are the whole list', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ name: fc.string(), colour: fc.constantFrom('red', 'blue'), weight: fc.nat(9) })),
        fc.integer({ min: 1, max: 7 }),
        fc.boolean(),
        (fruits, size, descending) => {
          const query = { ...QUERY, size, sort: 'weight', descending };
          const kept = preparedList(fruits, DEFINITION).matching(query);
          const { pages, total } = cutPage(kept, query);
          const joined = Array.from(
            { length: pages },
            (_, at) => cutPage(kept, { ...query, page: at + 1 }).items,
          );
          assert.deepEqual(joined.flat(), kept);
          assert.equal(total, fruits.length);
          const weights = kept.map(({ weight }) => (descending ? -weight : weight));
          assert.deepEqual(
            weights,
            weights.toSorted((a, b) => a - b),
          );
        },
      ),
      { numRuns: 50 },
    );
  });
});
