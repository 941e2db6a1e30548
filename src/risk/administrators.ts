import type { ResourceGraph } from '../environment/graph.ts';
import { type Answer, all, NO } from '../model/answer.ts';
import type { Resource } from '../model/resource.ts';
import { anyResource, holderMay, permissionsOf } from './roles.ts';

/** Actions of far apart services: who may do them all on anything may do everything. */
const PROBES: readonly (readonly [string, string])[] = [
  ['iam:CreateUser', 'iam:'],
  ['ec2:TerminateInstances', 'ec2:'],
  ['s3:DeleteBucket', 's3:'],
  ['rds:DeleteDBInstance', 'rds:'],
];

/** Whether a role or user may do everything in the account. */
export function isAdministrator(graph: ResourceGraph, holder: Resource): Answer {
  const answer = all(
    PROBES.map(([action, service]) => holderMay(graph, holder, action, anyResource(service))),
  );
  return answer.is === 'unknown' && permissionsOf(graph, holder).openOwn.length === 0 ? NO : answer;
}
