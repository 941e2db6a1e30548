import { text } from '../../kernel/texts.ts';
import { type Answer, all, any, NO, undecided, YES } from '../../model/answer.ts';
import type { Resource } from '../../model/resource.ts';
import type { ResourceGraph } from '../graph.ts';
import { aclHop, aclPasses } from './network-acls.ts';
import { placementOf } from './placement.ts';
import { internetRoute } from './routes.ts';
import { groupHop, type Opening, openings } from './security-groups.ts';
import { hop, INTERNET, type InternetReach, type NetworkHop, type NetworkPath } from './types.ts';

/** How a resource with an address of its own is asked for: which port, or all that its groups open. */
export interface BorderQuestion {
  /** Ports of interest; undefined asks for every opening. */
  readonly ports?: readonly number[];
  readonly version: 4 | 6;
  /** Whether it has a public address, and the hop that says so. */
  readonly address: Answer;
  readonly addressHop: NetworkHop;
  /** It has no security group at all (some network load balancers), so that nothing filters. */
  readonly unfiltered?: boolean;
}

/** The internet's way through routes, network ACLs and security groups to a resource in a VPC. */
export function crossBorder(graph: ResourceGraph, target: Resource, question: BorderQuestion): InternetReach {
  if (question.address.is === 'no') return { answer: NO, paths: [], blockedBy: question.addressHop };
  const opened = openedPorts(graph, target, question);
  const first = opened[0];
  if (!first) return { answer: NO, paths: [], blockedBy: closedHop(graph, target, question) };
  const paths: NetworkPath[] = [];
  let blockedBy: NetworkHop | undefined;
  for (const each of opened) {
    const way = entry(graph, target, question.version, each);
    const answer = all([question.address, way.answer, each.answer]);
    if (answer.is === 'no') {
      blockedBy ??= way.hops.at(-1);
      continue;
    }
    paths.push({
      hops: [startHop(), ...way.hops, question.addressHop, ...(each.hop ? [each.hop] : [])],
      answer,
      port: each.from,
      ports: { from: each.from, to: each.to },
      protocol: each.protocol,
    });
  }
  const answer = any(paths.map((path) => path.answer));
  return paths.length > 0 || !blockedBy ? { answer, paths } : { answer: NO, paths, blockedBy };
}

/** Where every path from the internet begins. */
export function startHop(): NetworkHop {
  return hop(INTERNET, text('anybody on the internet', 'インターネット上の誰でも'));
}

interface OpenedPort {
  readonly from: number;
  readonly to: number;
  readonly protocol: string;
  readonly answer: Answer;
  readonly hop?: NetworkHop;
}

function openedPorts(
  graph: ResourceGraph,
  target: Resource,
  question: BorderQuestion,
): readonly OpenedPort[] {
  const placement = placementOf(graph, target);
  if (question.unfiltered || (placement.groups.length === 0 && placement.openGroups.length > 0)) {
    const answer = placement.openGroups.length > 0 ? undecided(...placement.openGroups) : YES;
    const ports = question.ports ?? [undefined];
    return ports.map((port) => ({ from: port ?? 0, to: port ?? 65_535, protocol: 'all', answer }));
  }
  const groups = placement.groups.map(({ resource }) => resource);
  const found = openings(graph, groups, 'ingress', { kind: 'internet', version: question.version });
  const sure = new Map(placement.groups.map(({ resource, sure: named }) => [resource.id, named]));
  const written = found.flatMap((opening) => narrow(opening, question.ports, sure));
  const open = placement.openGroups;
  if (open.length === 0 || written.some((each) => each.answer.is === 'yes')) return written;
  const ports = question.ports ?? [undefined];
  return [
    ...written,
    ...ports.map((port) => ({
      from: port ?? 0,
      to: port ?? 65_535,
      protocol: 'all',
      answer: undecided(...open),
    })),
  ];
}

function narrow(
  opening: Opening,
  ports: readonly number[] | undefined,
  sure: ReadonlyMap<string, Answer>,
): readonly OpenedPort[] {
  const answer = all([opening.answer, sure.get(opening.rule.group.id) ?? YES]);
  const common = { answer, hop: groupHop(opening), protocol: opening.protocol };
  if (!ports) return [{ ...common, ...opening.ports }];
  return ports
    .filter((port) => opening.ports.from <= port && port <= opening.ports.to)
    .filter(() => opening.protocol === 'all' || opening.protocol === 'tcp')
    .map((port) => ({ ...common, from: port, to: port }));
}

function closedHop(graph: ResourceGraph, target: Resource, question: BorderQuestion): NetworkHop {
  const group = placementOf(graph, target).groups[0]?.resource;
  const port = question.ports?.length === 1 ? ` ${question.ports[0]}` : '';
  const what = text(
    `the security groups of ${target.name} admit nobody from the internet${port ? ` on port${port}` : ''}`,
    `${target.name}のセキュリティグループがインターネットからの接続${port ? `(ポート${port})` : ''}を許可していない`,
  );
  return hop(group?.id ?? target.id, what, group ?? target);
}

interface Entry {
  readonly answer: Answer;
  readonly hops: readonly NetworkHop[];
}

/** Through the gateway and the network ACL of some subnet of the target. */
function entry(graph: ResourceGraph, target: Resource, version: 4 | 6, opened: OpenedPort): Entry {
  const placement = placementOf(graph, target);
  if (placement.inDefaultVpc) return { answer: YES, hops: [defaultVpcHop(target)] };
  const entries: Entry[] = placement.subnets.map(({ resource: subnet, sure }) => {
    const route = internetRoute(graph, subnet, version);
    const protocol = opened.protocol === 'all' ? 'tcp' : opened.protocol;
    const acl = aclPasses(graph, subnet, {
      peer: 'internet',
      version,
      protocol,
      port: opened.from,
      towards: 'in',
    });
    const aclStep = aclHop(graph, subnet, acl);
    const answer = all([sure, route.answer, acl]);
    return { answer, hops: aclStep && route.answer.is !== 'no' ? [...route.hops, aclStep] : route.hops };
  });
  if (placement.openSubnets.length > 0) {
    const what = text(
      `the subnet of ${target.name} was not read`,
      `${target.name}のサブネットが読み込まれていない`,
    );
    const at = placement.openSubnets[0];
    entries.push({ answer: undecided(...placement.openSubnets), hops: [hop(target.id, what, at)] });
  }
  return (
    entries.find((each) => each.answer.is === 'yes') ??
    entries.find((each) => each.answer.is === 'unknown') ??
    entries[0] ?? { answer: NO, hops: [notInNetwork(target)] }
  );
}

function defaultVpcHop(target: Resource): NetworkHop {
  const what = text(
    `${target.name} names no subnet, so it stands in the default VPC, whose subnets are public`,
    `${target.name}はサブネットを指定していないため、公開サブネットを持つデフォルトVPCに置かれる`,
  );
  return hop(target.id, what, target);
}

function notInNetwork(target: Resource): NetworkHop {
  return hop(
    target.id,
    text(`${target.name} stands in no network`, `${target.name}はネットワーク内にない`),
    target,
  );
}
