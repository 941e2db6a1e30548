import { known, stringFrom, type Value } from '../../../model/value.ts';
import {
  block,
  blocks,
  type Field,
  type Fields,
  fieldsOf,
  inline,
  json,
  single,
  tags,
  written,
} from '../translate/fields.ts';
import { join, type } from '../translate/type-mapping.ts';

const STAGE_SETTINGS: Fields = {
  method_path: 'MethodPath',
  settings: inline({
    logging_level: 'LoggingLevel',
    metrics_enabled: 'MetricsEnabled',
    data_trace_enabled: 'DataTraceEnabled',
    caching_enabled: 'CachingEnabled',
    cache_data_encrypted: 'CacheDataEncrypted',
    throttling_burst_limit: 'ThrottlingBurstLimit',
    throttling_rate_limit: 'ThrottlingRateLimit',
  }),
};

/** The path says method and resource in one: `*` + `/` + `*` for all. */
function methodSetting(attributes: ReadonlyMap<string, Value>, span: Value['span']): Value {
  const made = fieldsOf({ kind: 'map', entries: attributes, span }, STAGE_SETTINGS);
  const entries = new Map(made.kind === 'map' ? made.entries : []);
  const path = entries.get('MethodPath');
  const text = path && stringFrom(path);
  entries.delete('MethodPath');
  if (path && text !== undefined) {
    const slash = text.lastIndexOf('/');
    entries.set('HttpMethod', known(text.slice(slash + 1), path.span));
    entries.set('ResourcePath', known(`/${text.slice(0, Math.max(slash, 0))}`, path.span));
  }
  return { kind: 'map', entries, span };
}

const endpointTypes: Field = (value, target) => {
  const only = written(single(value));
  if (only?.kind === 'map') {
    const types = only.entries.get('types');
    if (types) target.set('EndpointConfiguration.Types', types);
  }
};

const STAGE: Fields = {
  rest_api_id: 'RestApiId',
  deployment_id: 'DeploymentId',
  stage_name: 'StageName',
  xray_tracing_enabled: 'TracingEnabled',
  client_certificate_id: 'ClientCertificateId',
  cache_cluster_enabled: 'CacheClusterEnabled',
  access_log_settings: block('AccessLogSetting', { destination_arn: 'DestinationArn', format: 'Format' }),
  tags: tags(),
};

export const API_GATEWAY_TYPES = [
  type(
    'aws_api_gateway_rest_api',
    'AWS::ApiGateway::RestApi',
    {
      name: 'Name',
      description: 'Description',
      policy: json('Policy'),
      disable_execute_api_endpoint: 'DisableExecuteApiEndpoint',
      endpoint_configuration: endpointTypes,
      tags: tags(),
    },
    { attributes: { root_resource_id: 'RootResourceId' } },
  ),
  type('aws_api_gateway_resource', 'AWS::ApiGateway::Resource', {
    rest_api_id: 'RestApiId',
    parent_id: 'ParentId',
    path_part: 'PathPart',
  }),
  type('aws_api_gateway_method', 'AWS::ApiGateway::Method', {
    rest_api_id: 'RestApiId',
    resource_id: 'ResourceId',
    http_method: 'HttpMethod',
    authorization: 'AuthorizationType',
    authorizer_id: 'AuthorizerId',
    api_key_required: 'ApiKeyRequired',
  }),
  type('aws_api_gateway_authorizer', 'AWS::ApiGateway::Authorizer', {
    rest_api_id: 'RestApiId',
    name: 'Name',
    type: 'Type',
    authorizer_uri: 'AuthorizerUri',
    provider_arns: 'ProviderARNs',
  }),
  type('aws_api_gateway_deployment', 'AWS::ApiGateway::Deployment', { rest_api_id: 'RestApiId' }),
  type('aws_api_gateway_stage', 'AWS::ApiGateway::Stage', STAGE),
  type('aws_api_gateway_domain_name', 'AWS::ApiGateway::DomainName', {
    domain_name: 'DomainName',
    certificate_arn: 'CertificateArn',
    regional_certificate_arn: 'RegionalCertificateArn',
    security_policy: 'SecurityPolicy',
    endpoint_configuration: endpointTypes,
    mutual_tls_authentication: block('MutualTlsAuthentication', { truststore_uri: 'TruststoreUri' }),
  }),
  type('aws_api_gateway_usage_plan', 'AWS::ApiGateway::UsagePlan', {
    name: 'UsagePlanName',
    throttle_settings: block('Throttle', { burst_limit: 'BurstLimit', rate_limit: 'RateLimit' }),
    quota_settings: block('Quota', { limit: 'Limit', period: 'Period' }),
  }),
  type(
    'aws_apigatewayv2_api',
    'AWS::ApiGatewayV2::Api',
    {
      name: 'Name',
      protocol_type: 'ProtocolType',
      disable_execute_api_endpoint: 'DisableExecuteApiEndpoint',
    },
    { attributes: { api_endpoint: 'ApiEndpoint' } },
  ),
  type('aws_apigatewayv2_route', 'AWS::ApiGatewayV2::Route', {
    api_id: 'ApiId',
    route_key: 'RouteKey',
    target: 'Target',
    authorization_type: 'AuthorizationType',
    authorizer_id: 'AuthorizerId',
  }),
  type('aws_apigatewayv2_integration', 'AWS::ApiGatewayV2::Integration', {
    api_id: 'ApiId',
    integration_type: 'IntegrationType',
    integration_uri: 'IntegrationUri',
    connection_type: 'ConnectionType',
  }),
  type('aws_apigatewayv2_stage', 'AWS::ApiGatewayV2::Stage', {
    api_id: 'ApiId',
    name: 'StageName',
    auto_deploy: 'AutoDeploy',
    access_log_settings: block('AccessLogSettings', { destination_arn: 'DestinationArn', format: 'Format' }),
    default_route_settings: block('DefaultRouteSettings', {
      throttling_burst_limit: 'ThrottlingBurstLimit',
      throttling_rate_limit: 'ThrottlingRateLimit',
      detailed_metrics_enabled: 'DetailedMetricsEnabled',
    }),
  }),
  type('aws_apigatewayv2_domain_name', 'AWS::ApiGatewayV2::DomainName', {
    domain_name: 'DomainName',
    domain_name_configuration: blocks('DomainNameConfigurations', {
      certificate_arn: 'CertificateArn',
      endpoint_type: 'EndpointType',
      security_policy: 'SecurityPolicy',
    }),
  }),
];

export const API_GATEWAY_JOINS = [
  join(
    'aws_api_gateway_method_settings',
    ['stage_name', 'AWS::ApiGateway::Stage'],
    {},
    {
      merge: (attributes, target, span) => target.append('MethodSettings', methodSetting(attributes, span)),
    },
  ),
  join('aws_api_gateway_rest_api_policy', ['rest_api_id', 'AWS::ApiGateway::RestApi'], {
    policy: json('Policy'),
  }),
];
