import { child, type DocumentNode, stringOf } from '../../../kernel/document.ts';
import { type At, getAttNode, listNode, mapNode, scalarNode } from '../nodes.ts';
import { type Expansion, madeResource, type ServerlessResource } from './made-resource.ts';
import { executionRole } from './role.ts';
import { tagList } from './tags.ts';

/** `AWS::Serverless::SimpleTable`: a DynamoDB table with one key. */
export function expandSimpleTable(source: ServerlessResource): Expansion {
  const { name, properties, at } = source;
  const key = child(properties, 'PrimaryKey');
  const keyName = child(key, 'Name') ?? scalarNode('id', at);
  const attribute = { AttributeName: keyName, AttributeType: keyType(child(key, 'Type'), at) };
  const throughput = child(properties, 'ProvisionedThroughput');
  const table = {
    TableName: child(properties, 'TableName'),
    AttributeDefinitions: listNode([mapNode(attribute, at)], at),
    KeySchema: listNode([mapNode({ AttributeName: keyName, KeyType: scalarNode('HASH', at) }, at)], at),
    BillingMode: throughput ? undefined : scalarNode('PAY_PER_REQUEST', at),
    ProvisionedThroughput: throughput,
    PointInTimeRecoverySpecification: child(properties, 'PointInTimeRecoverySpecification'),
    SSESpecification: child(properties, 'SSESpecification'),
    Tags: tagList(child(properties, 'Tags')),
  };
  return { resources: [madeResource(name, 'AWS::DynamoDB::Table', table, source)] };
}

const KEY_TYPES: ReadonlyMap<string, string> = new Map([
  ['String', 'S'],
  ['Number', 'N'],
  ['Binary', 'B'],
]);

function keyType(node: DocumentNode | undefined, at: At): DocumentNode {
  if (!node) return scalarNode('S', at);
  return scalarNode(KEY_TYPES.get(stringOf(node) ?? '') ?? stringOf(node) ?? 'S', node);
}

/** `AWS::Serverless::StateMachine`: a state machine and, when it names none, its role. */
export function expandStateMachine(source: ServerlessResource): Expansion {
  const { name, properties, at } = source;
  const role = child(properties, 'Role');
  const uri = child(properties, 'DefinitionUri');
  const machine = {
    StateMachineName: child(properties, 'Name'),
    StateMachineType: child(properties, 'Type'),
    Definition: child(properties, 'Definition'),
    DefinitionS3Location: uri?.kind === 'map' ? uri : undefined,
    DefinitionSubstitutions: child(properties, 'DefinitionSubstitutions'),
    LoggingConfiguration: child(properties, 'Logging'),
    TracingConfiguration: child(properties, 'Tracing'),
    RoleArn: role ?? getAttNode(`${name}Role`, 'Arn', at),
    Tags: tagList(child(properties, 'Tags')),
  };
  const events = child(properties, 'Events');
  return {
    resources: [
      madeResource(name, 'AWS::StepFunctions::StateMachine', machine, source),
      ...(role ? [] : [executionRole(source, { service: 'states.amazonaws.com', managed: [] })]),
    ],
    leftOut: events ? [{ name: `${name} events`, at: events }] : [],
  };
}

/** `AWS::Serverless::LayerVersion`: a version of a Lambda layer. */
export function expandLayerVersion(source: ServerlessResource): Expansion {
  const { name, properties } = source;
  const uri = child(properties, 'ContentUri');
  const layer = {
    LayerName: child(properties, 'LayerName') ?? scalarNode(name, source.at),
    Description: child(properties, 'Description'),
    Content:
      uri?.kind === 'map'
        ? mapNode(
            {
              S3Bucket: child(uri, 'Bucket'),
              S3Key: child(uri, 'Key'),
              S3ObjectVersion: child(uri, 'Version'),
            },
            uri,
          )
        : undefined,
    CompatibleArchitectures: child(properties, 'CompatibleArchitectures'),
    CompatibleRuntimes: child(properties, 'CompatibleRuntimes'),
    LicenseInfo: child(properties, 'LicenseInfo'),
  };
  return { resources: [madeResource(name, 'AWS::Lambda::LayerVersion', layer, source)] };
}

/** `AWS::Serverless::Application`: a stack of its own. */
export function expandApplication(source: ServerlessResource): Expansion {
  const { name, properties } = source;
  const location = child(properties, 'Location');
  const stack = {
    TemplateURL: location?.kind === 'scalar' ? location : undefined,
    Parameters: child(properties, 'Parameters'),
    NotificationARNs: child(properties, 'NotificationARNs'),
    TimeoutInMinutes: child(properties, 'TimeoutInMinutes'),
    Tags: tagList(child(properties, 'Tags')),
  };
  return { resources: [madeResource(name, 'AWS::CloudFormation::Stack', stack, source)] };
}
