import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { awsPolicies } from '../services/iam/aws-policies/documents.ts';
import { FindingsQuery, RisksQuery, ROUTES, type Route } from './contract.ts';
import { openApi } from './http/openapi.ts';

const ENTRIES: readonly (readonly [string, Route])[] = Object.entries(ROUTES);

describe('the contract between server and console', () => {
  test('whatever needs a session says by which action, or that every session may', () => {
    for (const [key, { action, access }] of ENTRIES) {
      assert.notEqual(action === undefined, access === undefined, `${key}: exactly one of action and access`);
    }
    const open = ENTRIES.filter(([, { access }]) => access === 'open').map(([key]) => key);
    assert.deepEqual(
      open.filter((key) => !/session$|sign-in|set-up/.test(key)),
      [],
    );
  });

  test('the ready-made policies speak of actions that there are', () => {
    const known = new Set(ENTRIES.map(([, { action }]) => `honmaru:${action}`));
    const named = [...awsPolicies().values()].flatMap(
      ({ document }) => document.match(/honmaru:[A-Za-z]+/g) ?? [],
    );
    assert.ok(named.length > 0);
    assert.deepEqual(
      named.filter((action) => !known.has(action)),
      [],
    );
  });

  test('the OpenAPI description has every route, and its references lead somewhere', () => {
    const { paths } = openApi() as { readonly paths: Readonly<Record<string, object>> };
    const described = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`),
    );
    assert.deepEqual(described.toSorted(), ENTRIES.map(([key]) => key).toSorted());
  });

  test('a list query takes one value or several, and knows its fields', () => {
    const one = RisksQuery.parse({ band: 'high' });
    assert.deepEqual(one.band, ['high']);
    assert.equal(one.page, 1);
    assert.deepEqual(FindingsQuery.parse({ 'status.not': ['PASS', 'FAIL'] })['status.not'], ['PASS', 'FAIL']);
    for (const wrong of [
      { band: 'huge' },
      { colour: 'red' },
      { size: '0' },
      { page: '-1' },
      { descending: 'yes' },
    ]) {
      assert.equal(RisksQuery.safeParse(wrong).success, false, JSON.stringify(wrong));
    }
  });
});
