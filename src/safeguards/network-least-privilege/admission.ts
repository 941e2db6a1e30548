import type { ResourceGraph } from '../../environment/graph.ts';
import {
  type AddressRange,
  admitsInternet,
  covers,
  parseCidr,
} from '../../environment/reachability/address-ranges.ts';
import { type GroupRule, rulesOf } from '../../environment/reachability/index.ts';
import type { Answer } from '../../model/answer.ts';
import type { Resource } from '../../model/resource.ts';
import { get, itemsOf, numberFrom, stringFrom, type Value } from '../../model/value.ts';

/** Whom one rule of a security group admits, by how wide that is. */
export type Width = 'internet' | 'network' | 'range' | 'group' | 'unknown';

/** One incoming rule, read for how wide it is. */
export interface Admission {
  readonly group: Resource;
  readonly width: Width;
  /** First and last port; all ports for rules of every protocol. */
  readonly ports: { readonly from: number; readonly to: number };
  readonly exists: Answer;
  readonly at: Value;
}

/**
 * The incoming rules of a group. A rule that names several sources counts once for each. Many resources
 * share a group, so its admissions are kept.
 */
export function admissionsOf(graph: ResourceGraph, group: Resource): readonly Admission[] {
  const known = graph.memo(readAdmissions);
  const before = known.get(group.id);
  if (before) return before;
  const admissions = readGroup(graph, group);
  known.set(group.id, admissions);
  return admissions;
}

function readAdmissions(_: ResourceGraph): Map<string, readonly Admission[]> {
  return new Map();
}

function readGroup(graph: ResourceGraph, group: Resource): readonly Admission[] {
  const vpc = group.type === 'AWS::EC2::VPC' ? group : graph.target(get(group.properties, 'VpcId'));
  const network = vpc ? parseCidr(stringFrom(get(vpc.properties, 'CidrBlock')) ?? '') : undefined;
  return rulesOf(graph, group, 'ingress').flatMap((rule) =>
    widthsOf(graph, rule, network).map((width) => ({
      group,
      width,
      ports: portsOf(rule.at),
      exists: rule.exists,
      at: rule.at,
    })),
  );
}

function widthsOf(
  graph: ResourceGraph,
  rule: GroupRule,
  network: AddressRange | undefined,
): readonly Width[] {
  if (rule.at.kind === 'unknown') return ['unknown'];
  const widths: Width[] = [];
  for (const name of ['CidrIp', 'CidrIpv6']) {
    const cidr = get(rule.at, name);
    if (cidr.kind !== 'absent') widths.push(widthOfCidr(cidr, network));
  }
  if (
    ['SourceSecurityGroupId', 'SourceSecurityGroupName'].some((name) => get(rule.at, name).kind !== 'absent')
  ) {
    widths.push('group');
  }
  const prefixes = get(rule.at, 'SourcePrefixListId');
  if (prefixes.kind !== 'absent') widths.push(...widthOfPrefixList(graph, prefixes, network));
  return widths;
}

function widthOfCidr(cidr: Value, network: AddressRange | undefined): Width {
  const range = parseCidr(stringFrom(cidr) ?? '');
  if (!range) return 'unknown';
  if (admitsInternet([range])) return 'internet';
  return network && covers(range, network) ? 'network' : 'range';
}

/** A prefix list that was not read is somebody's considered list (CloudFront's, a partner's): a range. */
function widthOfPrefixList(
  graph: ResourceGraph,
  value: Value,
  network: AddressRange | undefined,
): readonly Width[] {
  const list = graph.target(value);
  if (list?.type !== 'AWS::EC2::PrefixList') return ['range'];
  return itemsOf(get(list.properties, 'Entries')).map((entry) => widthOfCidr(get(entry, 'Cidr'), network));
}

function portsOf(rule: Value): { readonly from: number; readonly to: number } {
  const protocol = stringFrom(get(rule, 'IpProtocol'));
  const from = numberFrom(get(rule, 'FromPort'));
  const to = numberFrom(get(rule, 'ToPort'));
  if (protocol === '-1' || from === undefined || from < 0) return { from: 0, to: 65_535 };
  return { from, to: to === undefined || to < 0 ? 65_535 : to };
}

/** Whether an admission lets a port in. */
export function admitsPort(admission: Admission, port: number): boolean {
  return admission.ports.from <= port && port <= admission.ports.to;
}
