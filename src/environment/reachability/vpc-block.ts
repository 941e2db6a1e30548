import { text } from '../../kernel/texts.ts';
import { type Answer, all, any, isOneOf, NO, not } from '../../model/answer.ts';
import type { Resource } from '../../model/resource.ts';
import type { ResourceGraph } from '../graph.ts';
import { property, resolve } from './lookup.ts';
import { hop, type NetworkHop } from './types.ts';

const BLOCKING = ['block-bidirectional', 'block-ingress'];

/**
 * Whether VPC Block Public Access of the region stops internet gateways from letting connections into a
 * subnet; exclusions name whole VPCs or subnets ("Block public access to VPCs and subnets").
 */
export function publicAccessBlocked(
  graph: ResourceGraph,
  subnet: Resource,
  vpc: Resource | undefined,
): Answer {
  const options = graph.ofType('AWS::EC2::VPCBlockPublicAccessOptions');
  if (options.length === 0) return NO;
  const blocking = any(
    options.map((each) => all([each.exists, isOneOf(property(each, 'InternetGatewayBlockMode'), BLOCKING)])),
  );
  const excluded = any(
    graph
      .ofType('AWS::EC2::VPCBlockPublicAccessExclusion')
      .flatMap((each) =>
        [
          ...resolve(graph, property(each, 'SubnetId')).found,
          ...resolve(graph, property(each, 'VpcId')).found,
        ]
          .filter(({ resource }) => resource === subnet || resource === vpc)
          .map(({ sure }) =>
            all([
              each.exists,
              sure,
              isOneOf(property(each, 'InternetGatewayExclusionMode'), ['allow-bidirectional']),
            ]),
          ),
      ),
  );
  return all([blocking, not(excluded)]);
}

/** The hop at the block. */
export function publicAccessBlockHop(graph: ResourceGraph, subnet: Resource): NetworkHop {
  const [options] = graph.ofType('AWS::EC2::VPCBlockPublicAccessOptions');
  const what = text(
    `VPC Block Public Access stops connections into ${subnet.name}`,
    `VPCブロックパブリックアクセスが${subnet.name}への接続を遮断する`,
  );
  return hop(options?.id ?? subnet.id, what, options ?? subnet);
}
