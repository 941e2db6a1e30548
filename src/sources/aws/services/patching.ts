import type { Api, Collector, FoundResource, Output } from '../api.ts';
import { given, mapOf, mapsOf, pick, textOf, withTexts } from '../fields.ts';
import { here, regionFact, within } from '../found.ts';
import { chunks } from '../lists.ts';

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
  return here(api, {
    id: api.arn('ssm', `association/${id}`),
    type: 'AWS::SSM::Association',
    name: textOf(summary, 'AssociationName') || id,
    names: { Ref: id },
    unread: detail.is === 'unread' ? ['Parameters'] : [],
    properties: {
      ...pick(whole, ['Name', 'AssociationName', 'ScheduleExpression', 'DocumentVersion']),
      ...given('Targets', mapsOf(whole, 'Targets')),
      // Parameters of other documents may carry commands with secrets; those of patching are words.
      ...(PATCHING.has(textOf(whole, 'Name')) && detail.is === 'read'
        ? { Parameters: withTexts(mapOf(whole, 'Parameters')) }
        : {}),
    },
  });
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
    const found = regionFact(api, 'HostManagement', { SettingId: MANAGEMENT_ROLE, SettingValue: value });
    return [{ ...found, type: 'Account::SystemsManagerSetting' }];
  },
};

/** When servers are looked after, which ones, and what is done (AWS Systems Manager API reference). */
export const maintenanceWindows: Collector = {
  id: 'maintenance-windows',
  service: 'ssm',
  where: 'region',
  types: [
    'AWS::SSM::MaintenanceWindow',
    'AWS::SSM::MaintenanceWindowTarget',
    'AWS::SSM::MaintenanceWindowTask',
  ],
  actions: {
    DescribeMaintenanceWindows: 'ssm:DescribeMaintenanceWindows',
    DescribeMaintenanceWindowTargets: 'ssm:DescribeMaintenanceWindowTargets',
    DescribeMaintenanceWindowTasks: 'ssm:DescribeMaintenanceWindowTasks',
    GetMaintenanceWindowTask: 'ssm:GetMaintenanceWindowTask',
  },
  async read(api) {
    const found = await api.all('DescribeMaintenanceWindows', 'WindowIdentities');
    // A window that is switched off never opens.
    const open = found.filter((each) => each.Enabled !== false);
    const parts = await Promise.all(open.map((each) => maintenanceWindow(api, each)));
    return parts.flat();
  },
};

async function maintenanceWindow(api: Api, found: Output): Promise<readonly FoundResource[]> {
  const id = textOf(found, 'WindowId');
  const [targets, tasks] = await Promise.all([
    api.all('DescribeMaintenanceWindowTargets', 'Targets', { WindowId: id }),
    api.all('DescribeMaintenanceWindowTasks', 'Tasks', { WindowId: id }),
  ]);
  return [
    here(api, {
      id: api.arn('ssm', `maintenancewindow/${id}`),
      type: 'AWS::SSM::MaintenanceWindow',
      name: textOf(found, 'Name') || id,
      names: { Ref: id },
      properties: pick(found, ['Name', 'Schedule', 'Duration', 'Cutoff']),
    }),
    ...targets.map((target) => {
      const own = textOf(target, 'WindowTargetId');
      return {
        ...within(api, 'AWS::SSM::MaintenanceWindowTarget', `${id}/${own}`, {
          WindowId: id,
          ...pick(target, ['ResourceType', 'Name']),
          Targets: mapsOf(target, 'Targets').map((each) => pick(each, ['Key', 'Values'])),
        }),
        names: { Ref: own },
      };
    }),
    ...(await Promise.all(tasks.map((task) => windowTask(api, id, task)))),
  ];
}

async function windowTask(api: Api, window: string, task: Output): Promise<FoundResource> {
  const id = textOf(task, 'WindowTaskId');
  const document = textOf(task, 'TaskArn');
  const patches = PATCHING.has(document.split('/').at(-1) ?? '');
  const detail = patches
    ? await api.detail('GetMaintenanceWindowTask', { WindowId: window, WindowTaskId: id })
    : undefined;
  const run =
    detail?.is === 'read' ? mapOf(mapOf(detail.output, 'TaskInvocationParameters'), 'RunCommand') : {};
  const found = within(api, 'AWS::SSM::MaintenanceWindowTask', `${window}/${id}`, {
    WindowId: window,
    ...pick(task, ['TaskArn', 'Type=TaskType', 'Priority', 'MaxConcurrency', 'MaxErrors', 'Name']),
    Targets: mapsOf(task, 'Targets').map((each) => pick(each, ['Key', 'Values'])),
    ...given(
      'TaskInvocationParameters',
      given(
        'MaintenanceWindowRunCommandParameters',
        given('Parameters', withTexts(mapOf(run, 'Parameters'))),
      ),
    ),
  });
  return { ...found, unread: detail?.is === 'unread' ? ['TaskInvocationParameters'] : [] };
}

/** Baselines that people made: what is approved, and how soon. */
export const patchBaselines: Collector = {
  id: 'patch-baselines',
  service: 'ssm',
  where: 'region',
  types: ['AWS::SSM::PatchBaseline'],
  actions: {
    DescribePatchBaselines: 'ssm:DescribePatchBaselines',
    GetPatchBaseline: 'ssm:GetPatchBaseline',
  },
  async read(api) {
    const found = await api.all('DescribePatchBaselines', 'BaselineIdentities', {
      Filters: [{ Key: 'OWNER', Values: ['Self'] }],
    });
    return Promise.all(
      found.map(async (each) => {
        const id = textOf(each, 'BaselineId');
        const baseline = await api.call('GetPatchBaseline', { BaselineId: id });
        return here(api, {
          id: api.arn('ssm', `patchbaseline/${id}`),
          type: 'AWS::SSM::PatchBaseline',
          name: textOf(each, 'BaselineName') || id,
          names: { Ref: id },
          properties: {
            ...pick(baseline, ['Name', 'OperatingSystem', 'ApprovalRules', 'PatchGroups', 'ApprovedPatches']),
            ...pick(each, ['DefaultBaseline']),
          },
        });
      }),
    );
  },
};

const INSTANCES_PER_CALL = 50;

/** Which servers Systems Manager really reaches, and how many patches each lacks. */
export const managedServers: Collector = {
  id: 'managed-servers',
  service: 'ssm',
  where: 'region',
  types: ['Account::ManagedInstance'],
  actions: {
    DescribeInstanceInformation: 'ssm:DescribeInstanceInformation',
    DescribeInstancePatchStates: 'ssm:DescribeInstancePatchStates',
  },
  async read(api) {
    const found = await api.all('DescribeInstanceInformation', 'InstanceInformationList', { MaxResults: 50 });
    const ids = found.map((each) => textOf(each, 'InstanceId'));
    const answers = await Promise.all(
      chunks(ids, INSTANCES_PER_CALL).map((some) =>
        api.detail('DescribeInstancePatchStates', { InstanceIds: some }),
      ),
    );
    const states = answers.flatMap((each) =>
      each.is === 'read' ? mapsOf(each.output, 'InstancePatchStates') : [],
    );
    const unread = answers.some((each) => each.is === 'unread') ? PATCH_STATE : [];
    return found.map((each) => {
      const id = textOf(each, 'InstanceId');
      const state = states.find((one) => textOf(one, 'InstanceId') === id) ?? {};
      return here(api, {
        id: api.arn('ssm', `managed-instance/${id}`),
        type: 'Account::ManagedInstance',
        name: `${id} (Systems Manager)`,
        unread,
        properties: {
          ...pick(each, ['InstanceId', 'PingStatus', 'PlatformName', 'PlatformVersion', 'AssociationStatus']),
          ...pick(state, PATCH_STATE),
        },
      });
    });
  },
};

const PATCH_STATE = ['MissingCount', 'FailedCount', 'InstalledPendingRebootCount', 'OperationEndTime'];
