import type { Api, Collector, Detail, FoundResource, Output } from '../api.ts';
import { given, isMap, mapOf, mapsOf, pick, policyOf, textOf, textsOf } from '../fields.ts';
import { here } from '../found.ts';
import { variablesWithoutSecrets } from '../redact.ts';

/** Functions; the values of variables that look like secrets are left out. */
export const functions: Collector = {
  id: 'functions',
  service: 'lambda',
  where: 'region',
  types: ['AWS::Lambda::Function', 'AWS::Lambda::Url', 'AWS::Lambda::Permission'],
  actions: {
    ListFunctions: 'lambda:ListFunctions',
    GetFunctionConcurrency: 'lambda:GetFunctionConcurrency',
    GetPolicy: 'lambda:GetPolicy',
    ListFunctionUrlConfigs: 'lambda:ListFunctionUrlConfigs',
  },
  async read(api) {
    const found = await api.all('ListFunctions', 'Functions');
    const each = await Promise.all(found.map((item) => lambdaFunction(api, item)));
    return each.flat();
  },
};

async function lambdaFunction(api: Api, found: Output): Promise<readonly FoundResource[]> {
  const name = textOf(found, 'FunctionName');
  const arn = textOf(found, 'FunctionArn');
  const variables = mapOf(mapOf(found, 'Environment'), 'Variables');
  const network = mapOf(found, 'VpcConfig');
  const [urls, concurrency, policy] = await Promise.all([
    api.some('ListFunctionUrlConfigs', 'FunctionUrlConfigs', ['AWS::Lambda::Url'], { FunctionName: name }),
    api.detail('GetFunctionConcurrency', { FunctionName: name }),
    api.detail('GetPolicy', { FunctionName: name }, { none: ['ResourceNotFoundException'] }),
  ]);
  const resource = here(api, {
    id: arn,
    type: 'AWS::Lambda::Function',
    name,
    names: { Ref: name, Arn: arn },
    unread: concurrency.is === 'unread' ? ['ReservedConcurrentExecutions'] : [],
    properties: {
      ...pick(found, ['FunctionName', 'Runtime', 'Role', 'Handler', 'Timeout', 'MemorySize', 'PackageType']),
      ...pick(found, ['TracingConfig', 'DeadLetterConfig', 'KMSKeyArn=KmsKeyArn', 'Architectures']),
      ...(textsOf(network, 'SubnetIds').length > 0
        ? { VpcConfig: pick(network, ['SubnetIds', 'SecurityGroupIds']) }
        : {}),
      ...(Object.keys(variables).length > 0
        ? { Environment: { Variables: variablesWithoutSecrets(variables) } }
        : {}),
      ...(concurrency.is === 'read' ? pick(concurrency.output, ['ReservedConcurrentExecutions']) : {}),
    },
  });
  return [
    resource,
    ...urls.map((url) =>
      here(api, {
        id: textOf(url, 'FunctionUrl') || `${arn}/url`,
        type: 'AWS::Lambda::Url',
        name: `${name}-url`,
        properties: { TargetFunctionArn: arn, ...pick(url, ['AuthType', 'Cors', 'InvokeMode']) },
      }),
    ),
    ...permissionsOf(api, name, arn, policy),
  ];
}

/** One permission for each statement of a function's policy; an unread policy is a permission of which nothing is known. */
function permissionsOf(api: Api, name: string, arn: string, policy: Detail): readonly FoundResource[] {
  const type = 'AWS::Lambda::Permission';
  if (policy.is === 'none') return [];
  if (policy.is === 'unread') {
    const unknown = { id: `${arn}/policy`, type, name: `${name}-policy`, properties: { FunctionName: arn } };
    return [here(api, { ...unknown, unread: ['Action', 'Principal', 'SourceArn', 'SourceAccount'] })];
  }
  const document = policyOf(policy.output, 'Policy');
  const statements = isMap(document) ? mapsOf(document, 'Statement') : [];
  return statements
    .filter((statement) => textOf(statement, 'Effect') === 'Allow')
    .map((statement, index) => {
      const sid = textOf(statement, 'Sid') || String(index);
      return here(api, {
        id: `${arn}/policy/${sid}`,
        type,
        name: `${name}-${sid}`,
        properties: { FunctionName: arn, ...permission(statement) },
      });
    });
}

function permission(statement: Output): Output {
  const principal = statement.Principal;
  const who = isMap(principal)
    ? textOf(principal, 'Service') || textOf(principal, 'AWS')
    : textOf(statement, 'Principal');
  const conditions = Object.values(mapOf(statement, 'Condition')).filter(isMap);
  const condition = (key: string) =>
    conditions.map((each) => textOf(each, key)).find((value) => value !== '');
  return {
    Action: textOf(statement, 'Action'),
    Principal: who,
    ...given('SourceArn', condition('AWS:SourceArn') ?? condition('aws:SourceArn')),
    ...given('SourceAccount', condition('AWS:SourceAccount') ?? condition('aws:SourceAccount')),
    ...given('PrincipalOrgID', condition('aws:PrincipalOrgID')),
    ...given('EventSourceToken', condition('lambda:EventSourceToken')),
    ...given('FunctionUrlAuthType', condition('lambda:FunctionUrlAuthType')),
  };
}

/** Who may use the newest version of each layer. */
export const layers: Collector = {
  id: 'layers',
  service: 'lambda',
  where: 'region',
  types: ['AWS::Lambda::LayerVersionPermission'],
  actions: { ListLayers: 'lambda:ListLayers', GetLayerVersionPolicy: 'lambda:GetLayerVersionPolicy' },
  async read(api) {
    const found = await api.all('ListLayers', 'Layers');
    const each = await Promise.all(found.map((layer) => layerPermissions(api, layer)));
    return each.flat();
  },
};

async function layerPermissions(api: Api, layer: Output): Promise<readonly FoundResource[]> {
  const version = mapOf(layer, 'LatestMatchingVersion');
  const LayerName = textOf(layer, 'LayerName');
  const VersionNumber = Number(textOf(version, 'Version'));
  const none = ['ResourceNotFoundException'];
  const policy = await api.detail('GetLayerVersionPolicy', { LayerName, VersionNumber }, { none });
  const document = policy.is === 'read' ? policyOf(policy.output, 'Policy') : undefined;
  const statements = isMap(document) ? mapsOf(document, 'Statement') : [];
  const arn = textOf(version, 'LayerVersionArn');
  return statements.map((statement, index) => {
    const { Principal, Action, PrincipalOrgID } = permission(statement);
    return here(api, {
      id: `${arn}/policy/${index}`,
      type: 'AWS::Lambda::LayerVersionPermission',
      name: `${LayerName}-policy-${index}`,
      properties: { LayerVersionArn: arn, Principal, Action, ...given('OrganizationId', PrincipalOrgID) },
    });
  });
}
