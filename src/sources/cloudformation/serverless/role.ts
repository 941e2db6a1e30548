import { child, type DocumentNode, stringOf } from '../../../kernel/document.ts';
import { type At, listNode, mapNode, scalarNode, subNode } from '../nodes.ts';
import { madeResource, type ServerlessResource } from './made-resource.ts';

export interface RoleNeeds {
  /** The service that assumes it, such as `lambda.amazonaws.com`. */
  readonly service: string;
  /** Names of AWS managed policies that it always has. */
  readonly managed: readonly string[];
}

/** The execution role that SAM makes for a function or state machine that names none. */
export function executionRole(source: ServerlessResource, needs: RoleNeeds) {
  const { name, at, properties } = source;
  const policies = policiesOf(child(properties, 'Policies'), `${name}RolePolicy`, at);
  const managed = [...needs.managed.map((policy) => managedArn(policy, at)), ...policies.managed];
  return madeResource(
    `${name}Role`,
    'AWS::IAM::Role',
    {
      AssumeRolePolicyDocument: child(properties, 'AssumeRolePolicyDocument') ?? trust(needs.service, at),
      ManagedPolicyArns: listNode(managed, at),
      Policies: policies.inline.length > 0 ? listNode(policies.inline, at) : undefined,
      PermissionsBoundary: child(properties, 'PermissionsBoundary'),
      Path: child(properties, 'RolePath'),
    },
    source,
  );
}

function trust(service: string, at: At): DocumentNode {
  return mapNode(
    {
      Version: scalarNode('2012-10-17', at),
      Statement: listNode([statement(service, at)], at),
    },
    at,
  );
}

function statement(service: string, at: At): DocumentNode {
  return mapNode(
    {
      Effect: scalarNode('Allow', at),
      Action: listNode([scalarNode('sts:AssumeRole', at)], at),
      Principal: mapNode({ Service: listNode([scalarNode(service, at)], at) }, at),
    },
    at,
  );
}

function managedArn(policy: string, at: At): DocumentNode {
  return subNode(`arn:\${AWS::Partition}:iam::aws:policy/${policy}`, at);
}

interface SplitPolicies {
  readonly managed: readonly DocumentNode[];
  readonly inline: readonly DocumentNode[];
}

/** SAM's `Policies`: names and ARNs of managed policies, policy documents, and SAM policy templates. */
function policiesOf(node: DocumentNode | undefined, prefix: string, at: At): SplitPolicies {
  const managed: DocumentNode[] = [];
  const inline: DocumentNode[] = [];
  for (const [index, item] of (node ? (node.kind === 'list' ? node.items : [node]) : []).entries()) {
    const name = stringOf(item);
    if (name !== undefined) managed.push(name.startsWith('arn:') ? item : managedArn(name, item));
    else if (child(item, 'Statement')) inline.push(inlinePolicy(`${prefix}${index}`, item, at));
    else if (isCall(item)) managed.push(item);
    else inline.push(inlinePolicy(`${prefix}${index}`, policyTemplate(item), at));
  }
  return { managed, inline };
}

function isCall(node: DocumentNode): boolean {
  const [entry] = node.kind === 'map' ? node.entries : [];
  return entry?.key === 'Ref' || entry?.key.startsWith('Fn::') === true;
}

function inlinePolicy(name: string, document: DocumentNode, at: At): DocumentNode {
  return mapNode({ PolicyName: scalarNode(name, at), PolicyDocument: document }, at);
}

/** What a policy template allows is decided inside the account: it stays unknown and is noted. */
function policyTemplate(item: DocumentNode): DocumentNode {
  const [entry] = item.kind === 'map' ? item.entries : [];
  const name = scalarNode(`AWS::Serverless policy template ${entry?.key ?? ''}`.trim(), item);
  return mapNode({ 'Fn::Transform': mapNode({ Name: name }, item) }, item);
}
