import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { parse } from 'yaml';
import { isDeclared, ResourceGraph } from '../environment/graph.ts';
import { graphOf } from '../environment/testing.ts';
import type { AssetDeclaration, Scope } from '../model/declaration.ts';
import type { Interval, Risk } from '../model/risk.ts';
import type { SafeguardState } from '../model/safeguard.ts';
import { findRisks } from './find.ts';
import { RISK_RULES } from './registry.generated.ts';
import { reportsFor } from './testing.ts';
import { verifyScores } from './verify.ts';

interface RuleCase {
  readonly name: string;
  /** `webapp` (the default) merges the resources over testdata/webapp.yaml; `none` takes them alone. */
  readonly base?: 'webapp' | 'none';
  readonly scope?: Scope;
  /** Takes the resources as if Terraform declared them. */
  readonly terraform?: boolean;
  readonly parameters?: Readonly<Record<string, string>>;
  readonly template?: Record<string, unknown>;
  readonly assets?: readonly AssetDeclaration[];
  readonly safeguards?: Readonly<Record<string, SafeguardState>>;
  readonly expect: {
    readonly found: boolean;
    /** Logical names of the resources that the risk reaches. */
    readonly reaches?: readonly string[];
    readonly current?: number | readonly [number, number];
    readonly target?: number | readonly [number, number];
    readonly response?: Risk['proposal']['response'];
    readonly decided?: boolean;
  };
}

const FOLDER = new URL('./rules/', import.meta.url);
const WEBAPP = parse(readFileSync(new URL('./testdata/webapp.yaml', import.meta.url), 'utf8'));

describe('risk rules', () => {
  test('each has its number once, and cases of its own where it is found and where it is not', () => {
    const numbers = RISK_RULES.map((rule) => rule.number);
    assert.equal(new Set(numbers).size, numbers.length);
    for (let number = 1; number <= 40; number += 1) assert.ok(numbers.includes(number), `number ${number}`);
    for (const rule of RISK_RULES) {
      const cases = casesOf(rule.id);
      assert.ok(
        cases.some((each) => each.expect.found) && cases.some((each) => !each.expect.found),
        `${rule.id} needs a case of each kind`,
      );
    }
    const files = readdirSync(FOLDER).filter((file) => file.endsWith('.cases.yaml'));
    assert.equal(files.length, RISK_RULES.length);
  });

  for (const rule of RISK_RULES) {
    describe(rule.id, () => {
      for (const each of casesOf(rule.id)) test(each.name, () => check(rule.id, each));
    });
  }
});

function casesOf(rule: string): readonly RuleCase[] {
  const file = new URL(`./${rule}.cases.yaml`, FOLDER);
  return existsSync(file) ? parse(readFileSync(file, 'utf8')).cases : [];
}

function check(rule: string, each: RuleCase): void {
  const template = each.base === 'none' ? { ...each.template } : merge(WEBAPP, each.template ?? {});
  const read = graphOf(template as object, {
    scope: each.scope ?? 'account',
    ...(each.parameters ? { parameters: each.parameters } : {}),
    ...(each.assets ? { assets: each.assets } : {}),
  });
  const graph = each.terraform ? asTerraform(read) : read;
  const { risks } = findRisks(graph, [], reportsFor(graph, each.safeguards));
  const [risk] = risks.filter((candidate) => candidate.rule === rule);
  assert.equal(risk !== undefined, each.expect.found, risk ? risk.statement.cause.en : 'not found');
  assert.deepEqual(verifyScores(JSON.parse(JSON.stringify({ risks }))), []);
  if (!risk) return;
  const { reaches, current, target, response, decided } = each.expect;
  const names = risk.assets.map((asset) => asset.resource.replace(/^.*[/:]/, '')).sort();
  if (reaches) assert.deepEqual(names, [...reaches].sort());
  if (current !== undefined) assert.deepEqual(risk.current, interval(current));
  if (target !== undefined) assert.deepEqual(risk.target, interval(target));
  if (response) assert.equal(risk.proposal.response, response);
  if (decided !== undefined)
    assert.equal(
      risk.scoring.paths.some((path) => path.decided),
      decided,
    );
  for (const text of [
    risk.title,
    ...Object.values(risk.statement),
    risk.proposal.reason,
    risk.scoring.threatReason,
  ]) {
    assert.ok(text.en.length > 5 && /[぀-ヿ一-鿿]/.test(text.ja), `${rule} speaks both languages`);
  }
}

/** The same resources under the ids of Terraform; without references between them. */
function asTerraform(graph: ResourceGraph): ResourceGraph {
  const resources = graph.resources
    .filter(isDeclared)
    .map((resource) => ({ ...resource, id: `tf:${resource.name}`, basis: 'plan' as const }));
  return new ResourceGraph(graph.facts, resources);
}

function interval(value: number | readonly [number, number]): Interval {
  return typeof value === 'number' ? { low: value, high: value } : { low: value[0], high: value[1] };
}

/** Merges maps key by key; lists and scalars replace, null removes. */
function merge(base: unknown, over: unknown): unknown {
  if (!isMap(base) || !isMap(over)) return over;
  const merged: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(over)) {
    if (value === null) delete merged[key];
    else merged[key] = merge(merged[key], value);
  }
  return merged;
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
