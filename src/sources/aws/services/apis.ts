import type { Api, Collector, FoundResource, Output } from '../api.ts';
import { given, isMap, mapOf, mapsOf, pick, pickCapital, textOf } from '../fields.ts';
import { here, within } from '../found.ts';

/** REST APIs with their methods, stages and domain names (Amazon API Gateway API reference, version 1). */
export const restApis: Collector = {
  id: 'rest-apis',
  service: 'api-gateway',
  where: 'region',
  types: [
    'AWS::ApiGateway::RestApi',
    'AWS::ApiGateway::Method',
    'AWS::ApiGateway::Stage',
    'AWS::ApiGateway::DomainName',
  ],
  actions: {
    GetRestApis: 'apigateway:GET',
    GetResources: 'apigateway:GET',
    GetStages: 'apigateway:GET',
    GetDomainNames: 'apigateway:GET',
  },
  async read(api) {
    const found = await api.all('GetRestApis', 'items', { limit: 500 });
    const each = await Promise.all(found.map((rest) => restApi(api, rest)));
    const domains = await api.some('GetDomainNames', 'items', ['AWS::ApiGateway::DomainName'], {
      limit: 500,
    });
    return [
      ...each.flat(),
      ...domains.map((domain) => {
        const name = textOf(domain, 'domainName');
        return here(api, {
          id: `arn:${api.partition}:apigateway:${api.region}::/domainnames/${name}`,
          type: 'AWS::ApiGateway::DomainName',
          name,
          names: { Ref: name },
          properties: pickCapital(domain, [
            'DomainName',
            'SecurityPolicy',
            'CertificateArn',
            'RegionalCertificateArn',
            'EndpointConfiguration',
            'MutualTlsAuthentication',
          ]),
        });
      }),
    ];
  },
};

async function restApi(api: Api, found: Output): Promise<readonly FoundResource[]> {
  const id = textOf(found, 'id');
  const path = `arn:${api.partition}:apigateway:${api.region}::/restapis/${id}`;
  const [resources, stages] = await Promise.all([
    api.all('GetResources', 'items', { restApiId: id, embed: ['methods'], limit: 500 }),
    api.call('GetStages', { restApiId: id }),
  ]);
  const rest = here(api, {
    id: path,
    type: 'AWS::ApiGateway::RestApi',
    name: textOf(found, 'name'),
    names: { Ref: id, RestApiId: id, Arn: path },
    properties: {
      ...pickCapital(found, ['Name', 'Description', 'EndpointConfiguration', 'DisableExecuteApiEndpoint']),
      ...given('Policy', escapedPolicy(textOf(found, 'policy'))),
    },
  });
  return [
    rest,
    ...resources.flatMap((resource) => methods(api, id, resource)),
    ...mapsOf(stages, 'item').map((each) => restStage(api, id, path, each)),
  ];
}

/** This service gives a policy as JSON whose quotes are escaped once more. */
function escapedPolicy(written: string): unknown {
  if (written === '') return undefined;
  return JSON.parse(written.startsWith('{\\') ? JSON.parse(`"${written}"`) : written);
}

function methods(api: Api, rest: string, resource: Output): readonly FoundResource[] {
  const path = textOf(resource, 'path');
  return Object.entries(mapOf(resource, 'resourceMethods')).flatMap(([verb, found]) => {
    if (!isMap(found)) return [];
    const integration = mapOf(found, 'methodIntegration');
    return within(api, 'AWS::ApiGateway::Method', `${rest} ${verb} ${path}`, {
      RestApiId: rest,
      ResourceId: textOf(resource, 'id'),
      HttpMethod: verb,
      ...pickCapital(found, ['AuthorizationType', 'ApiKeyRequired', 'AuthorizerId']),
      ...given(
        'Integration',
        pick(integration, [
          'type=Type',
          'uri=Uri',
          'httpMethod=IntegrationHttpMethod',
          'connectionType=ConnectionType',
        ]),
      ),
    });
  });
}

function restStage(api: Api, rest: string, path: string, found: Output): FoundResource {
  const name = textOf(found, 'stageName');
  const settings = Object.entries(mapOf(found, 'methodSettings')).flatMap(([key, value]) =>
    isMap(value) ? [methodSetting(key, value)] : [],
  );
  return here(api, {
    id: `${path}/stages/${name}`,
    type: 'AWS::ApiGateway::Stage',
    name: `${rest}/${name}`,
    names: { Arn: `${path}/stages/${name}` },
    properties: {
      RestApiId: rest,
      ...pickCapital(found, ['StageName', 'TracingEnabled', 'ClientCertificateId', 'CacheClusterEnabled']),
      ...given(
        'AccessLogSetting',
        pickCapital(mapOf(found, 'accessLogSettings'), ['DestinationArn', 'Format']),
      ),
      ...given('MethodSettings', settings),
    },
  });
}

/** The service keeps settings below `path/VERB`, in which slashes of the path are written as `~1`. */
function methodSetting(key: string, found: Output): Output {
  const cut = key.lastIndexOf('/');
  const path = key.slice(0, cut).replaceAll('~1', '/');
  return {
    ResourcePath: path === '*' ? '/*' : path,
    HttpMethod: key.slice(cut + 1),
    ...pickCapital(found, ['LoggingLevel', 'DataTraceEnabled', 'MetricsEnabled', 'CachingEnabled']),
    ...pickCapital(found, ['CacheDataEncrypted', 'ThrottlingBurstLimit', 'ThrottlingRateLimit']),
  };
}

/** HTTP and WebSocket APIs (Amazon API Gateway API reference, version 2). */
export const httpApis: Collector = {
  id: 'http-apis',
  service: 'apigatewayv2',
  where: 'region',
  types: [
    'AWS::ApiGatewayV2::Api',
    'AWS::ApiGatewayV2::Route',
    'AWS::ApiGatewayV2::Integration',
    'AWS::ApiGatewayV2::Stage',
  ],
  actions: {
    GetApis: 'apigateway:GET',
    GetRoutes: 'apigateway:GET',
    GetIntegrations: 'apigateway:GET',
    GetStages: 'apigateway:GET',
  },
  async read(api) {
    const found = await api.all('GetApis', 'Items');
    const each = await Promise.all(found.map((one) => httpApi(api, one)));
    return each.flat();
  },
};

async function httpApi(api: Api, found: Output): Promise<readonly FoundResource[]> {
  const id = textOf(found, 'ApiId');
  const path = `arn:${api.partition}:apigateway:${api.region}::/apis/${id}`;
  const input = { ApiId: id };
  const [routes, integrations, stages] = await Promise.all([
    api.all('GetRoutes', 'Items', input),
    api.all('GetIntegrations', 'Items', input),
    api.all('GetStages', 'Items', input),
  ]);
  return [
    here(api, {
      id: path,
      type: 'AWS::ApiGatewayV2::Api',
      name: textOf(found, 'Name'),
      names: { Ref: id, ApiId: id, Arn: path },
      properties: pick(found, ['Name', 'ProtocolType', 'CorsConfiguration', 'DisableExecuteApiEndpoint']),
    }),
    ...routes.map((each) => ({
      ...within(api, 'AWS::ApiGatewayV2::Route', `${id}/routes/${textOf(each, 'RouteId')}`, {
        ApiId: id,
        ...pick(each, ['RouteKey', 'AuthorizationType', 'ApiKeyRequired', 'AuthorizerId', 'Target']),
      }),
      name: textOf(each, 'RouteKey'),
    })),
    ...integrations.map((each) =>
      within(api, 'AWS::ApiGatewayV2::Integration', `${id}/integrations/${textOf(each, 'IntegrationId')}`, {
        ApiId: id,
        ...pick(each, ['IntegrationType', 'IntegrationUri', 'IntegrationMethod', 'ConnectionType']),
        ...pick(each, ['ConnectionId', 'PayloadFormatVersion']),
      }),
    ),
    ...stages.map((each) => {
      const name = textOf(each, 'StageName');
      return here(api, {
        id: `${path}/stages/${name}`,
        type: 'AWS::ApiGatewayV2::Stage',
        name: `${id}/${name}`,
        names: { Arn: `${path}/stages/${name}` },
        properties: {
          ApiId: id,
          ...pick(each, [
            'StageName',
            'AccessLogSettings',
            'DefaultRouteSettings',
            'RouteSettings',
            'AutoDeploy',
          ]),
        },
      });
    }),
  ];
}

/** GraphQL APIs with their caches (AWS AppSync API reference). */
export const graphApis: Collector = {
  id: 'graph-apis',
  service: 'appsync',
  where: 'region',
  types: ['AWS::AppSync::GraphQLApi', 'AWS::AppSync::ApiCache'],
  actions: { ListGraphqlApis: 'appsync:ListGraphqlApis', GetApiCache: 'appsync:GetApiCache' },
  async read(api) {
    const found = await api.all('ListGraphqlApis', 'graphqlApis');
    const each = await Promise.all(found.map((one) => graphApi(api, one)));
    return each.flat();
  },
};

async function graphApi(api: Api, found: Output): Promise<readonly FoundResource[]> {
  const id = textOf(found, 'apiId');
  const cache = await api.detail('GetApiCache', { apiId: id }, { none: ['NotFoundException'] });
  const cached = cache.is === 'read' ? mapOf(cache.output, 'apiCache') : {};
  const names = ['AtRestEncryptionEnabled', 'TransitEncryptionEnabled', 'Type', 'Ttl', 'ApiCachingBehavior'];
  const shown = here(api, {
    id: textOf(found, 'arn'),
    type: 'AWS::AppSync::GraphQLApi',
    name: textOf(found, 'name'),
    names: { Ref: textOf(found, 'arn'), ApiId: id, Arn: textOf(found, 'arn') },
    properties: {
      ...pickCapital(found, ['Name', 'AuthenticationType', 'XrayEnabled', 'Visibility']),
      ...given(
        'LogConfig',
        pickCapital(mapOf(found, 'logConfig'), ['FieldLogLevel', 'CloudWatchLogsRoleArn']),
      ),
    },
  });
  if (cache.is === 'none' || (cache.is === 'read' && Object.keys(cached).length === 0)) return [shown];
  const kept = within(api, 'AWS::AppSync::ApiCache', `${id}/cache`, {
    ApiId: id,
    ...pickCapital(cached, names),
  });
  return [shown, { ...kept, unread: cache.is === 'unread' ? names : [] }];
}
