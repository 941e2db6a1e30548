import type { Api, Collector, FoundResource, Output } from '../api.ts';
import { given, mapOf, pick, textOf, textsOf, withTexts } from '../fields.ts';
import { EVERYWHERE } from '../found.ts';

type Scope = 'REGIONAL' | 'CLOUDFRONT';

const ACTIONS = {
  ListWebACLs: 'wafv2:ListWebACLs',
  GetWebACL: 'wafv2:GetWebACL',
  GetLoggingConfiguration: 'wafv2:GetLoggingConfiguration',
  ListRuleGroups: 'wafv2:ListRuleGroups',
  GetRuleGroup: 'wafv2:GetRuleGroup',
};

/** Web ACLs of a region, what they stand before, and where they log (AWS WAFV2 API reference). */
export const webAcls: Collector = {
  id: 'web-acls',
  service: 'wafv2',
  where: 'region',
  types: [
    'AWS::WAFv2::WebACL',
    'AWS::WAFv2::WebACLAssociation',
    'AWS::WAFv2::LoggingConfiguration',
    'AWS::WAFv2::RuleGroup',
  ],
  actions: { ...ACTIONS, ListResourcesForWebACL: 'wafv2:ListResourcesForWebACL' },
  read: (api) => aclsOf(api, 'REGIONAL'),
};

/** Web ACLs of distributions, which live in one region only. Distributions name theirs themselves. */
export const globalWebAcls: Collector = {
  id: 'global-web-acls',
  service: 'wafv2',
  where: 'account',
  only: 'us-east-1',
  types: webAcls.types,
  actions: ACTIONS,
  read: (api) => aclsOf(api, 'CLOUDFRONT'),
};

async function aclsOf(api: Api, scope: Scope): Promise<readonly FoundResource[]> {
  const [acls, groups] = await Promise.all([
    api.all('ListWebACLs', 'WebACLs', { Scope: scope }),
    api.some('ListRuleGroups', 'RuleGroups', ['AWS::WAFv2::RuleGroup'], { Scope: scope }),
  ]);
  const found = await Promise.all([
    ...acls.map((each) => webAcl(api, scope, each)),
    ...groups.map((each) => ruleGroup(api, scope, each)),
  ]);
  return found.flat();
}

/** The kinds of resources that a regional web ACL stands before; each is asked for by itself. */
const PROTECTED = [
  'APPLICATION_LOAD_BALANCER',
  'API_GATEWAY',
  'APPSYNC',
  'COGNITO_USER_POOL',
  'APP_RUNNER_SERVICE',
  'VERIFIED_ACCESS_INSTANCE',
];

function regionOf(api: Api, scope: Scope): string {
  return scope === 'CLOUDFRONT' ? EVERYWHERE : api.region;
}

async function protectedBy(api: Api, scope: Scope, arn: string): Promise<readonly string[]> {
  if (scope === 'CLOUDFRONT') return [];
  const types = ['AWS::WAFv2::WebACLAssociation'];
  const answers = await Promise.all(
    PROTECTED.map((kind) =>
      api.detail('ListResourcesForWebACL', { WebACLArn: arn, ResourceType: kind }, { types }),
    ),
  );
  const arns = answers.flatMap((each) => (each.is === 'read' ? textsOf(each.output, 'ResourceArns') : []));
  return [...new Set(arns)];
}

async function webAcl(api: Api, scope: Scope, summary: Output): Promise<readonly FoundResource[]> {
  const arn = textOf(summary, 'ARN');
  const name = textOf(summary, 'Name');
  const identity = { Name: name, Id: textOf(summary, 'Id'), Scope: scope };
  const acl = mapOf(await api.call('GetWebACL', identity), 'WebACL');
  const arns = await protectedBy(api, scope, arn);
  const none = ['WAFNonexistentItemException'];
  const logging = await api.detail('GetLoggingConfiguration', { ResourceArn: arn }, { none });
  const region = regionOf(api, scope);
  const logs = logging.is === 'read' ? mapOf(logging.output, 'LoggingConfiguration') : {};
  return [
    {
      region,
      id: arn,
      type: 'AWS::WAFv2::WebACL',
      name,
      names: { Arn: arn },
      properties: {
        ...pick(acl, ['Name', 'Description', 'DefaultAction', 'VisibilityConfig', 'AssociationConfig']),
        Rules: withTexts(acl.Rules ?? []),
        Scope: scope,
      },
    },
    ...arns.map((resource) => ({
      region,
      id: `${arn}>${resource}`,
      type: 'AWS::WAFv2::WebACLAssociation',
      name: `${name}>${resource.split('/').at(-2) ?? resource}`,
      properties: { WebACLArn: arn, ResourceArn: resource },
    })),
    ...(logging.is === 'none'
      ? []
      : [
          {
            region,
            id: `${arn}/logging`,
            type: 'AWS::WAFv2::LoggingConfiguration',
            name: `${name}-logging`,
            properties: { ResourceArn: arn, ...pick(logs, ['LogDestinationConfigs']) },
            unread: logging.is === 'unread' ? ['LogDestinationConfigs'] : [],
          },
        ]),
  ];
}

async function ruleGroup(api: Api, scope: Scope, summary: Output): Promise<readonly FoundResource[]> {
  const identity = { Name: textOf(summary, 'Name'), Id: textOf(summary, 'Id'), Scope: scope };
  const group = mapOf(await api.call('GetRuleGroup', identity), 'RuleGroup');
  const arn = textOf(summary, 'ARN');
  return [
    {
      region: regionOf(api, scope),
      id: arn,
      type: 'AWS::WAFv2::RuleGroup',
      name: identity.Name,
      names: { Arn: arn },
      properties: {
        ...pick(group, ['Name', 'Description', 'Capacity', 'VisibilityConfig']),
        ...given('Rules', withTexts(group.Rules ?? [])),
        Scope: scope,
      },
    },
  ];
}
