import { ResourceGraph } from '../../src/environment/graph.ts';
import { literalJoins } from '../../src/environment/join-literals.ts';
import { parseJson } from '../../src/kernel/json.ts';
import type { Resource } from '../../src/model/resource.ts';
import { readStacks } from '../../src/sources/cloudformation/read-stacks.ts';
import { parseYaml } from '../../src/sources/documents/yaml.ts';
import { filesInMemory, readTerraformDirectory } from '../../src/sources/terraform/index.ts';

/**
 * The graph of a snippet of CloudFormation. Snippets leave out conditions and resources that they refer
 * to; what could be read is judged, as the program does.
 */
export function graphOfTemplate(template: string | object): ResourceGraph {
  const text = typeof template === 'string' ? template : JSON.stringify(template, null, 2);
  const json = text.trimStart().startsWith('{');
  const file = { path: json ? 'snippet.json' : 'snippet.yaml', text };
  const { root } = json ? parseJson(file) : parseYaml(file);
  return graphOf(readStacks([{ stack: 'snippet', file, root }], new Map()).resources);
}

/** The graph of a snippet of Terraform. */
export async function graphOfConfiguration(text: string): Promise<ResourceGraph> {
  const files = filesInMemory({ 'snippet/main.tf': text });
  return graphOf((await readTerraformDirectory({ folder: 'snippet', files })).resources);
}

/** A snippet is all there is of its account. */
function graphOf(resources: readonly Resource[]): ResourceGraph {
  const declaration = { scope: 'account', parameters: new Map(), assets: [] } as const;
  const facts = { name: 'snippet', declaration, asOf: '2026-01-01T00:00:00.000Z' };
  return new ResourceGraph(facts, resources, literalJoins(resources));
}
