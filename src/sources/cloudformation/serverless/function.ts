import { child, type DocumentNode, type MapEntry, stringOf } from '../../../kernel/document.ts';
import { type At, getAttNode, mapNode, refNode, scalarNode } from '../nodes.ts';
import { eventsOf } from './function-events.ts';
import { type Expansion, madeResource, type ServerlessResource } from './made-resource.ts';
import { executionRole } from './role.ts';
import { tagList } from './tags.ts';

/** Properties that a serverless function and a Lambda function share by name. */
const SHARED = [
  'Architectures',
  'CodeSigningConfigArn',
  'Description',
  'Environment',
  'EphemeralStorage',
  'FileSystemConfigs',
  'FunctionName',
  'Handler',
  'ImageConfig',
  'KmsKeyArn',
  'Layers',
  'LoggingConfig',
  'MemorySize',
  'PackageType',
  'RecursiveLoop',
  'ReservedConcurrentExecutions',
  'Runtime',
  'RuntimeManagementConfig',
  'SnapStart',
  'Timeout',
  'VpcConfig',
];

/** `AWS::Serverless::Function` ("AWS::Serverless::Function" and its generated resources in the SAM guide). */
export function expandFunction(source: ServerlessResource): Expansion {
  const { name, properties } = source;
  const events = eventsOf(source);
  const role = child(properties, 'Role');
  return {
    resources: [
      madeResource(name, 'AWS::Lambda::Function', functionProperties(source, role), source),
      ...(role
        ? []
        : [executionRole(source, { service: 'lambda.amazonaws.com', managed: managedOf(properties) })]),
      ...aliasOf(source),
      ...functionUrl(source),
      ...(events.resources ?? []),
    ],
    routes: events.routes ?? [],
    leftOut: events.leftOut ?? [],
  };
}

function functionProperties(source: ServerlessResource, role: DocumentNode | undefined) {
  const { name, properties, at } = source;
  const shared = Object.fromEntries(SHARED.map((key) => [key, child(properties, key)]));
  const tracing = child(properties, 'Tracing');
  const deadLetters = child(child(properties, 'DeadLetterQueue'), 'TargetArn');
  return {
    ...shared,
    Code: codeOf(properties, at),
    Role: role ?? getAttNode(`${name}Role`, 'Arn', at),
    TracingConfig: tracing && mapNode({ Mode: tracing }, tracing),
    DeadLetterConfig: deadLetters && mapNode({ TargetArn: deadLetters }, deadLetters),
    Tags: tagList(child(properties, 'Tags')),
  };
}

function codeOf(properties: DocumentNode, at: At): DocumentNode | undefined {
  const inline = child(properties, 'InlineCode');
  if (inline) return mapNode({ ZipFile: inline }, inline);
  const image = child(properties, 'ImageUri');
  if (image) return mapNode({ ImageUri: image }, image);
  const uri = child(properties, 'CodeUri');
  if (uri?.kind === 'map') {
    return mapNode(
      { S3Bucket: child(uri, 'Bucket'), S3Key: child(uri, 'Key'), S3ObjectVersion: child(uri, 'Version') },
      at,
    );
  }
  const [, bucket, key] = /^s3:\/\/([^/]+)\/(.+)$/.exec(stringOf(uri) ?? '') ?? [];
  if (!uri || bucket === undefined || key === undefined) return undefined;
  return mapNode({ S3Bucket: scalarNode(bucket, uri), S3Key: scalarNode(key, uri) }, uri);
}

function managedOf(properties: DocumentNode): readonly string[] {
  return [
    'service-role/AWSLambdaBasicExecutionRole',
    ...(child(properties, 'VpcConfig') ? ['service-role/AWSLambdaVPCAccessExecutionRole'] : []),
    ...(stringOf(child(properties, 'Tracing')) === 'Active' ? ['AWSXRayDaemonWriteAccess'] : []),
  ];
}

function aliasOf(source: ServerlessResource): readonly MapEntry[] {
  const alias = child(source.properties, 'AutoPublishAlias');
  const aliasName = stringOf(alias);
  if (!alias || aliasName === undefined) return [];
  const { name, at } = source;
  const version = madeResource(
    `${name}Version`,
    'AWS::Lambda::Version',
    { FunctionName: refNode(name, at) },
    source,
  );
  const properties = {
    Name: alias,
    FunctionName: refNode(name, at),
    FunctionVersion: getAttNode(`${name}Version`, 'Version', at),
  };
  return [version, madeResource(`${name}Alias${aliasName}`, 'AWS::Lambda::Alias', properties, source)];
}

function functionUrl(source: ServerlessResource): readonly MapEntry[] {
  const { name, at, properties } = source;
  const config = child(properties, 'FunctionUrlConfig');
  if (!config) return [];
  const authType = child(config, 'AuthType');
  const url = madeResource(
    `${name}Url`,
    'AWS::Lambda::Url',
    {
      TargetFunctionArn: refNode(name, at),
      AuthType: authType,
      Cors: child(config, 'Cors'),
      InvokeMode: child(config, 'InvokeMode'),
    },
    source,
  );
  if (stringOf(authType) !== 'NONE') return [url];
  const open = {
    Action: scalarNode('lambda:InvokeFunctionUrl', at),
    FunctionName: refNode(name, at),
    Principal: scalarNode('*', at),
    FunctionUrlAuthType: scalarNode('NONE', at),
  };
  return [url, madeResource(`${name}UrlPublicPermissions`, 'AWS::Lambda::Permission', open, source)];
}
