import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { parse } from 'yaml';
import { ResourceGraph } from '../environment/graph.ts';
import { graphOf } from '../environment/testing.ts';
import type { DeclaredSafeguard, Scope } from '../model/declaration.ts';
import { ACCOUNT_TYPE, REGION_TYPE } from '../model/resource.ts';
import type { SafeguardReport } from '../model/safeguard.ts';
import { attachmentsOf, runSafeguards } from './run.ts';
import type { Safeguard } from './safeguard.ts';

interface Expectation {
  readonly place: string;
  /** `absent`: the safeguard has no business at this place. */
  readonly state: string;
  readonly facets?: Readonly<Record<string, string>>;
  readonly basis?: string;
  /** Words that the reason contains. */
  readonly because?: string;
}

interface Case {
  readonly name: string;
  readonly scope?: Scope;
  readonly parameters?: Readonly<Record<string, string>>;
  /** A template as text, or as an object. */
  readonly template?: string | object;
  /** Shorthand for a template of resources only. */
  readonly resources?: object;
  readonly declared?: readonly DeclaredSafeguard[];
  readonly expect: readonly Expectation[];
}

/** A resource that no safeguard looks at: templates must have one. */
const NOTHING = { Handle: { Type: 'AWS::CloudFormation::WaitConditionHandle' } };

const FOLDER = new URL('.', import.meta.url);

async function definitions(): Promise<readonly Safeguard[]> {
  const folders = readdirSync(FOLDER, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return Promise.all(
    folders.map(async ({ name }) => {
      const module: { definition: Safeguard } = await import(`./${name}/${name}.ts`);
      return module.definition;
    }),
  );
}

function casesOf(id: string): readonly Case[] {
  const file = readFileSync(new URL(`${id}/${id}.cases.yaml`, FOLDER), 'utf8');
  const document: { cases: readonly Case[] } = parse(file, { merge: true, maxAliasCount: 1000 });
  return document.cases;
}

function graphOfCase(each: Case): ResourceGraph {
  const template = each.template ?? { Resources: each.resources ?? NOTHING };
  const graph = graphOf(template, {
    ...(each.scope ? { scope: each.scope } : {}),
    ...(each.parameters ? { parameters: each.parameters } : {}),
  });
  if (!each.declared) return graph;
  const declaration = { ...graph.facts.declaration, safeguards: each.declared };
  return new ResourceGraph({ ...graph.facts, declaration }, graph.resources);
}

function stateAt(graph: ResourceGraph, report: SafeguardReport, place: string) {
  const named = place === 'account' ? graph.account : place === 'region' ? graph.region : undefined;
  const resource = named ?? graph.resources.find((each) => each.name === place);
  assert.ok(resource, `the case has no resource ${place}`);
  return report.attachments.find((each) => each.resource === resource.id);
}

function check(graph: ResourceGraph, report: SafeguardReport, expected: Expectation): void {
  const attachment = stateAt(graph, report, expected.place);
  assert.equal(attachment?.state ?? 'absent', expected.state, `${expected.place}: ${attachment?.because.en}`);
  for (const [facet, state] of Object.entries(expected.facets ?? {})) {
    const found = attachment?.facets?.find((each) => each.id === facet);
    assert.equal(found?.state ?? 'absent', state, `${expected.place} ${facet}: ${found?.because.en}`);
  }
  if (expected.basis) assert.equal(attachment?.basis, expected.basis);
  if (expected.because) assert.match(attachment?.because.en ?? '', new RegExp(expected.because));
}

const all = await definitions();

for (const definition of all) {
  describe(`safeguard ${definition.id}`, () => {
    const cases = casesOf(definition.id);

    for (const each of cases) {
      test(each.name, () => {
        const graph = graphOfCase(each);
        const [report] = runSafeguards(graph, [definition]);
        assert.ok(report);
        for (const attachment of report.attachments) {
          assert.doesNotMatch(attachment.because.en, /a defect of Honmaru/);
          assert.notEqual(attachment.because.ja, '');
        }
        for (const expected of each.expect) check(graph, report, expected);
        for (const { resource, state } of attachmentsOf(definition, graph)) {
          if (state === 'on' || state === 'not-applicable') continue;
          const place = graph.get(resource);
          assert.ok(place);
          const { summary, edits, needs } = definition.remedy(graph, place);
          assert.ok(summary.en && summary.ja);
          assert.ok(
            edits.length + (needs?.length ?? 0) > 0 || /nothing/i.test(summary.en),
            'a remedy says what to do',
          );
        }
      });
    }

    test('shows that it can be on, off and unknown', () => {
      const states = new Set(cases.flatMap((each) => each.expect.map((expected) => expected.state)));
      const wanted = definition.id === 'shield' ? ['on', 'unknown'] : ['on', 'off', 'unknown'];
      for (const state of wanted) assert.ok(states.has(state), `no case is ${state}`);
    });
  });
}

describe('every safeguard', () => {
  test('carries the id of its folder, and texts in both languages', () => {
    const folders = readdirSync(FOLDER, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    assert.deepEqual(all.map(({ id }) => id).sort(), folders.map(({ name }) => name).sort());
    for (const { id, name, stops, doesNotStop, alsoKnownAs } of all) {
      for (const each of [name, stops, doesNotStop]) assert.ok(each.en && each.ja, id);
      assert.ok(alsoKnownAs.length > 0, id);
      assert.match(stops.ja, /[ぁ-ん]/, `${id}: Japanese`);
      assert.match(doesNotStop.ja, /[ぁ-ん]/, `${id}: Japanese`);
    }
  });

  test('stands in docs/safeguards.md with its facets', () => {
    const page = readFileSync(new URL('../../docs/safeguards.md', FOLDER), 'utf8');
    for (const { id, facets = [] } of all) {
      const row = page.split('\n').find((line) => line.startsWith(`| \`${id}\` |`));
      assert.ok(row, `${id} is missing`);
      for (const facet of facets) assert.ok(row.includes(`\`${facet.id}\``), `${id}: ${facet.id}`);
    }
  });

  test('attaches to the account or the region only by their pseudo-types', () => {
    for (const { attachesTo, id } of all) {
      for (const type of attachesTo) {
        assert.ok(
          /^(AWS|Repository)::/.test(type) || [ACCOUNT_TYPE, REGION_TYPE].includes(type),
          `${id}: ${type}`,
        );
      }
    }
  });
});
