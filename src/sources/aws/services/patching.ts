import type { Api, Collector, FoundResource, Output } from '../api.ts';
import { mapOf, mapsOf, pick, textOf, withTexts } from '../fields.ts';

/** What Systems Manager does to servers again and again (AWS Systems Manager API reference). */
export const associations: Collector = {
  id: 'associations',
  service: 'ssm',
  where: 'region',
  types: ['AWS::SSM::Association'],
  actions: {
    ListAssociations: 'ssm:ListAssociations',
    DescribeAssociation: 'ssm:DescribeAssociation',
  },
  async read(api) {
    const found = await api.all('ListAssociations', 'Associations');
    return Promise.all(found.map((each) => association(api, each)));
  },
};

async function association(api: Api, summary: Output): Promise<FoundResource> {
  const id = textOf(summary, 'AssociationId');
  const detail = await api.detail('DescribeAssociation', { AssociationId: id });
  const whole = detail.is === 'read' ? mapOf(detail.output, 'AssociationDescription') : summary;
  return {
    id: api.arn('ssm', `association/${id}`),
    type: 'AWS::SSM::Association',
    name: textOf(summary, 'AssociationName') || id,
    region: api.region,
    names: { Ref: id },
    unread: detail.is === 'unread' ? ['Parameters'] : [],
    properties: {
      ...pick(whole, ['Name', 'AssociationName', 'ScheduleExpression', 'DocumentVersion']),
      ...(mapsOf(whole, 'Targets').length > 0 ? { Targets: mapsOf(whole, 'Targets') } : {}),
      // Parameters of other documents may carry commands with secrets; those of patching are words.
      ...(PATCHING.has(textOf(whole, 'Name')) && detail.is === 'read'
        ? { Parameters: withTexts(mapOf(whole, 'Parameters')) }
        : {}),
    },
  };
}

const PATCHING: ReadonlySet<string> = new Set(['AWS-RunPatchBaseline', 'AWS-RunPatchBaselineAssociation']);

const MANAGEMENT_ROLE = '/ssm/managed-instance/default-ec2-instance-management-role';

/** Whether Systems Manager manages every server by default ("Default Host Management Configuration"). */
export const hostManagement: Collector = {
  id: 'host-management',
  service: 'ssm',
  where: 'region',
  types: ['Account::SystemsManagerSetting'],
  actions: { GetServiceSetting: 'ssm:GetServiceSetting' },
  off: ['ServiceSettingNotFound'],
  async read(api) {
    const answer = await api.call('GetServiceSetting', { SettingId: MANAGEMENT_ROLE });
    const setting = mapOf(answer, 'ServiceSetting');
    const value = textOf(setting, 'SettingValue');
    if (value === '' || value === '$None') return [];
    return [
      {
        id: `${api.account}:${api.region}:HostManagement`,
        type: 'Account::SystemsManagerSetting',
        name: 'HostManagement',
        region: api.region,
        properties: { SettingId: MANAGEMENT_ROLE, SettingValue: value },
      },
    ];
  },
};
