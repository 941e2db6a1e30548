/** Compares an example in both languages: control, type, twin name and status, and each safeguard's state by place. */

import { CONTROLS } from '../src/controls/registry.generated.ts';
import { runControls } from '../src/controls/run.ts';
import type { ResourceGraph } from '../src/environment/graph.ts';
import { readEnvironment } from '../src/environment/read.ts';
import type { Resource } from '../src/model/resource.ts';
import { SAFEGUARDS } from '../src/safeguards/registry.generated.ts';
import { runSafeguards } from '../src/safeguards/run.ts';

/** What only Terraform can declare: the rules of a VPC's default security group. */
const ONLY_TERRAFORM = new Set(['EC2.2']);

/** Safeguards that CloudFormation cannot declare everywhere: unknown there, decided in Terraform. */
const DECLARED_BY_TERRAFORM = new Set(['inspector', 'macie', 's3-block-public-access']);

/** The default security group of a VPC is a resource in Terraform only. */
const PLACE_ONLY_IN_TERRAFORM = /^network-least-privilege AWS::EC2::SecurityGroup default$/;

/** The findings and states that differ, apart from facts that only Terraform can declare. */
export async function twinDifferences(template: string, configuration: string): Promise<readonly string[]> {
  const [one, other] = [await graphOf(template), await graphOf(configuration)];
  return [...findingDifferences(one, other), ...stateDifferences(one, other)];
}

function stateDifferences(one: ResourceGraph, other: ResourceGraph): readonly string[] {
  const [cloudFormation, terraform] = [states(one), states(other)];
  return [...new Set([...cloudFormation.keys(), ...terraform.keys()])].flatMap((key) => {
    const [here, there] = [cloudFormation.get(key), terraform.get(key)];
    const declaredThere = here === 'unknown' && DECLARED_BY_TERRAFORM.has(key.split(' ')[0] ?? '');
    if (here === there || declaredThere) return [];
    if (here === undefined && PLACE_ONLY_IN_TERRAFORM.test(key)) return [];
    return [`${key}: ${here ?? 'missing'} in CloudFormation, ${there ?? 'missing'} in Terraform`];
  });
}

function states(graph: ResourceGraph): ReadonlyMap<string, string> {
  return new Map(
    runSafeguards(graph, SAFEGUARDS).flatMap(({ id, attachments }) =>
      attachments.map(({ resource, state }) => [keyOf(graph, { control: id, resource }), state] as const),
    ),
  );
}

function findingDifferences(one: ResourceGraph, another: ResourceGraph): readonly string[] {
  const [cloudFormation, terraform] = [statuses(one), statuses(another)];
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

async function graphOf(path: string): Promise<ResourceGraph> {
  const { graph, notAnalysed } = await readEnvironment({
    paths: [path],
    parameters: new Map(),
    asOf: '2026-01-01T00:00:00.000Z',
    cwd: process.cwd(),
  });
  const problem = notAnalysed.find(({ kind }) => kind === 'input');
  if (problem) throw new Error(`${path}: ${problem.reason.en}`);
  return graph;
}

function statuses(graph: ResourceGraph): ReadonlyMap<string, string> {
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
