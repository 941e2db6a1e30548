import { text } from '../../kernel/texts.ts';
import { all } from '../../model/answer.ts';
import type { Resource } from '../../model/resource.ts';
import { get } from '../../model/value.ts';
import type { ResourceGraph } from '../graph.ts';
import { itemsWithPresence, property, resolve } from './lookup.ts';
import { type Forward, hop } from './types.ts';

/** The origins of a CloudFront distribution that are resources which were read. */
export function distributionForwards(graph: ResourceGraph, distribution: Resource): readonly Forward[] {
  return itemsWithPresence(property(distribution, 'DistributionConfig', 'Origins')).flatMap(
    ({ value, present }) => {
      const vpcOrigin = resolve(graph, get(value, 'VpcOriginConfig', 'VpcOriginId')).found.flatMap(
        ({ resource }) => resolve(graph, get(resource.properties, 'VpcOriginEndpointConfig', 'Arn')).found,
      );
      const domain = get(value, 'DomainName');
      return [...vpcOrigin, ...resolve(graph, domain).found].map(({ resource, sure }) => ({
        by: distribution.id,
        target: resource.id,
        hops: [
          hop(
            distribution.id,
            text(
              `${distribution.name} fetches from its origin ${resource.name}`,
              `${distribution.name}がオリジン${resource.name}へ取りに行く`,
            ),
            domain,
          ),
        ],
        answer: all([distribution.exists, present, sure]),
      }));
    },
  );
}

/** The distributions that have a resource as an origin. */
export function distributionsBefore(graph: ResourceGraph, origin: Resource): readonly Resource[] {
  return graph
    .referrersOfType(origin, 'AWS::CloudFront::Distribution', 'AWS::CloudFront::VpcOrigin')
    .flatMap((each) =>
      each.type === 'AWS::CloudFront::VpcOrigin'
        ? graph.referrersOfType(each, 'AWS::CloudFront::Distribution')
        : [each],
    );
}
