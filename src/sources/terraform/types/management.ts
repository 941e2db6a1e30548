import { known, list, map, type Value } from '../../../model/value.ts';
import { block, blocks, type Field, type Fields, json, listOf } from '../translate/fields.ts';
import type { PropertyBuilder } from '../translate/property-builder.ts';
import { join, type } from '../translate/type-mapping.ts';

const NAME_IS_REF = { name: 'Ref', id: 'Ref' };
const ARN_IS_REF = { arn: 'Ref', id: 'Ref' };

/** Conditions of an EC2 patch baseline. */
const PATCH_RULE: Fields = {
  approve_after_days: 'ApproveAfterDays',
  approve_until_date: 'ApproveUntilDate',
  compliance_level: 'ComplianceLevel',
  enable_non_security: 'EnableNonSecurity',
  patch_filter: blocks('PatchFilterGroup.PatchFilters', { key: 'Key', values: 'Values' }),
};

const TARGETS = { key: 'Key', values: 'Values' };

export const MANAGEMENT_TYPES = [
  type('aws_ssm_association', 'AWS::SSM::Association', {
    name: 'Name',
    association_name: 'AssociationName',
    schedule_expression: 'ScheduleExpression',
    parameters: stringLists('Parameters'),
    instance_id: 'InstanceId',
    targets: blocks('Targets', TARGETS),
  }),
  type('aws_ssm_maintenance_window', 'AWS::SSM::MaintenanceWindow', {
    name: 'Name',
    schedule: 'Schedule',
    duration: 'Duration',
    cutoff: 'Cutoff',
    allow_unassociated_targets: 'AllowUnassociatedTargets',
    enabled: 'Enabled',
  }),
  type('aws_ssm_maintenance_window_target', 'AWS::SSM::MaintenanceWindowTarget', {
    window_id: 'WindowId',
    resource_type: 'ResourceType',
    targets: blocks('Targets', TARGETS),
  }),
  type('aws_ssm_maintenance_window_task', 'AWS::SSM::MaintenanceWindowTask', {
    window_id: 'WindowId',
    task_type: 'TaskType',
    task_arn: 'TaskArn',
    targets: blocks('Targets', TARGETS),
    task_invocation_parameters: block('TaskInvocationParameters', {
      run_command_parameters: block('MaintenanceWindowRunCommandParameters', { parameter: runParameters }),
    }),
  }),
  type('aws_ssm_patch_baseline', 'AWS::SSM::PatchBaseline', {
    name: 'Name',
    operating_system: 'OperatingSystem',
    approved_patches: 'ApprovedPatches',
    rejected_patches: 'RejectedPatches',
    approval_rule: blocks('ApprovalRules.PatchRules', PATCH_RULE),
    global_filter: blocks('GlobalFilters.PatchFilters', { key: 'Key', values: 'Values' }),
  }),
  type('aws_ssm_default_host_management', 'Account::DefaultHostManagement', {}),
  type('aws_ssm_service_setting', 'Account::SystemsManagerSetting', {
    setting_id: 'SettingId',
    setting_value: 'SettingValue',
  }),
  type(
    'aws_ssm_document',
    'AWS::SSM::Document',
    { name: 'Name', document_type: 'DocumentType' },
    {
      attributes: NAME_IS_REF,
    },
  ),
  type(
    'aws_backup_vault',
    'AWS::Backup::BackupVault',
    { name: 'BackupVaultName', kms_key_arn: 'EncryptionKeyArn' },
    {
      attributes: { ...NAME_IS_REF, arn: 'BackupVaultArn' },
    },
  ),
  type('aws_backup_plan', 'AWS::Backup::BackupPlan', {
    name: 'BackupPlan.BackupPlanName',
    rule: blocks('BackupPlan.BackupPlanRule', {
      rule_name: 'RuleName',
      target_vault_name: 'TargetBackupVault',
      schedule: 'ScheduleExpression',
      lifecycle: block('Lifecycle', {
        delete_after: 'DeleteAfterDays',
        cold_storage_after: 'MoveToColdStorageAfterDays',
      }),
      copy_action: blocks('CopyActions', { destination_vault_arn: 'DestinationBackupVaultArn' }),
    }),
  }),
  type('aws_backup_selection', 'AWS::Backup::BackupSelection', {
    plan_id: 'BackupPlanId',
    name: 'BackupSelection.SelectionName',
    iam_role_arn: 'BackupSelection.IamRoleArn',
    resources: 'BackupSelection.Resources',
    selection_tag: blocks('BackupSelection.ListOfTags', {
      type: 'ConditionType',
      key: 'ConditionKey',
      value: 'ConditionValue',
    }),
  }),
  type('aws_budgets_budget', 'AWS::Budgets::Budget', {
    name: 'Budget.BudgetName',
    budget_type: 'Budget.BudgetType',
    limit_amount: 'Budget.BudgetLimit.Amount',
    limit_unit: 'Budget.BudgetLimit.Unit',
    time_unit: 'Budget.TimeUnit',
    notification: blocks('NotificationsWithSubscribers', {
      comparison_operator: 'Notification.ComparisonOperator',
      threshold: 'Notification.Threshold',
      threshold_type: 'Notification.ThresholdType',
      notification_type: 'Notification.NotificationType',
      subscriber_email_addresses: subscribers('EMAIL'),
      subscriber_sns_topic_arns: subscribers('SNS'),
    }),
  }),
  type(
    'aws_ce_anomaly_monitor',
    'AWS::CE::AnomalyMonitor',
    { name: 'MonitorName', monitor_type: 'MonitorType' },
    {
      attributes: ARN_IS_REF,
    },
  ),
  type('aws_ce_anomaly_subscription', 'AWS::CE::AnomalySubscription', {
    name: 'SubscriptionName',
    frequency: 'Frequency',
    monitor_arn_list: 'MonitorArnList',
  }),
];

export const MANAGEMENT_JOINS = [
  join('aws_ssm_patch_group', ['baseline_id', 'AWS::SSM::PatchBaseline'], {
    patch_group: listOf('PatchGroups'),
  }),
  join('aws_ssm_default_patch_baseline', ['baseline_id', 'AWS::SSM::PatchBaseline'], {
    operating_system: (value, target) => target.set('DefaultBaseline', known(true, value.span)),
  }),
  join('aws_backup_vault_lock_configuration', ['backup_vault_name', 'AWS::Backup::BackupVault'], {
    min_retention_days: 'LockConfiguration.MinRetentionDays',
    max_retention_days: 'LockConfiguration.MaxRetentionDays',
    changeable_for_days: 'LockConfiguration.ChangeableForDays',
  }),
  join('aws_backup_vault_policy', ['backup_vault_name', 'AWS::Backup::BackupVault'], {
    policy: json('AccessPolicy'),
  }),
];

function subscribers(kind: string): Field {
  return (value, target) => {
    for (const address of value.kind === 'list' ? value.items : [value]) {
      const entries = new Map<string, Value>([
        ['SubscriptionType', known(kind, address.span)],
        ['Address', address],
      ]);
      target.append('Subscribers', map(entries, address.span));
    }
  };
}

/** CloudFormation takes a list of values for every parameter of a document. */
function stringLists(path: string): Field {
  return (value, target) => {
    if (value.kind !== 'map') {
      target.set(path, value);
      return;
    }
    const entries = [...value.entries].map(([name, each]): [string, Value] => [
      name,
      each.kind === 'list' ? each : list([each], each.span),
    ]);
    target.set(path, map(new Map(entries), value.span));
  };
}

/** `parameter { name = "Operation" values = ["Install"] }` as a map. */
function runParameters(value: Value, target: PropertyBuilder): void {
  for (const item of value.kind === 'list' ? value.items : [value]) {
    const name = item.kind === 'map' ? item.entries.get('name') : undefined;
    const values = item.kind === 'map' ? item.entries.get('values') : undefined;
    if (name?.kind === 'known' && values) target.set(`Parameters.${String(name.value)}`, values);
  }
}
