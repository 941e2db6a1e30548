import {
  compilePolicies,
  type Decision,
  type Element,
  evaluate,
  type PartialString,
  type Policy,
  type PolicyProgram,
  parsePolicyText,
  partial,
  readPolicy,
  type Statement,
} from '../../iam/engine.ts';
import { type Answer, NO, undecided, YES } from '../../model/answer.ts';
import type { Resource } from '../../model/resource.ts';
import { type Hole, type Part, stringFrom, type Value } from '../../model/value.ts';
import type { ResourceGraph } from '../graph.ts';
import { property } from './lookup.ts';

/** Stands for the own account wherever a text compares it; never shown. */
const ACCOUNT = '111111111111';

/** A stranger on the internet: no AWS identity, TLS, an address that nobody lists (RFC 5737). */
const STRANGER = {
  principal: { type: 'anonymous', name: '' },
  context: { 'aws:SecureTransport': 'true', 'aws:SourceIp': '203.0.113.77' },
} as const;

/** Whether a resource policy lets anybody on the internet do something to a resource. */
export function strangerMay(
  policy: Value,
  action: string,
  resource: PartialString,
  graph: ResourceGraph,
): Answer {
  if (policy.kind === 'absent') return NO;
  const program = programOf(graph, policy);
  const decision = evaluate({ resource: program }, { ...STRANGER, action, resource });
  return answerOf(decision, policy);
}

function programOf(graph: ResourceGraph, policy: Value): PolicyProgram {
  const programs = graph.memo(programCache);
  const known = programs.get(policy);
  if (known) return known;
  const program = compilePolicies([readNamed(graph, policy)]);
  programs.set(policy, program);
  return program;
}

function programCache(_: ResourceGraph): Map<Value, PolicyProgram> {
  return new Map();
}

const ALLOW_ALL = compilePolicies([
  parsePolicyText('{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}'),
]);

/** An administrator of an AWS account that nobody knows. */
const OUTSIDER = {
  principal: { type: 'user', arn: 'arn:aws:iam::999999999999:user/outsider' },
  resourceAccount: ACCOUNT,
  context: { 'aws:SecureTransport': 'true', 'aws:SourceIp': '203.0.113.77' },
} as const;

/** Whether a resource policy lets anybody who has some AWS account do something to a resource. */
export function outsiderMay(
  policy: Value,
  action: string,
  resource: PartialString,
  graph: ResourceGraph,
): Answer {
  if (policy.kind === 'absent') return NO;
  const program = programOf(graph, policy);
  const decision = evaluate({ identity: ALLOW_ALL, resource: program }, { ...OUTSIDER, action, resource });
  return answerOf(decision, policy);
}

/** A decision of the policy engine as an answer that names the policy when it is open. */
export function answerOf(decision: Decision, policy: Value): Answer {
  if (decision.verdict === 'ALLOW') return YES;
  return decision.verdict === 'DENY' ? NO : undecided(policy);
}

/**
 * Reads a policy so that every way of naming a resource of the graph (its reference value, its ARN, its
 * literal name) is one and the same text.
 */
export function readNamed(graph: ResourceGraph, policy: Value): Policy {
  const { policy: read } = readPolicy(policy, 'policy');
  return { ...read, statements: read.statements.map((statement) => named(graph, statement)) };
}

function named(graph: ResourceGraph, statement: Statement): Statement {
  const { resources, principals } = statement;
  return {
    ...statement,
    ...(resources
      ? { resources: { ...resources, items: resources.items.map((item) => namedElement(graph, item)) } }
      : {}),
    ...(principals
      ? { principals: { ...principals, items: principals.items.map((item) => namedElement(graph, item)) } }
      : {}),
  };
}

function namedElement<T extends Element>(graph: ResourceGraph, element: T): T {
  if (typeof element.text === 'string') return element;
  return { ...element, text: partial(element.text.parts.flatMap((part) => namedPart(graph, part))) };
}

function namedPart(graph: ResourceGraph, part: Part): readonly Part[] {
  if (typeof part === 'string') return [part];
  if (part.type === 'account') return [ACCOUNT];
  if (part.resource === undefined) return [part];
  const resource = graph.get(part.resource);
  if (!resource) return [part];
  if (part.attribute === 'Arn') return arnParts(resource);
  if (part.attribute === undefined || part.attribute === 'Ref') {
    return REF_IS_ARN.has(resource.type) ? arnParts(resource) : nameParts(resource);
  }
  return [part];
}

/** Types whose `Ref` is the ARN. */
const REF_IS_ARN = new Set(['AWS::SNS::Topic', 'AWS::SecretsManager::Secret']);

interface ArnShape {
  readonly service: string;
  /** Before the name, such as `function:`. */
  readonly prefix: string;
  readonly nameProperty: string;
  /** S3 names carry neither region nor account. */
  readonly global?: boolean;
}

const SHAPES: Readonly<Record<string, ArnShape>> = {
  'AWS::S3::Bucket': { service: 's3', prefix: '', nameProperty: 'BucketName', global: true },
  'AWS::SQS::Queue': { service: 'sqs', prefix: '', nameProperty: 'QueueName' },
  'AWS::SNS::Topic': { service: 'sns', prefix: '', nameProperty: 'TopicName' },
  'AWS::Lambda::Function': { service: 'lambda', prefix: 'function:', nameProperty: 'FunctionName' },
  'AWS::SecretsManager::Secret': { service: 'secretsmanager', prefix: 'secret:', nameProperty: 'Name' },
  'AWS::KMS::Key': { service: 'kms', prefix: 'key/', nameProperty: 'KeyId' },
  'AWS::OpenSearchService::Domain': { service: 'es', prefix: 'domain/', nameProperty: 'DomainName' },
  'AWS::Elasticsearch::Domain': { service: 'es', prefix: 'domain/', nameProperty: 'DomainName' },
  'AWS::DynamoDB::Table': { service: 'dynamodb', prefix: 'table/', nameProperty: 'TableName' },
};

const REGION: Hole = { type: 'region', expression: 'AWS::Region' };

function arnParts(resource: Resource): readonly Part[] {
  const shape = SHAPES[resource.type];
  if (!shape)
    return [
      { type: 'reference', expression: `${resource.name}.Arn`, resource: resource.id, attribute: 'Arn' },
    ];
  const owner: readonly Part[] = shape.global ? ['::'] : [REGION, ':', ACCOUNT];
  return [`arn:aws:${shape.service}:`, ...owner, `:${shape.prefix}`, ...nameParts(resource)];
}

function nameParts(resource: Resource): readonly Part[] {
  const shape = SHAPES[resource.type];
  const literal = shape ? stringFrom(property(resource, shape.nameProperty)) : undefined;
  if (literal !== undefined) return [literal];
  return [{ type: 'reference', expression: resource.name, resource: resource.id, attribute: 'Ref' }];
}

/** The ARN of a resource with holes for what is not known, and text after it (`/x` for an object of a bucket). */
export function arnOf(resource: Resource, after = ''): PartialString {
  return partial([...arnParts(resource), after]);
}
