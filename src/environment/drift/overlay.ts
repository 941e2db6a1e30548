import type { Span } from '../../kernel/source-file.ts';
import type { Resource } from '../../model/resource.ts';
import { absent, map, type Part, type UnknownValue, type Value } from '../../model/value.ts';
import { compare, type DeclaredId } from './compare.ts';

/** A property whose declared value the account contradicts. */
export interface Difference {
  readonly property: string;
  readonly declared: Value;
  readonly found: Value;
}

export interface Overlaid {
  /** The declared resource as it really is. */
  readonly resource: Resource;
  readonly differences: readonly Difference[];
}

/**
 * Properties that only files show, or that services write in a form of their own; what is declared stays.
 * Names and tags say which resource it is, not how it is protected.
 */
const KEPT = new Set([
  'Tags',
  'Comment',
  'Description',
  'GroupDescription',
  'UserData',
  'MasterUserPassword',
  'TagSpecifications',
  'FileSystemTags',
  'Code',
  'SecretString',
]);

/**
 * Properties that an answer leaves out where nothing is set, by type: there absence is known. Other absent
 * properties may only not have been read.
 */
const LEFT_OUT: Readonly<Record<string, readonly string[]>> = {
  'AWS::DynamoDB::Table': ['SSESpecification', 'PointInTimeRecoverySpecification'],
  'AWS::ECR::Repository': ['LifecyclePolicy'],
  'AWS::EKS::Cluster': ['Logging', 'EncryptionConfig'],
  'AWS::IAM::Role': ['PermissionsBoundary', 'Policies'],
  'AWS::IAM::User': ['PermissionsBoundary', 'Policies', 'LoginProfile'],
  'AWS::Kinesis::Stream': ['StreamEncryption'],
  'AWS::Lambda::Function': ['VpcConfig', 'DeadLetterConfig', 'ReservedConcurrentExecutions'],
  'AWS::RDS::DBCluster': ['KmsKeyId', 'EnableCloudwatchLogsExports', 'ManageMasterUserPassword'],
  'AWS::RDS::DBInstance': ['KmsKeyId', 'EnableCloudwatchLogsExports', 'ManageMasterUserPassword'],
  'AWS::S3::Bucket': [
    'BucketEncryption',
    'LifecycleConfiguration',
    'LoggingConfiguration',
    'NotificationConfiguration',
    'OwnershipControls',
    'PublicAccessBlockConfiguration',
    'ReplicationConfiguration',
    'VersioningConfiguration',
    'WebsiteConfiguration',
  ],
  'AWS::SNS::Topic': ['KmsMasterKeyId'],
  'AWS::SQS::Queue': ['KmsMasterKeyId', 'RedrivePolicy'],
};

/**
 * Lays what the account has over what is declared. Where both know and differ, the account is right and the
 * difference is kept; what is undecided in the template becomes known. Places stay those of the template.
 */
export function overlay(
  declared: Resource,
  live: Resource,
  idOf: DeclaredId,
  apart: ReadonlySet<string>,
): Overlaid {
  if (declared.properties.kind !== 'map' || live.properties.kind !== 'map') {
    return { resource: declared, differences: [] };
  }
  const entries = new Map(declared.properties.entries);
  const differences: Difference[] = [];
  for (const [property, found] of live.properties.entries) {
    const own = entries.get(property);
    if (KEPT.has(property) || apart.has(property)) continue;
    const there = asDeclared(found, idOf, own?.span ?? declared.span);
    if (!own || own.kind === 'absent') {
      entries.set(property, there);
      continue;
    }
    const likeness = compare(own, found, idOf);
    if (likeness === 'different') differences.push({ property, declared: own, found: there });
    if (likeness === 'different' || (own.kind === 'unknown' && found.kind !== 'unknown' && !own.parts)) {
      entries.set(property, there);
    }
  }
  for (const property of LEFT_OUT[declared.type] ?? []) {
    const own = entries.get(property);
    if (!own || own.kind === 'absent' || own.kind === 'unknown') continue;
    if (live.properties.entries.has(property) || apart.has(property)) continue;
    const nothing = absent(own.span);
    differences.push({ property, declared: own, found: nothing });
    entries.set(property, nothing);
  }
  const resource = {
    ...declared,
    properties: map(entries, declared.properties.span),
    basis: 'live' as const,
  };
  return {
    resource: live.region === undefined ? resource : { ...resource, region: live.region },
    differences,
  };
}

/** A live value as if it were written where the declared one is: references name what is declared. */
export function asDeclared(value: Value, idOf: DeclaredId, span: Span): Value {
  switch (value.kind) {
    case 'known':
      return { ...value, span };
    case 'unknown':
      return { ...withDeclared(value, idOf), span };
    case 'list':
      return { ...value, span, items: value.items.map((item) => asDeclared(item, idOf, span)) };
    case 'map':
      return {
        ...value,
        span,
        entries: new Map([...value.entries].map(([key, each]) => [key, asDeclared(each, idOf, span)])),
      };
    default:
      return value;
  }
}

/** The same value with its references turned to what is declared, in its own place. */
export function withDeclaredReferences(value: Value, idOf: DeclaredId): Value {
  switch (value.kind) {
    case 'unknown':
      return withDeclared(value, idOf);
    case 'list':
      return { ...value, items: value.items.map((item) => withDeclaredReferences(item, idOf)) };
    case 'map':
      return {
        ...value,
        entries: new Map([...value.entries].map(([key, each]) => [key, withDeclaredReferences(each, idOf)])),
      };
    default:
      return value;
  }
}

function withDeclared(value: UnknownValue, idOf: DeclaredId): UnknownValue {
  if (!value.parts) return value;
  const parts = value.parts.map((part): Part => {
    if (typeof part === 'string' || part.resource === undefined) return part;
    const id = idOf(part.resource);
    return id === undefined ? part : { ...part, resource: id };
  });
  return { ...value, parts };
}
