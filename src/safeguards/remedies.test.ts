import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { parse } from 'yaml';
import { graphOf } from '../environment/testing.ts';
import type { Scope } from '../model/declaration.ts';
import type { SafeguardState } from '../model/safeguard.ts';
import { SAFEGUARDS } from './registry.generated.ts';
import { attachmentsOf } from './run.ts';
import type { Safeguard } from './safeguard.ts';
import { applied, type Json } from './testing-edits.ts';

interface Case {
  readonly name: string;
  readonly scope?: Scope;
  readonly resources?: Json;
}

const FOLDER = new URL('.', import.meta.url);

function casesOf(id: string): readonly Case[] {
  const file = readFileSync(new URL(`${id}/${id}.cases.yaml`, FOLDER), 'utf8');
  const document: { cases: readonly Case[] } = parse(file, { merge: true, maxAliasCount: 1000 });
  return document.cases.filter((each) => each.resources);
}

const RANK: Readonly<Record<SafeguardState, number>> = {
  off: 0,
  unknown: 1,
  partial: 1,
  'not-applicable': 2,
  on: 2,
};

/** Remedies that leave something to people, such as a message to confirm or a firewall's routes. */
const UNFINISHED = new Set([
  'network-firewall',
  'cloudwatch-alarms',
  'shield',
  'inspector',
  'eventbridge',
  'macie',
]);

/** Applies the remedy of every place that is off or partial in the cases, and tells where it did not help. */
function unhelpful(definition: Safeguard): { readonly tried: number; readonly failures: readonly string[] } {
  const failures: string[] = [];
  let tried = 0;
  for (const { name, scope, resources } of casesOf(definition.id)) {
    if (!resources) continue;
    const options = scope ? { scope } : {};
    const before = graphOf({ Resources: resources }, options);
    for (const { resource, state } of attachmentsOf(definition, before)) {
      const place = before.get(resource);
      if (!place || (state !== 'off' && state !== 'partial')) continue;
      const { edits } = definition.remedy(before, place);
      if (edits.length === 0 || edits.some((edit) => edit.kind === 'command')) continue;
      tried += 1;
      const after = graphOf({ Resources: applied(resources, edits) }, options);
      const now = attachmentsOf(definition, after).find((each) => each.resource === resource);
      const reached = now ? RANK[now.state] : 2;
      const wanted = UNFINISHED.has(definition.id) ? RANK[state] : 2;
      if (reached < wanted)
        failures.push(`${name}: ${place.name} ${state} -> ${now?.state}: ${now?.because.en}`);
    }
  }
  return { tried, failures };
}

describe('remedies', () => {
  for (const definition of SAFEGUARDS) {
    test(`the edits of ${definition.id} put it on`, () => {
      assert.deepEqual(unhelpful(definition).failures, []);
    });
  }

  test('are really tried', () => {
    const folders = readdirSync(FOLDER, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    assert.equal(SAFEGUARDS.length, folders.length, 'run tools/generate.ts');
    const tried = SAFEGUARDS.reduce((sum, each) => sum + unhelpful(each).tried, 0);
    assert.ok(tried > 60, `only ${tried} remedies were tried`);
  });
});
