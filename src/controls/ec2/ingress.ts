/** The inbound rules of security groups, wherever they are written, and what they let in. */
import type { ResourceGraph } from '../../environment/graph.ts';
import { type Answer, all, answer, any, ask, isOneOf, someItem, undecided } from '../../model/answer.ts';
import type { Resource } from '../../model/resource.ts';
import { get, numberFrom, stringFrom, type Value } from '../../model/value.ts';

/** Groups, and rules whose group is declared elsewhere: those are judged by themselves. */
export const INGRESS_TYPES = ['AWS::EC2::SecurityGroup', 'AWS::EC2::SecurityGroupIngress'];

/** Whether a resource is a group, or an inbound rule whose group is declared elsewhere. */
export function standsForItself(resource: Resource, graph: ResourceGraph): boolean {
  if (resource.type === 'AWS::EC2::SecurityGroup') return true;
  return graph.target(get(resource.properties, 'GroupId'))?.type !== 'AWS::EC2::SecurityGroup';
}

/** Whether some inbound rule of a group, inline or a resource of its own, answers yes. */
export function someIngress(
  group: Resource,
  graph: ResourceGraph,
  question: (rule: Value) => Answer,
): Answer {
  if (group.type !== 'AWS::EC2::SecurityGroup') return question(group.properties);
  return any([
    someItem(get(group.properties, 'SecurityGroupIngress'), question),
    ...separateRules(group, graph).map((rule) => all([rule.exists, question(rule.properties)])),
  ]);
}

/** Inbound rules that are resources of their own and whose `GroupId` is the group. */
export function separateRules(group: Resource, graph: ResourceGraph): readonly Resource[] {
  return graph.memo(rulesByGroup).get(group.id) ?? NO_RULES;
}

const NO_RULES: readonly Resource[] = [];

function rulesByGroup(graph: ResourceGraph): ReadonlyMap<string, readonly Resource[]> {
  const rules = graph.ofType('AWS::EC2::SecurityGroupIngress');
  return Map.groupBy(rules, (rule) => graph.target(get(rule.properties, 'GroupId'))?.id ?? '');
}

/** Whether a rule admits the whole internet, by IPv4 or IPv6. */
export function isFromAnywhere(rule: Value): Answer {
  return any([isFromAnyIpv4(rule), isFromAnyIpv6(rule)]);
}

export function isFromAnyIpv4(rule: Value): Answer {
  return isOneOf(get(rule, 'CidrIp'), ['0.0.0.0/0']);
}

/** `::/0`, however it is written. */
export function isFromAnyIpv6(rule: Value): Answer {
  return ask(get(rule, 'CidrIpv6'), (each) => /^[0:]*::?[0:]*\/0$/.test(stringFrom(each) ?? ''));
}

/** Whether a rule of the protocol, or of all protocols, covers one of the ports. */
export function coversPort(
  rule: Value,
  ports: readonly number[],
  protocols: readonly string[] = ['tcp', '6', 'udp', '17'],
): Answer {
  const protocol = get(rule, 'IpProtocol');
  const everything = isOneOf(protocol, ['-1']);
  if (everything.is === 'yes') return everything;
  return any([everything, all([isOneOf(protocol, protocols), rangeCovers(rule, ports)])]);
}

/** Whether the range from `FromPort` to `ToPort` covers one of the ports; without numbers it covers all. */
function rangeCovers(rule: Value, ports: readonly number[]): Answer {
  const from = get(rule, 'FromPort');
  const to = get(rule, 'ToPort');
  const open = [from, to].filter((each) => each.kind === 'unknown' || each.kind === 'oneOf');
  if (open.length > 0) return undecided(...open);
  const low = numberFrom(from) ?? 0;
  const high = numberFrom(to) ?? numberFrom(from) ?? 65_535;
  return answer(low === -1 || ports.some((port) => low <= port && port <= high));
}
