import { text } from '../../kernel/texts.ts';
import { type Answer, all, any, NO, undecided, YES } from '../../model/answer.ts';
import type { Resource } from '../../model/resource.ts';
import { get, isUndecided, numberFrom, showValue, stringFrom, type Value } from '../../model/value.ts';
import type { ResourceGraph } from '../graph.ts';
import { type AddressRange, admitsInternet, covers, intersect, parseCidr } from './address-ranges.ts';
import { add, itemsWithPresence, property } from './lookup.ts';
import { hop, type NetworkHop, type PortRange } from './types.ts';

export type Direction = 'ingress' | 'egress';

/** One rule of a security group, inline or declared apart. */
export interface GroupRule {
  /** The security group, or the VPC whose default group it is. */
  readonly group: Resource;
  /** The map that states the rule. */
  readonly at: Value;
  readonly exists: Answer;
}

/** Who may be at the other end of a connection. */
export type Peer =
  | { readonly kind: 'internet'; readonly version: 4 | 6 }
  | {
      readonly kind: 'inside';
      /** Ids of its security groups. */
      readonly groups: ReadonlySet<string>;
      readonly openGroups: readonly Value[];
      /** The addresses it may have; undefined when they are not known. */
      readonly ranges?: readonly AddressRange[];
      /** What would tell the addresses. */
      readonly openRanges: readonly Value[];
    };

/** A stretch of ports that a rule opens to a peer. */
export interface Opening {
  readonly rule: GroupRule;
  /** Yes or unknown. */
  readonly answer: Answer;
  readonly protocol: string;
  readonly ports: PortRange;
}

interface GroupRules {
  readonly ingress: Map<string, GroupRule[]>;
  readonly egress: Map<string, GroupRule[]>;
}

/** The rules of a security group in one direction. */
export function rulesOf(graph: ResourceGraph, group: Resource, direction: Direction): readonly GroupRule[] {
  return graph.memo(indexRules)[direction].get(group.id) ?? [];
}

function indexRules(graph: ResourceGraph): GroupRules {
  const rules: GroupRules = { ingress: new Map(), egress: new Map() };
  for (const group of graph.ofType('AWS::EC2::SecurityGroup')) {
    for (const item of itemsWithPresence(property(group, 'SecurityGroupIngress'))) {
      add(rules.ingress, group.id, { group, at: item.value, exists: all([group.exists, item.present]) });
    }
    for (const item of itemsWithPresence(property(group, 'SecurityGroupEgress'))) {
      add(rules.egress, group.id, { group, at: item.value, exists: all([group.exists, item.present]) });
    }
  }
  for (const direction of ['ingress', 'egress'] as const) {
    const type = direction === 'ingress' ? 'AWS::EC2::SecurityGroupIngress' : 'AWS::EC2::SecurityGroupEgress';
    for (const rule of graph.ofType(type)) {
      const group = graph.target(property(rule, 'GroupId')) ?? graph.target(property(rule, 'GroupName'));
      if (group) add(rules[direction], group.id, { group, at: rule.properties, exists: rule.exists });
    }
  }
  return rules;
}

/** What the rules of some groups open to a peer, whatever surely stays closed left out. */
export function openings(
  graph: ResourceGraph,
  groups: readonly Resource[],
  direction: Direction,
  peer: Peer,
): readonly Opening[] {
  return groups.flatMap((group) => {
    const written = rulesOf(graph, group, direction).flatMap((rule) => openingOf(graph, rule, peer) ?? []);
    return [...written, ...unwritten(group, direction, peer)];
  });
}

/** What holds without being written: free egress, and members of a default group among each other. */
function unwritten(group: Resource, direction: Direction, peer: Peer): readonly Opening[] {
  const rule: GroupRule = { group, at: group.properties, exists: group.exists };
  const everything = { rule, answer: YES, protocol: 'all', ports: { from: 0, to: 65_535 } };
  if (direction === 'egress') return hasDefaultEgress(group) ? [everything] : [];
  const isDefault = group.type === 'AWS::EC2::VPC';
  return isDefault && peer.kind === 'inside' && peer.groups.has(group.id) ? [everything] : [];
}

/**
 * EC2 allows all egress unless rules are given ("SecurityGroupEgress" of AWS::EC2::SecurityGroup); Terraform
 * removes that rule, so there an absent list allows nothing.
 */
function hasDefaultEgress(group: Resource): boolean {
  if (group.type === 'AWS::EC2::VPC') return true;
  const egress = property(group, 'SecurityGroupEgress');
  const empty = egress.kind === 'absent' || (egress.kind === 'list' && egress.items.length === 0);
  return empty && !group.id.startsWith('tf:');
}

function openingOf(graph: ResourceGraph, rule: GroupRule, peer: Peer): Opening | undefined {
  const protocol = protocolOf(get(rule.at, 'IpProtocol'));
  const from = get(rule.at, 'FromPort');
  const to = get(rule.at, 'ToPort');
  const openPorts = protocol === 'all' ? [] : [from, to].filter(isUndecided);
  const answer = all([
    rule.exists,
    admits(graph, rule.at, peer),
    protocol === undefined ? undecided(get(rule.at, 'IpProtocol')) : YES,
    openPorts.length > 0 ? undecided(...openPorts) : YES,
  ]);
  if (answer.is === 'no') return undefined;
  const open = protocol === 'all' || protocol === undefined || openPorts.length > 0;
  const ports = open
    ? { from: 0, to: 65_535 }
    : { from: Math.max(0, numberFrom(from) ?? 0), to: portEnd(numberFrom(to) ?? numberFrom(from)) };
  return { rule, answer, protocol: protocol ?? 'all', ports };
}

function portEnd(port: number | undefined): number {
  return port === undefined || port < 0 ? 65_535 : port;
}

const PROTOCOLS: Readonly<Record<string, string>> = {
  '-1': 'all',
  '1': 'icmp',
  '6': 'tcp',
  '17': 'udp',
  '58': 'icmpv6',
};

function protocolOf(value: Value): string | undefined {
  const word = stringFrom(value)?.toLowerCase();
  if (word === undefined) return undefined;
  return Object.hasOwn(PROTOCOLS, word) ? PROTOCOLS[word] : word;
}

function admits(graph: ResourceGraph, rule: Value, peer: Peer): Answer {
  if (rule.kind === 'unknown') return undecided(rule);
  const cidr = get(rule, peer.kind === 'internet' && peer.version === 6 ? 'CidrIpv6' : 'CidrIp');
  const answers = [admitsCidr(cidr, peer)];
  if (peer.kind === 'inside')
    answers.push(admitsCidr(get(rule, 'CidrIpv6'), peer), admitsGroup(graph, rule, peer));
  for (const name of ['SourcePrefixListId', 'DestinationPrefixListId']) {
    answers.push(admitsPrefixList(graph, get(rule, name), peer));
  }
  return any(answers);
}

function admitsCidr(cidr: Value, peer: Peer): Answer {
  if (cidr.kind === 'absent') return NO;
  const text = stringFrom(cidr);
  const range = text === undefined ? undefined : parseCidr(text);
  if (!range) return undecided(cidr);
  if (peer.kind === 'internet') return range.version === peer.version && admitsInternet([range]) ? YES : NO;
  if (range.version === 4 && range.start === 0n && admitsInternet([range])) return YES;
  const known = peer.ranges;
  if (known?.some((each) => covers(range, each))) return YES;
  const overlaps = known?.some((each) => intersect([each], range).length > 0) ?? true;
  return overlaps ? undecided(...(peer.openRanges.length > 0 ? peer.openRanges : [cidr])) : NO;
}

function admitsPrefixList(graph: ResourceGraph, value: Value, peer: Peer): Answer {
  if (value.kind === 'absent') return NO;
  const list = graph.target(value);
  if (list?.type !== 'AWS::EC2::PrefixList') return undecided(value);
  return any(
    itemsWithPresence(property(list, 'Entries')).map((entry) =>
      all([entry.present, admitsCidr(get(entry.value, 'Cidr'), peer)]),
    ),
  );
}

function admitsGroup(graph: ResourceGraph, rule: Value, peer: Extract<Peer, { kind: 'inside' }>): Answer {
  return any(
    ['SourceSecurityGroupId', 'SourceSecurityGroupName', 'DestinationSecurityGroupId'].map((name) => {
      const value = get(rule, name);
      if (value.kind === 'absent') return NO;
      const group = graph.target(value);
      if (!group || group.external) return undecided(value);
      if (peer.groups.has(group.id)) return YES;
      return peer.openGroups.length > 0 ? undecided(...peer.openGroups) : NO;
    }),
  );
}

/** Whether an opening lets a port of a protocol through. */
export function opens(opening: Opening, port: number, protocol = 'tcp'): boolean {
  if (opening.protocol !== 'all' && opening.protocol !== protocol) return false;
  return opening.ports.from <= port && port <= opening.ports.to;
}

/** The hop through a security group's rule. */
export function groupHop(opening: Opening): NetworkHop {
  const { group, at } = opening.rule;
  const who = peerShown(at);
  const ports = portsShown(opening);
  return hop(
    group.id,
    text(
      `${group.name} admits ${who} on ${ports.en}`,
      `${group.name}が${who}からの${ports.ja}を許可している`,
    ),
    at,
  );
}

function peerShown(rule: Value): string {
  for (const name of PEER_PROPERTIES) {
    const value = get(rule, name);
    if (value.kind !== 'absent') return showValue(value);
  }
  return showValue(rule).slice(0, 80);
}

const PEER_PROPERTIES = [
  'CidrIp',
  'CidrIpv6',
  'SourceSecurityGroupId',
  'SourceSecurityGroupName',
  'SourcePrefixListId',
  'DestinationSecurityGroupId',
  'DestinationPrefixListId',
];

function portsShown(opening: Opening): { en: string; ja: string } {
  const { from, to } = opening.ports;
  if (opening.protocol === 'all' || (from === 0 && to === 65_535))
    return { en: 'every port', ja: '全ポート' };
  const range = from === to ? `${from}` : `${from}-${to}`;
  return { en: `port ${range}`, ja: `ポート${range}` };
}
