/** Compares an example in both languages: the same control, type, twin name and status. */

import { CONTROLS } from '../src/controls/registry.generated.ts';
import { runControls } from '../src/controls/run.ts';
import type { ResourceGraph } from '../src/environment/graph.ts';
import { readEnvironment } from '../src/environment/read.ts';
import type { Resource } from '../src/model/resource.ts';

/** What only Terraform can declare: the rules of a VPC's default security group. */
const ONLY_TERRAFORM = new Set(['EC2.2']);

/** The findings that differ, apart from facts that only Terraform can declare. */
export async function twinDifferences(template: string, configuration: string): Promise<readonly string[]> {
  const [cloudFormation, terraform] = [await statuses(template), await statuses(configuration)];
  const problems: string[] = [];
  for (const [key, status] of cloudFormation) {
    const other = terraform.get(key);
    if (other === status || ONLY_TERRAFORM.has(key.split(' ')[0] ?? '')) continue;
    const declaredThere =
      status === 'UNKNOWN' && (other === 'PASS' || other === 'FAIL') && key.includes('Account::');
    if (!declaredThere)
      problems.push(`${key}: ${status} in CloudFormation, ${other ?? 'missing'} in Terraform`);
  }
  return problems;
}

async function statuses(path: string): Promise<ReadonlyMap<string, string>> {
  const { graph, notAnalysed } = await readEnvironment({
    paths: [path],
    parameters: new Map(),
    asOf: '2026-01-01T00:00:00.000Z',
    cwd: process.cwd(),
  });
  const problem = notAnalysed.find(({ kind }) => kind === 'input');
  if (problem) throw new Error(`${path}: ${problem.reason.en}`);
  return new Map(runControls(graph, CONTROLS).map((finding) => [keyOf(graph, finding), finding.status]));
}

function keyOf(graph: ResourceGraph, finding: { control: string; resource: string }): string {
  const resource = graph.get(finding.resource);
  return resource ? `${finding.control} ${resource.type} ${twinName(resource)}` : finding.control;
}

/** `WebServer` and `aws_instance.web_server` are twins. */
function twinName(resource: Resource): string {
  if (!resource.id.startsWith('tf:'))
    return resource.name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();
  return resource.name.replace(/#.*$/, '').split('.').at(-1) ?? '';
}
