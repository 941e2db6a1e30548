import { text } from '../../kernel/texts.ts';
import { type Answer, all, any, NO, undecided, YES } from '../../model/answer.ts';
import type { Resource } from '../../model/resource.ts';
import { booleanFrom, get, numberFrom, stringFrom, type Value } from '../../model/value.ts';
import type { ResourceGraph } from '../graph.ts';
import {
  type AddressRange,
  ALL_IPV4,
  ALL_IPV6,
  admitsInternet,
  intersect,
  parseCidr,
  subtract,
} from './address-ranges.ts';
import { add, property, referred, resolve } from './lookup.ts';
import { hop, type NetworkHop } from './types.ts';

interface AclEntry {
  readonly exists: Answer;
  readonly at: Value;
  readonly number: number;
}

interface AclIndex {
  readonly bySubnet: Map<string, Resource>;
  readonly entries: Map<string, AclEntry[]>;
}

function indexAcls(graph: ResourceGraph): AclIndex {
  const index: AclIndex = { bySubnet: new Map(), entries: new Map() };
  for (const association of graph.ofType('AWS::EC2::SubnetNetworkAclAssociation')) {
    const acl = referred(graph, property(association, 'NetworkAclId'), 'AWS::EC2::NetworkAcl');
    if (!acl) continue;
    for (const { resource } of resolve(graph, property(association, 'SubnetId')).found) {
      index.bySubnet.set(resource.id, acl);
    }
  }
  for (const entry of graph.ofType('AWS::EC2::NetworkAclEntry')) {
    const acl = referred(graph, property(entry, 'NetworkAclId'), 'AWS::EC2::NetworkAcl');
    if (!acl) continue;
    const number = numberFrom(property(entry, 'RuleNumber')) ?? 0;
    add(index.entries, acl.id, { exists: entry.exists, at: entry.properties, number });
  }
  for (const entries of index.entries.values()) entries.sort((a, b) => a.number - b.number);
  return index;
}

/** The network ACL of a subnet; undefined for the VPC's default one, which lets everything through. */
export function networkAclOf(graph: ResourceGraph, subnet: Resource): Resource | undefined {
  return graph.memo(indexAcls).bySubnet.get(subnet.id);
}

/** The other side of a connection that crosses a subnet's border. */
export interface Crossing {
  /** `internet` means: some wide part of the public addresses. */
  readonly peer: 'internet' | readonly AddressRange[];
  readonly version: 4 | 6;
  readonly protocol: string;
  readonly port: number;
  /** `in`: the connection is opened from outside the subnet. */
  readonly towards: 'in' | 'out';
}

const EPHEMERAL: readonly [number, number] = [1024, 65_535];

/**
 * Whether a subnet's network ACL lets a connection through. ACLs are stateless: the answers leave on the
 * client's ephemeral ports (1024-65535), which the other direction must allow too ("Control subnet traffic
 * with network access control lists").
 */
export function aclPasses(graph: ResourceGraph, subnet: Resource, crossing: Crossing): Answer {
  const acl = networkAclOf(graph, subnet);
  if (!acl) return YES;
  const entries = graph.memo(indexAcls).entries.get(acl.id) ?? [];
  const outward = crossing.towards === 'out';
  const there = passes(entries, { ...crossing, egress: outward });
  const back = any(
    ephemeralPorts(entries).map((port) => passes(entries, { ...crossing, port, egress: !outward })),
  );
  return all([there, back]);
}

/** The hop at a network ACL that is not the default one, or undefined. */
export function aclHop(graph: ResourceGraph, subnet: Resource, passed: Answer): NetworkHop | undefined {
  const acl = networkAclOf(graph, subnet);
  if (!acl) return undefined;
  const what =
    passed.is === 'no'
      ? text(`${acl.name} of ${subnet.name} stops it`, `${subnet.name}の${acl.name}が遮断する`)
      : text(`${acl.name} of ${subnet.name} lets it through`, `${subnet.name}の${acl.name}が通す`);
  return hop(acl.id, what, acl);
}

/** One port for each stretch of ephemeral ports that the entries treat alike. */
function ephemeralPorts(entries: readonly AclEntry[]): readonly number[] {
  const [first, last] = EPHEMERAL;
  const ports = new Set([first]);
  for (const { at } of entries) {
    const from = numberFrom(get(at, 'PortRange', 'From'));
    const to = numberFrom(get(at, 'PortRange', 'To'));
    for (const port of [from, to === undefined ? undefined : to + 1]) {
      if (port !== undefined && port > first && port <= last) ports.add(port);
    }
  }
  return [...ports];
}

function passes(entries: readonly AclEntry[], crossing: Crossing & { readonly egress: boolean }): Answer {
  const everyone = crossing.version === 4 ? ALL_IPV4 : ALL_IPV6;
  let remaining: readonly AddressRange[] = crossing.peer === 'internet' ? [everyone] : crossing.peer;
  const open: Value[] = [];
  for (const entry of entries) {
    if (booleanFrom(get(entry.at, 'Egress')) === true ? !crossing.egress : crossing.egress) continue;
    const applies = appliesTo(entry, crossing);
    if (applies.is === 'no') continue;
    const range = rangeOf(entry.at, crossing.version);
    const action = stringFrom(get(entry.at, 'RuleAction'))?.toLowerCase();
    if (applies.is === 'unknown' || range.kind === 'open' || action === undefined) {
      open.push(...(applies.is === 'unknown' ? applies.undecided : [entry.at]));
      continue;
    }
    if (range.kind === 'other') continue;
    const concerned = intersect(remaining, range.range);
    const matters = crossing.peer === 'internet' ? admitsInternet(concerned) : concerned.length > 0;
    if (matters && action === 'allow') return open.length > 0 ? undecided(...open) : YES;
    remaining = subtract(remaining, range.range);
  }
  return open.length > 0 ? undecided(...open) : NO;
}

function appliesTo(entry: AclEntry, crossing: Crossing): Answer {
  const protocol = get(entry.at, 'Protocol');
  const number = numberFrom(protocol);
  if (number === undefined) return protocol.kind === 'absent' ? NO : undecided(protocol);
  if (number !== -1 && number !== PROTOCOL_NUMBERS[crossing.protocol]) return NO;
  if (number === -1 || (number !== 6 && number !== 17)) return entry.exists;
  const from = get(entry.at, 'PortRange', 'From');
  const to = get(entry.at, 'PortRange', 'To');
  const low = numberFrom(from);
  const high = numberFrom(to);
  if (low === undefined || high === undefined) {
    return from.kind === 'absent' && to.kind === 'absent' ? entry.exists : undecided(from, to);
  }
  return low <= crossing.port && crossing.port <= high ? entry.exists : NO;
}

const PROTOCOL_NUMBERS: Readonly<Record<string, number>> = { icmp: 1, tcp: 6, udp: 17, icmpv6: 58 };

type AclRange =
  | { readonly kind: 'range'; readonly range: AddressRange }
  | { readonly kind: 'open' }
  | { readonly kind: 'other' };

function rangeOf(entry: Value, version: 4 | 6): AclRange {
  const value = get(entry, version === 4 ? 'CidrBlock' : 'Ipv6CidrBlock');
  if (value.kind === 'absent') return { kind: 'other' };
  const written = stringFrom(value);
  const range = written === undefined ? undefined : parseCidr(written);
  return range ? { kind: 'range', range } : { kind: 'open' };
}
