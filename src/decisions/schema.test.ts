import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import type { DecisionEntry, UnsealedEntry } from '../model/decision.ts';
import { canonicalJson } from './canonical.ts';
import { seal } from './entry.ts';
import { headsOf, sealHeads } from './heads.ts';
import { classChanged, close, decide, lapsed, propose, renamed, reopen, withdraw } from './life.ts';
import { readLog } from './log.ts';
import { isEntry, isHeads } from './shape.ts';
import { ACCEPT, act, MONDAY, ROOTS } from './testing.ts';

const url = new URL('../../docs/schemas/decision.schema.json', import.meta.url);
const validate = new Ajv2020({ strict: true, allErrors: true, strictRequired: false }).compile(
  JSON.parse(readFileSync(url, 'utf8')),
);

/** One history with an entry of every kind. */
function everyKind(): readonly DecisionEntry[] {
  const history: DecisionEntry[] = [];
  const add = (make: (at: ReturnType<typeof act>) => UnsealedEntry) =>
    history.push(seal(make(act('Sato', [...history]))));
  history.push(seal(propose(act('Tanaka'), { ...ACCEPT, counterparty: 'x', contract: 'y', coverage: 'z' })));
  add((at) => ({ ...decide(at, true, ROOTS), confirmation: 'totp', signature: 'x' }));
  add((at) => propose(at, ACCEPT));
  add((at) => withdraw(at, 'r'));
  add((at) => renamed(at, 'cfn:a/b', 'cfn:a/c'));
  add((at) => lapsed(at, ['class', 'path']));
  add((at) =>
    classChanged(
      at,
      { resource: 'x', before: { low: 1, high: 3 }, after: { low: 1, high: 1 }, reason: 'r' },
      ROOTS,
    ),
  );
  add((at) => ({
    ...close(at, { reason: 'r', evidence: [{ kind: 'said', what: 'w' }], value: 2 }, ROOTS),
    confirmation: 'totp',
  }));
  add((at) => reopen(at, 'r'));
  return history;
}

const HISTORY = everyKind();
const HEADS = sealHeads(headsOf(new Map([['x', HISTORY]]), 'Sato', MONDAY));

test('every kind of entry and the manifest of heads agree with the JSON Schema, and verify', () => {
  for (const line of [...HISTORY, HEADS].map((each) => JSON.parse(canonicalJson(each)))) {
    validate(line);
    assert.deepEqual(validate.errors, null, line.kind);
  }
  assert.deepEqual(readLog([...HISTORY, HEADS].map(canonicalJson).join('\n')).problems, []);
});

test('what the reader takes for an entry or a manifest and what the schema allows is the same', () => {
  const values = [...HISTORY, HEADS].map((each) => JSON.parse(canonicalJson(each)));
  const strange = fc.constantFrom<unknown>(undefined, null, 0, -1, 1.5, '', 'accept', [], {}, true, ['date']);
  fc.assert(
    fc.property(fc.constantFrom(...values), fc.nat(20), strange, fc.boolean(), (value, at, other, deep) => {
      const changed = structuredClone(value);
      const holder = deep ? (changed.treatment ?? changed.shown ?? changed) : changed;
      const keys = [...Object.keys(holder), 'unknown'];
      const key = keys[at % keys.length] ?? 'unknown';
      if (other === undefined) delete holder[key];
      else holder[key] = other;
      assert.equal(
        isEntry(changed) || isHeads(changed),
        validate(changed),
        JSON.stringify(changed).slice(0, 200),
      );
    }),
    { numRuns: 500 },
  );
});
