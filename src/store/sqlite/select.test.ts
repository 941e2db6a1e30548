import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Selection } from '../engine.ts';
import { selectParts } from '../select-sql.ts';
import { people } from '../testing/fixtures.ts';
import { connect } from './connection.ts';
import { SQLITE } from './dialect.ts';
import { prepareSchema } from './schema.ts';

const WHOLE: Selection = {
  collection: 'people',
  index: undefined,
  equals: undefined,
  from: undefined,
  before: undefined,
  after: undefined,
  descending: false,
  limit: 10,
};

const behind = { at: 'sx', key: 'x' };
const SELECTIONS: readonly Partial<Selection>[] = [
  { from: 'a', before: 'b' },
  { after: behind, descending: true },
  { index: 'team' },
  { index: 'team', equals: 'sa' },
  { index: 'team', equals: 'sa', after: behind },
  { index: 'team', from: 'sa', before: 'sb' },
  { index: 'team', from: 'sa', after: behind },
  { index: 'team', from: 'sa', after: behind, descending: true },
  { index: 'team', after: behind },
];

describe('a page of SQLite', () => {
  const connection = connect(':memory:');
  prepareSchema(connection, new Map([[people.name, people]]));
  for (const part of SELECTIONS) {
    test(`is read in order from an index: ${JSON.stringify(part)}`, () => {
      const { where, orderBy, parameters } = selectParts({ ...WHOLE, ...part }, SQLITE);
      const steps = connection.database
        .prepare(`EXPLAIN QUERY PLAN SELECT value FROM "r_people"${where} ORDER BY ${orderBy} LIMIT 10`)
        .all(...parameters)
        .map((row) => String(row.detail));
      assert.equal(steps.length, 1, steps.join('; '));
      assert.match(steps[0] ?? '', /USING INDEX/);
    });
  }
});
