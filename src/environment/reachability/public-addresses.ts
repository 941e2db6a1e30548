import { type Text, text } from '../../kernel/texts.ts';
import { type Answer, all, any, isNumber, isTrue, NO, undecided, YES } from '../../model/answer.ts';
import type { Resource } from '../../model/resource.ts';
import { get, type Value } from '../../model/value.ts';
import type { ResourceGraph } from '../graph.ts';
import { launchInterfaces, launchIsKnown, launchValue } from './launch.ts';
import { property, resolve } from './lookup.ts';
import { placementOf } from './placement.ts';

/** Whether something has an address of the internet, and the fact that decides it. */
export interface PublicAddress {
  readonly answer: Answer;
  readonly because: Text;
  readonly at?: Value;
}

/**
 * Whether a server gets a public address: an Elastic IP, its interface's `AssociatePublicIpAddress`, else
 * its subnet's setting; instances of the default VPC get one unless told otherwise ("Amazon EC2 instance
 * IP addressing").
 */
export function publicAddressOf(graph: ResourceGraph, server: Resource, version: 4 | 6): PublicAddress {
  return version === 4 ? publicIpv4(graph, server) : publicIpv6(graph, server);
}

function publicIpv4(graph: ResourceGraph, server: Resource): PublicAddress {
  const elastic = elasticAddress(graph, server);
  if (elastic) return elastic;
  const requested = [
    launchValue(graph, server, 'AssociatePublicIpAddress'),
    ...launchInterfaces(graph, server).map((each) => get(each, 'AssociatePublicIpAddress')),
  ].find((value) => value.kind !== 'absent');
  if (requested) {
    const because = text(
      `${server.name} sets AssociatePublicIpAddress`,
      `${server.name}がAssociatePublicIpAddressを指定している`,
    );
    return { answer: isTrue(requested), because, at: requested };
  }
  if (!launchIsKnown(graph, server)) {
    const at = property(server, 'LaunchTemplate');
    const because = text(
      `the launch template of ${server.name} was not read`,
      `${server.name}の起動テンプレートが読み込まれていない`,
    );
    return { answer: undecided(at.kind === 'absent' ? server.properties : at), because };
  }
  return bySubnet(graph, server, 'MapPublicIpOnLaunch');
}

function elasticAddress(graph: ResourceGraph, server: Resource): PublicAddress | undefined {
  const interfaces = launchInterfaces(graph, server).flatMap(
    (each) => resolve(graph, get(each, 'NetworkInterfaceId')).found,
  );
  for (const holder of [server, ...interfaces.map(({ resource }) => resource)]) {
    const [association] = graph.referrersOfType(holder, 'AWS::EC2::EIP', 'AWS::EC2::EIPAssociation');
    if (!association) continue;
    const because = text(
      `${association.name} gives ${server.name} an Elastic IP address`,
      `${association.name}が${server.name}にElastic IPを割り当てている`,
    );
    return { answer: association.exists, because, at: association.properties };
  }
  return undefined;
}

function publicIpv6(graph: ResourceGraph, server: Resource): PublicAddress {
  const counts = [
    launchValue(graph, server, 'Ipv6AddressCount'),
    ...launchInterfaces(graph, server).map((each) => get(each, 'Ipv6AddressCount')),
  ].filter((value) => value.kind !== 'absent');
  const bySubnets = bySubnet(graph, server, 'AssignIpv6AddressOnCreation');
  if (counts.length === 0)
    return placementOf(graph, server).inDefaultVpc ? { ...bySubnets, answer: NO } : bySubnets;
  const because = text(
    `${server.name} asks for IPv6 addresses`,
    `${server.name}がIPv6アドレスを要求している`,
  );
  return { answer: any(counts.map((value) => isNumber(value, (count) => count > 0))), because };
}

function bySubnet(graph: ResourceGraph, server: Resource, name: string): PublicAddress {
  const placement = placementOf(graph, server);
  if (placement.inDefaultVpc) {
    const because = text(
      `${server.name} names no subnet: the default VPC gives it a public address`,
      `${server.name}はサブネットを指定せず、デフォルトVPCがパブリックIPを付与する`,
    );
    return { answer: YES, because };
  }
  const answers = placement.subnets.map(({ resource, sure }) =>
    all([sure, isTrue(property(resource, name))]),
  );
  const open = placement.openSubnets.length > 0 ? [undecided(...placement.openSubnets)] : [];
  const answer = any([...answers, ...open]);
  const decisive = placement.subnets.find(({ resource }) => isTrue(property(resource, name)).is === 'yes');
  const at = decisive ? property(decisive.resource, name) : undefined;
  const because =
    answer.is === 'yes'
      ? text(
          `${decisive?.resource.name ?? server.name} gives public addresses on launch (${name})`,
          `${decisive?.resource.name ?? server.name}が起動時にパブリックIPを付与する(${name})`,
        )
      : text(`${server.name} has no public address`, `${server.name}にパブリックIPがない`);
  return at ? { answer, because, at } : { answer, because };
}
