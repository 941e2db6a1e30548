import { absent, booleanFrom, known, list, map, stringFrom, type Value } from '../../../model/value.ts';
import { referenceTo } from '../evaluate/values.ts';
import { idOf, type TerraformResource } from '../terraform-resource.ts';
import { blockItems, eachOption, type Field, type Fields, renamed, written } from '../translate/fields.ts';
import type { DerivedResource } from '../translate/type-mapping.ts';

type Direction = 'ingress' | 'egress';

const ANY_PROTOCOL = { all: '-1' };

/** The arguments that the one-range rule resources share. */
export const POINT_RULE: Fields = {
  security_group_id: 'GroupId',
  description: 'Description',
  ip_protocol: renamed('IpProtocol', ANY_PROTOCOL),
  from_port: 'FromPort',
  to_port: 'ToPort',
  cidr_ipv4: 'CidrIp',
  cidr_ipv6: 'CidrIpv6',
};

/** Terraform's rule blocks list many peers; CloudFormation's rules have one each. */
export const ingressRules: Field = (value, target) =>
  target.set('SecurityGroupIngress', rulesFrom(value, 'ingress'));
export const egressRules: Field = (value, target) =>
  target.set('SecurityGroupEgress', rulesFrom(value, 'egress'));

function rulesFrom(value: Value, direction: Direction): Value {
  if (value.kind === 'unknown') return value;
  const rules = blockItems(value).flatMap((item) => maybeRules(item, direction));
  return list(rules, value.span);
}

function maybeRules(item: Value, direction: Direction): readonly Value[] {
  if (item.kind === 'map') return rulesOf(item, direction);
  if (item.kind !== 'oneOf') return item.kind === 'absent' ? [] : [item];
  const options = item.options.map((option) => (option.kind === 'map' ? rulesOf(option, direction) : []));
  return options.flat().map((rule) => ({
    kind: 'oneOf',
    condition: item.condition,
    options: [rule, absent(rule.span)],
    span: rule.span,
  }));
}

/** One rule per peer of a rule block. */
function rulesOf(block: Value & { kind: 'map' }, direction: Direction): readonly Value[] {
  const { entries, span } = block;
  const common = new Map<string, Value>();
  const protocol = written(entries.get('protocol'));
  if (protocol) common.set('IpProtocol', protocolName(protocol));
  for (const [from, to] of [
    ['from_port', 'FromPort'],
    ['to_port', 'ToPort'],
    ['description', 'Description'],
  ] as const) {
    const value = written(entries.get(from));
    if (value) common.set(to, value);
  }
  return peersOf(entries, direction).map(([property, peer]) =>
    map(new Map([...common, [property, peer]]), span),
  );
}

function protocolName(protocol: Value): Value {
  return eachOption(protocol, (option) =>
    stringFrom(option)?.toLowerCase() === 'all' ? known('-1', option.span) : option,
  );
}

const PEER_LISTS: Readonly<Record<Direction, readonly (readonly [argument: string, property: string])[]>> = {
  ingress: [
    ['cidr_blocks', 'CidrIp'],
    ['ipv6_cidr_blocks', 'CidrIpv6'],
    ['prefix_list_ids', 'SourcePrefixListId'],
    ['security_groups', 'SourceSecurityGroupId'],
    ['source_security_group_id', 'SourceSecurityGroupId'],
  ],
  egress: [
    ['cidr_blocks', 'CidrIp'],
    ['ipv6_cidr_blocks', 'CidrIpv6'],
    ['prefix_list_ids', 'DestinationPrefixListId'],
    ['security_groups', 'DestinationSecurityGroupId'],
    ['source_security_group_id', 'DestinationSecurityGroupId'],
  ],
};

function peersOf(
  entries: ReadonlyMap<string, Value>,
  direction: Direction,
): readonly (readonly [string, Value])[] {
  const peers = PEER_LISTS[direction].flatMap(([argument, property]) => {
    const value = written(entries.get(argument));
    return itemsOfPeers(value).map((peer): readonly [string, Value] => [property, peer]);
  });
  const self = entries.get('self');
  const itself = entries.get('#self');
  if (self && itself && booleanFrom(self) === true) {
    peers.push([direction === 'ingress' ? 'SourceSecurityGroupId' : 'DestinationSecurityGroupId', itself]);
  }
  return peers;
}

/** The peers in a list; a list that is open as a whole is one open peer. */
function itemsOfPeers(value: Value | undefined): readonly Value[] {
  if (!value) return [];
  if (value.kind === 'list') return value.items;
  if (value.kind !== 'oneOf') return [value];
  return [
    {
      ...value,
      options: value.options.flatMap((option) =>
        option.kind === 'list' ? (option.items.length > 0 ? option.items : [absent(option.span)]) : [option],
      ),
    },
  ];
}

/** The rules of an `aws_security_group_rule`: one per peer, ingress or egress by its `type`. */
export function groupRule(resource: TerraformResource): readonly DerivedResource[] {
  const { attributes, span } = resource;
  const direction = stringFrom(attributes.get('type') ?? absent(span)) === 'egress' ? 'egress' : 'ingress';
  const group = written(attributes.get('security_group_id'));
  const entries = new Map(attributes);
  if (group) entries.set('#self', group);
  const type = direction === 'egress' ? 'AWS::EC2::SecurityGroupEgress' : 'AWS::EC2::SecurityGroupIngress';
  return rulesOf({ kind: 'map', entries, span }, direction).map((rule, index) => {
    const properties = new Map(rule.kind === 'map' ? rule.entries : []);
    if (group) properties.set('GroupId', group);
    return { suffix: `rule[${index}]`, type, properties, span };
  });
}

/**
 * Rule blocks with `self = true` refer to the group that they are written in. Where no way out is written
 * there is none: the provider removes the rule that AWS makes ("Resource: aws_security_group").
 */
export function withSelf(resource: TerraformResource): ReadonlyMap<string, Value> {
  const itself = referenceTo(resource.address, idOf(resource.address), 'GroupId', resource.span);
  const marked = new Map(resource.attributes);
  for (const name of ['ingress', 'egress']) {
    const value = resource.attributes.get(name);
    if (value) marked.set(name, markSelf(value, itself));
  }
  if (!written(marked.get('egress'))) marked.set('egress', list([], resource.span));
  return marked;
}

function markSelf(value: Value, itself: Value): Value {
  if (value.kind === 'list')
    return list(
      value.items.map((item) => markSelf(item, itself)),
      value.span,
    );
  if (value.kind === 'oneOf')
    return { ...value, options: value.options.map((option) => markSelf(option, itself)) };
  return value.kind === 'map' ? map(new Map([...value.entries, ['#self', itself]]), value.span) : value;
}
