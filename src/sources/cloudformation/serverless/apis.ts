import { child, type DocumentNode, type MapEntry, stringOf } from '../../../kernel/document.ts';
import { type At, listNode, mapNode, refNode, scalarNode, subNode } from '../nodes.ts';
import { type ApiRoute, type Expansion, madeResource, type ServerlessResource } from './made-resource.ts';
import { tagList } from './tags.ts';

/** The logical ids that SAM gives to the APIs it makes for events that name none. */
export const IMPLICIT_API = { rest: 'ServerlessRestApi', http: 'ServerlessHttpApi' } as const;

/** `AWS::Serverless::Api`: a REST API, its deployment and its stage. */
export function expandApi(source: ServerlessResource, routes: readonly ApiRoute[]): Expansion {
  const { name, properties, at } = source;
  const stageName = child(properties, 'StageName') ?? scalarNode('Prod', at);
  const api = madeResource(
    name,
    'AWS::ApiGateway::RestApi',
    {
      Name: child(properties, 'Name') ?? refNode('AWS::StackName', at),
      Description: child(properties, 'Description'),
      Body: bodyOf(source, routes),
      EndpointConfiguration: endpointOf(child(properties, 'EndpointConfiguration')),
      MinimumCompressionSize: child(properties, 'MinimumCompressionSize'),
      DisableExecuteApiEndpoint: child(properties, 'DisableExecuteApiEndpoint'),
      Policy: child(child(child(properties, 'Auth'), 'ResourcePolicy'), 'CustomStatements'),
      Tags: tagList(child(properties, 'Tags')),
    },
    source,
  );
  const deployment = { RestApiId: refNode(name, at) };
  const stage = {
    RestApiId: refNode(name, at),
    DeploymentId: refNode(`${name}Deployment`, at),
    StageName: stageName,
    AccessLogSetting: child(properties, 'AccessLogSetting'),
    CacheClusterEnabled: child(properties, 'CacheClusterEnabled'),
    CacheClusterSize: child(properties, 'CacheClusterSize'),
    CanarySetting: child(properties, 'CanarySetting'),
    MethodSettings: child(properties, 'MethodSettings'),
    TracingEnabled: child(properties, 'TracingEnabled'),
    Variables: child(properties, 'Variables'),
  };
  return {
    resources: [
      api,
      madeResource(`${name}Deployment`, 'AWS::ApiGateway::Deployment', deployment, source),
      madeResource(`${name}${stringOf(stageName) ?? ''}Stage`, 'AWS::ApiGateway::Stage', stage, source),
    ],
  };
}

/** `AWS::Serverless::HttpApi`: an HTTP API and its stage. */
export function expandHttpApi(source: ServerlessResource, routes: readonly ApiRoute[]): Expansion {
  const { name, properties, at } = source;
  const stageName = child(properties, 'StageName');
  const cors = child(properties, 'CorsConfiguration');
  const api = {
    Name: child(properties, 'Name'),
    Description: child(properties, 'Description'),
    Body: bodyOf(source, routes),
    CorsConfiguration: cors?.kind === 'map' ? cors : undefined,
    DisableExecuteApiEndpoint: child(properties, 'DisableExecuteApiEndpoint'),
    Tags: child(properties, 'Tags'),
  };
  const stage = {
    ApiId: refNode(name, at),
    StageName: stageName ?? scalarNode('$default', at),
    AutoDeploy: scalarNode(true, at),
    AccessLogSettings: child(properties, 'AccessLogSettings'),
    DefaultRouteSettings: child(properties, 'DefaultRouteSettings'),
    RouteSettings: child(properties, 'RouteSettings'),
    StageVariables: child(properties, 'StageVariables'),
  };
  const stageId = `${name}${stageName ? (stringOf(stageName) ?? '') : 'ApiGatewayDefault'}Stage`;
  return {
    resources: [
      madeResource(name, 'AWS::ApiGatewayV2::Api', api, source),
      madeResource(stageId, 'AWS::ApiGatewayV2::Stage', stage, source),
    ],
  };
}

/** SAM writes the kinds of endpoint as one word or as `Type`; CloudFormation as a list of `Types`. */
function endpointOf(node: DocumentNode | undefined): DocumentNode | undefined {
  if (!node) return undefined;
  const type = node.kind === 'map' ? child(node, 'Type') : node;
  if (!type) return node;
  return mapNode({ Types: listNode([type], type), VpcEndpointIds: child(node, 'VPCEndpointIds') }, node);
}

/** The API's definition: the one that is written, with the routes of the functions' events in it. */
function bodyOf(source: ServerlessResource, routes: readonly ApiRoute[]): DocumentNode | undefined {
  const written = child(source.properties, 'DefinitionBody');
  if (written || routes.length === 0) return written;
  const auth = child(source.properties, 'Auth');
  const fallback = child(auth, 'DefaultAuthorizer');
  const paths = Map.groupBy(routes, (route) => route.path);
  const pathNodes = [...paths].map(([path, own]): [string, DocumentNode] => [
    path,
    mapNode(
      own.map((route): [string, DocumentNode] => [methodKey(route.method), operation(route, fallback)]),
      source.at,
    ),
  ]);
  return mapNode(
    { openapi: scalarNode('3.0.1', source.at), paths: mapNode(pathNodes, source.at) },
    source.at,
  );
}

function methodKey(method: string): string {
  return method === 'any' ? 'x-amazon-apigateway-any-method' : method;
}

function operation(route: ApiRoute, fallback: DocumentNode | undefined): DocumentNode {
  const { at } = route;
  const authorizer = stringOf(route.authorizer ?? fallback);
  const security =
    authorizer === undefined || authorizer === 'NONE'
      ? undefined
      : listNode([mapNode({ [authorizer]: listNode([], at) }, at)], at);
  return mapNode({ 'x-amazon-apigateway-integration': integration(route, at), security }, at);
}

function integration(route: ApiRoute, at: At): DocumentNode {
  const functionArn = `\${${route.function}.Arn}`;
  const uri = `arn:\${AWS::Partition}:apigateway:\${AWS::Region}:lambda:path/2015-03-31/functions/${functionArn}/invocations`;
  return mapNode(
    { type: scalarNode('aws_proxy', at), httpMethod: scalarNode('POST', at), uri: subNode(uri, at) },
    at,
  );
}

/** An API that no resource declares: SAM makes it for the events that name none. */
export function implicitApi(
  kind: ApiRoute['kind'],
  entry: MapEntry,
  globals: DocumentNode | undefined,
): ServerlessResource {
  const at = { start: entry.keyStart, end: entry.keyStart };
  const properties = child(globals, kind === 'rest' ? 'Api' : 'HttpApi') ?? mapNode({}, at);
  const bare: MapEntry = { ...entry, key: IMPLICIT_API[kind], value: mapNode({}, at) };
  return { name: IMPLICIT_API[kind], entry: bare, properties, at };
}
