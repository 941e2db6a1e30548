import type { Api, Collector, FoundResource, Output } from '../api.ts';
import { given, mapOf, mapsOf, pick, textOf } from '../fields.ts';
import { here, within } from '../found.ts';

/** Backup plans, what they cover, and where copies lie (AWS Backup API reference). */
export const backupPlans: Collector = {
  id: 'backup-plans',
  service: 'backup',
  where: 'region',
  types: ['AWS::Backup::BackupPlan', 'AWS::Backup::BackupSelection', 'AWS::Backup::BackupVault'],
  actions: {
    ListBackupPlans: 'backup:ListBackupPlans',
    GetBackupPlan: 'backup:GetBackupPlan',
    ListBackupSelections: 'backup:ListBackupSelections',
    GetBackupSelection: 'backup:GetBackupSelection',
    ListBackupVaults: 'backup:ListBackupVaults',
  },
  async read(api) {
    const plans = await api.all('ListBackupPlans', 'BackupPlansList');
    const vaults = await api.some('ListBackupVaults', 'BackupVaultList', ['AWS::Backup::BackupVault']);
    const found = await Promise.all(plans.map((each) => planWithSelections(api, each)));
    return [
      ...found.flat(),
      ...vaults.map((vault) => {
        const name = textOf(vault, 'BackupVaultName');
        const arn = textOf(vault, 'BackupVaultArn');
        return here(api, {
          id: arn,
          type: 'AWS::Backup::BackupVault',
          name,
          names: { Ref: name, BackupVaultArn: arn },
          properties: {
            ...pick(vault, ['BackupVaultName', 'EncryptionKeyArn']),
            ...(vault.Locked === true
              ? { LockConfiguration: pick(vault, ['MinRetentionDays', 'MaxRetentionDays']) }
              : {}),
          },
        });
      }),
    ];
  },
};

async function planWithSelections(api: Api, summary: Output): Promise<readonly FoundResource[]> {
  const id = textOf(summary, 'BackupPlanId');
  const input = { BackupPlanId: id };
  const plan = mapOf(await api.call('GetBackupPlan', input), 'BackupPlan');
  const listed = await api.all('ListBackupSelections', 'BackupSelectionsList', input);
  const selections = await Promise.all(
    listed.map(async (each) => {
      const SelectionId = textOf(each, 'SelectionId');
      const answer = await api.call('GetBackupSelection', { ...input, SelectionId });
      const content = mapOf(answer, 'BackupSelection');
      const properties = {
        BackupPlanId: id,
        BackupSelection: pick(content, [
          'SelectionName',
          'IamRoleArn',
          'Resources',
          'NotResources',
          'ListOfTags',
          'Conditions',
        ]),
      };
      const found = within(api, 'AWS::Backup::BackupSelection', `${id}/${SelectionId}`, properties);
      return { ...found, name: textOf(content, 'SelectionName') || found.name };
    }),
  );
  const itself = here(api, {
    id: textOf(summary, 'BackupPlanArn'),
    type: 'AWS::Backup::BackupPlan',
    name: textOf(plan, 'BackupPlanName'),
    names: { Ref: id, BackupPlanId: id, BackupPlanArn: textOf(summary, 'BackupPlanArn') },
    properties: {
      BackupPlan: {
        ...pick(plan, ['BackupPlanName']),
        ...given('BackupPlanRule', mapsOf(plan, 'Rules').map(rule)),
      },
    },
  });
  return [itself, ...selections];
}

function rule(found: Output): Output {
  return pick(found, [
    'RuleName',
    'TargetBackupVaultName=TargetBackupVault',
    'ScheduleExpression',
    'Lifecycle',
    'EnableContinuousBackup',
    'CopyActions',
  ]);
}
