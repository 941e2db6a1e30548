import { posix } from 'node:path';
import type { ResourceGraph } from '../../environment/graph.ts';
import type { SourceFile } from '../../kernel/source-file.ts';
import type { EditValue } from '../../model/remedy.ts';
import type { Resource } from '../../model/resource.ts';
import { holderMay } from '../../risk/roles.ts';
import { bucketsFor, everyBucket } from '../../risk/stores.ts';
import { workloads } from '../../risk/workloads.ts';
import { getAtt, sub } from '../../safeguards/edits.ts';
import { fileOf } from './context.ts';

const TOUCHING = ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'];

/** The roles of servers, functions and tasks that stand where an edit is written, so that it can name them. */
function rolesBeside(graph: ResourceGraph, home: SourceFile | undefined): readonly Resource[] {
  return workloads(graph)
    .map(({ role }) => role)
    .filter((role) => isBeside(fileOf(role), home));
}

function isBeside(file: SourceFile | undefined, home: SourceFile | undefined): boolean {
  if (!file || !home) return false;
  if (!home.path.endsWith('.tf')) return file.path === home.path;
  return file.path.endsWith('.tf') && posix.dirname(file.path) === posix.dirname(home.path);
}

/** Roles whose policies reach whatever bucket there is, and so also those that a change adds. */
export function rolesOverAllBuckets(graph: ResourceGraph, home: SourceFile | undefined): readonly Resource[] {
  return graph.memo(wideRoles).filter((role) => isBeside(fileOf(role), home));
}

function wideRoles(graph: ResourceGraph): readonly Resource[] {
  return workloads(graph)
    .map(({ role }) => role)
    .filter((role) => TOUCHING.some((action) => everyBucket(graph, role, action).is !== 'no'));
}

/** Roles that work with the objects of a bucket and have no permission for its key yet. */
export function rolesThatUse(
  graph: ResourceGraph,
  bucket: Resource,
  home: SourceFile | undefined,
): readonly Resource[] {
  return rolesBeside(graph, home).filter(
    (role) =>
      TOUCHING.slice(0, 2).some((action) => bucketsFor(graph, role, action).includes(bucket)) &&
      holderMay(graph, role, 'kms:Decrypt', 'arn:aws:kms:us-east-1:111111111111:key/own').is !== 'yes',
  );
}

/**
 * A statement that keeps roles out of a bucket for logs: a stolen role of a server can neither read nor erase
 * what is recorded about it, however wide its own policies are.
 */
export function keepOut(bucket: string, roles: readonly Resource[]): readonly EditValue[] {
  if (roles.length === 0) return [];
  return [
    {
      Sid: 'ServersKeepOut',
      Effect: 'Deny',
      Principal: { AWS: roles.map((role) => getAtt(role, 'Arn')) },
      Action: ['s3:GetObject*', 's3:PutObject*', 's3:DeleteObject*'],
      Resource: sub(`{${bucket}.Arn}/*`),
    },
  ];
}
