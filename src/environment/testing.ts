import { parseJson } from '../kernel/json.ts';
import type { SourceFile } from '../kernel/source-file.ts';
import { formatPlace } from '../kernel/source-file.ts';
import type { NotAnalysed } from '../model/assessment.ts';
import type { AssetDeclaration, Scope } from '../model/declaration.ts';
import type { Resource } from '../model/resource.ts';
import { readStacks, type TemplateFile } from '../sources/cloudformation/read-stacks.ts';
import { parseYaml } from '../sources/documents/yaml.ts';
import { ResourceGraph } from './graph.ts';
import { literalJoins } from './join-literals.ts';

export interface GraphOptions {
  readonly scope?: Scope;
  readonly parameters?: Readonly<Record<string, string>>;
  readonly assets?: readonly AssetDeclaration[];
  readonly stack?: string;
}

/** When the test environments were "read". */
export const TEST_TIME = '2026-01-01T00:00:00.000Z';

/**
 * The graph of one CloudFormation template: YAML or JSON text, or the whole template as an object.
 *
 * @throws Error when the template has input problems.
 */
export function graphOf(template: string | object, options: GraphOptions = {}): ResourceGraph {
  return graphOfAll({ [options.stack ?? 'test']: template }, options);
}

/** The graph of several templates by stack name. */
export function graphOfAll(
  templates: Readonly<Record<string, string | object>>,
  options: GraphOptions = {},
): ResourceGraph {
  const files = Object.entries(templates).map(([stack, template]) => templateFile(stack, template));
  const parameters = new Map(Object.entries(options.parameters ?? {}));
  const { resources, notes } = readStacks(files, parameters);
  const problem = notes.find((note) => note.kind === 'input');
  if (problem) throw new Error(describe(problem));
  const declaration = {
    scope: options.scope ?? ('application' as const),
    parameters,
    assets: options.assets ?? [],
  };
  return new ResourceGraph(
    { name: 'test', declaration, asOf: TEST_TIME },
    resources,
    literalJoins(resources),
  );
}

/**
 * The one resource of a graph with a logical name.
 *
 * @throws Error when there is none, or more than one.
 */
export function resource(graph: ResourceGraph, logicalName: string): Resource {
  const found = graph.resources.filter((each) => each.name === logicalName);
  const [only] = found;
  if (!only || found.length > 1) throw new Error(`${found.length} resources are called ${logicalName}`);
  return only;
}

function templateFile(stack: string, template: string | object): TemplateFile {
  const text = typeof template === 'string' ? template : JSON.stringify(template, null, 2);
  const json = text.trimStart().startsWith('{');
  const file: SourceFile = { path: `${stack}.${json ? 'json' : 'yaml'}`, text };
  const { root, problems } = json ? parseJson(file) : parseYaml(file);
  const [problem] = problems;
  if (problem) throw new Error(problem.message.en);
  return { stack, file, root };
}

function describe(note: NotAnalysed): string {
  return `${note.source ? `${formatPlace(note.source)}: ` : ''}${note.reason.en} (${note.what})`;
}
