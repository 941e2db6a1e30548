import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { isDeclared, ResourceGraph } from '../environment/graph.ts';
import { graphOf } from '../environment/testing.ts';
import type { AssetDeclaration, Scope } from '../model/declaration.ts';
import type { Risk } from '../model/risk.ts';
import type { SafeguardState } from '../model/safeguard.ts';
import { findRisks } from './find.ts';
import { reportsFor } from './testing.ts';

/** One example of a risk rule: an environment in which it is found, or is not. */
export interface RuleCase {
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

export const RULES_FOLDER = new URL('./rules/', import.meta.url);
const WEBAPP = parse(readFileSync(new URL('./testdata/webapp.yaml', import.meta.url), 'utf8'));

/** The examples beside a rule. */
export function casesOf(rule: string): readonly RuleCase[] {
  const file = new URL(`./${rule}.cases.yaml`, RULES_FOLDER);
  return existsSync(file) ? parse(readFileSync(file, 'utf8')).cases : [];
}

/** All risks of an example's environment. */
export function risksOfCase(each: RuleCase): readonly Risk[] {
  const template = each.base === 'none' ? { ...each.template } : merge(WEBAPP, each.template ?? {});
  const read = graphOf(template as object, {
    scope: each.scope ?? 'account',
    ...(each.parameters ? { parameters: each.parameters } : {}),
    ...(each.assets ? { assets: each.assets } : {}),
  });
  const graph = each.terraform ? asTerraform(read) : read;
  return findRisks(graph, [], reportsFor(graph, each.safeguards)).risks;
}

/** The same resources under the ids of Terraform; without references between them. */
function asTerraform(graph: ResourceGraph): ResourceGraph {
  const resources = graph.resources
    .filter(isDeclared)
    .map((resource) => ({ ...resource, id: `tf:${resource.name}`, basis: 'plan' as const }));
  return new ResourceGraph(graph.facts, resources);
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
