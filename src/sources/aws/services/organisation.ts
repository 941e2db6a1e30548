import type { Api, Collector, FoundResource, Output } from '../api.ts';
import { given, mapOf, pick, policyOf, textOf } from '../fields.ts';
import { everywhere } from '../found.ts';

/**
 * The organisation that the account belongs to; its policies where the account manages it (AWS Organizations
 * API reference). Only the management account is told about policies; others are not asked to ask.
 */
export const organisation: Collector = {
  id: 'organisation',
  service: 'organizations',
  where: 'account',
  types: ['AWS::Organizations::Organization', 'AWS::Organizations::Policy'],
  actions: {
    DescribeOrganization: 'organizations:DescribeOrganization',
    ListPolicies: 'organizations:ListPolicies',
    DescribePolicy: 'organizations:DescribePolicy',
  },
  off: ['AWSOrganizationsNotInUseException'],
  async read(api) {
    const found = mapOf(await api.call('DescribeOrganization'), 'Organization');
    if (textOf(found, 'Id') === '') return [];
    const manages = textOf(found, 'MasterAccountId') === api.account;
    const policies = manages
      ? await api.all('ListPolicies', 'Policies', { Filter: 'SERVICE_CONTROL_POLICY' })
      : [];
    return [
      everywhere({
        id: textOf(found, 'Arn'),
        type: 'AWS::Organizations::Organization',
        name: textOf(found, 'Id'),
        names: { Ref: textOf(found, 'Id') },
        properties: pick(found, ['FeatureSet', 'MasterAccountId=ManagementAccountId']),
      }),
      ...(await Promise.all(policies.map((each) => policy(api, each)))),
    ];
  },
};

async function policy(api: Api, summary: Output): Promise<FoundResource> {
  const detail = await api.detail('DescribePolicy', { PolicyId: textOf(summary, 'Id') });
  const content = detail.is === 'read' ? policyOf(mapOf(detail.output, 'Policy'), 'Content') : undefined;
  return everywhere({
    id: textOf(summary, 'Arn'),
    type: 'AWS::Organizations::Policy',
    name: textOf(summary, 'Name'),
    names: { Ref: textOf(summary, 'Id') },
    unread: detail.is === 'unread' ? ['Content'] : [],
    properties: { ...pick(summary, ['Name', 'Type', 'Description']), ...given('Content', content) },
  });
}
