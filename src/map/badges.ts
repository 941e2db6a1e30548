import type { ResourceGraph } from '../environment/graph.ts';
import { compare } from '../kernel/order.ts';
import type { Text } from '../kernel/texts.ts';
import type { Attachment, FacetState, SafeguardReport, SafeguardState } from '../model/safeguard.ts';
import { overallState } from '../model/safeguard-state.ts';
import { hostOf } from './hosts.ts';

/** A safeguard as it is drawn at one box. */
export interface Badge {
  readonly safeguard: string;
  readonly name: Text;
  readonly state: SafeguardState;
  /** How many places it stands for, and how many of them are on. */
  readonly places: number;
  readonly on: number;
  readonly facets: readonly FacetState[];
  readonly because: readonly Text[];
}

/** Safeguards that stand before a resource, on the way in, rather than in it. */
export const GATE_SAFEGUARDS: ReadonlySet<string> = new Set(['waf', 'tls', 'acm', 'shield']);

/** Types before which such a gate is drawn. */
export const GATED_TYPES: ReadonlySet<string> = new Set([
  'AWS::ElasticLoadBalancingV2::LoadBalancer',
  'AWS::ElasticLoadBalancing::LoadBalancer',
  'AWS::CloudFront::Distribution',
  'AWS::ApiGateway::RestApi',
  'AWS::ApiGatewayV2::Api',
  'AWS::AppSync::GraphQLApi',
]);

/** Which boxes carry which safeguards: the attachments of parts are shown at the box of their owner. */
export function attachmentsByBox(
  graph: ResourceGraph,
  safeguards: readonly SafeguardReport[],
): ReadonlyMap<string, readonly PlacedAttachment[]> {
  const boxes = new Map<string, PlacedAttachment[]>();
  for (const report of safeguards) {
    for (const attachment of report.attachments) {
      if (attachment.state === 'not-applicable') continue;
      const resource = graph.get(attachment.resource);
      const box = (resource && hostOf(graph, resource)?.id) ?? attachment.resource;
      const list = boxes.get(box);
      if (list) list.push({ report, attachment });
      else boxes.set(box, [{ report, attachment }]);
    }
  }
  return boxes;
}

export interface PlacedAttachment {
  readonly report: SafeguardReport;
  readonly attachment: Attachment;
}

/** One badge for each safeguard among attachments, by the safeguard's id. */
export function badgesOf(attachments: readonly PlacedAttachment[]): readonly Badge[] {
  const groups = Map.groupBy(attachments, ({ report }) => report.id);
  return [...groups.values()].map(badge).sort((a, b) => compare(a.safeguard, b.safeguard));
}

function badge(group: readonly PlacedAttachment[]): Badge {
  const [first] = group;
  if (!first) throw new Error('a badge needs an attachment');
  const states = group.map(({ attachment }) => attachment.state);
  return {
    safeguard: first.report.id,
    name: first.report.name,
    state: overallState(states),
    places: states.length,
    on: states.filter((state) => state === 'on').length,
    facets: group.length === 1 ? tellingFacets(first.attachment) : [],
    because: group.map(({ attachment }) => attachment.because),
  };
}

/** The facets, unless all of them are as the whole is: then they tell nothing more. */
function tellingFacets({ state, facets = [] }: Attachment): readonly FacetState[] {
  return facets.every((facet) => facet.state === state) ? [] : facets;
}
