import type { ResourceGraph } from '../../environment/graph.ts';
import type { Resource } from '../../model/resource.ts';
import { get, referencesIn, stringFrom, type Value } from '../../model/value.ts';
import { literalText, property } from '../values.ts';

/** A web ACL attached to a place by an association resource. */
export interface WebAclAttachment {
  readonly association: Resource;
  /** The value that names the web ACL. */
  readonly acl: Value;
}

interface AssociationIndex {
  readonly byPlace: ReadonlyMap<string, readonly WebAclAttachment[]>;
  /** Associations of WAF Classic, which AWS no longer accepts. */
  readonly classic: ReadonlyMap<string, Resource>;
  /** Associations whose resource is not decided: any regional place may be meant. */
  readonly open: readonly Resource[];
}

/** The associations that attach a web ACL to a place. */
export function attachmentsAt(graph: ResourceGraph, place: Resource): readonly WebAclAttachment[] {
  return graph.memo(associationIndex).byPlace.get(place.id) ?? [];
}

/** The WAF Classic association of a place, if it has one. */
export function classicAssociationAt(graph: ResourceGraph, place: Resource): Resource | undefined {
  return graph.memo(associationIndex).classic.get(place.id);
}

/** Associations that may or may not mean a given place. */
export function openAssociations(graph: ResourceGraph): readonly Resource[] {
  return graph.memo(associationIndex).open;
}

function associationIndex(graph: ResourceGraph): AssociationIndex {
  const byPlace = new Map<string, WebAclAttachment[]>();
  const classic = new Map<string, Resource>();
  const open: Resource[] = [];
  for (const association of graph.ofType('AWS::WAFv2::WebACLAssociation')) {
    const resourceArn = property(association, 'ResourceArn');
    const places = placesNamedBy(graph, resourceArn);
    if (places.length === 0 && mayMeanAnything(resourceArn)) open.push(association);
    for (const place of places) {
      const found = byPlace.get(place.id) ?? [];
      found.push({ association, acl: property(association, 'WebACLArn') });
      byPlace.set(place.id, found);
    }
  }
  for (const association of graph.ofType('AWS::WAFRegional::WebACLAssociation')) {
    for (const place of placesNamedBy(graph, property(association, 'ResourceArn'))) {
      classic.set(place.id, association);
    }
  }
  return { byPlace, classic, open };
}

function mayMeanAnything(value: Value): boolean {
  return value.kind === 'oneOf' || (value.kind === 'unknown' && referencesIn(value).length === 0);
}

/** The places that a resource ARN names: a referred resource, or the stage of a referred REST API. */
function placesNamedBy(graph: ResourceGraph, resourceArn: Value): readonly Resource[] {
  const named = graph.target(resourceArn);
  if (named) return [named];
  const referred = referencesIn(resourceArn).flatMap(({ resource }) => graph.get(resource) ?? []);
  const stages = referred.filter((each) => each.type === 'AWS::ApiGateway::Stage');
  if (stages.length > 0) return stages;
  const api = referred.find((each) => each.type === 'AWS::ApiGateway::RestApi');
  return api ? stagesOf(graph, api, resourceArn) : referred;
}

function stagesOf(graph: ResourceGraph, api: Resource, resourceArn: Value): readonly Resource[] {
  const name = literalText(resourceArn).split('/stages/')[1]?.trim();
  return graph
    .referrersOfType(api, 'AWS::ApiGateway::Stage')
    .filter((stage) => stringFrom(get(stage.properties, 'StageName')) === name);
}
