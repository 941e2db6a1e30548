import { known, list, map, type Value } from '../../../model/value.ts';
import {
  block,
  blocks,
  type Field,
  type Fields,
  inline,
  json,
  renamed,
  single,
  tags,
  written,
} from '../translate/fields.ts';
import type { PropertyBuilder } from '../translate/property-builder.ts';
import { join, type } from '../translate/type-mapping.ts';

const NAME_IS_REF = { name: 'Ref', id: 'Ref' };

const ALARM: Fields = {
  alarm_name: 'AlarmName',
  alarm_description: 'AlarmDescription',
  namespace: 'Namespace',
  metric_name: 'MetricName',
  comparison_operator: 'ComparisonOperator',
  threshold: 'Threshold',
  evaluation_periods: 'EvaluationPeriods',
  period: 'Period',
  statistic: 'Statistic',
  treat_missing_data: 'TreatMissingData',
  actions_enabled: 'ActionsEnabled',
  alarm_actions: 'AlarmActions',
  ok_actions: 'OKActions',
  insufficient_data_actions: 'InsufficientDataActions',
  dimensions: dimensions,
};

/** Dimensions as a list of names and values. */
function dimensions(value: Value, target: PropertyBuilder): void {
  if (value.kind !== 'map') {
    target.set('Dimensions', value);
    return;
  }
  const items = [...value.entries].map(([name, each]) =>
    map(
      new Map<string, Value>([
        ['Name', known(name, each.span)],
        ['Value', each],
      ]),
      each.span,
    ),
  );
  target.set('Dimensions', list(items, value.span));
}

const TRAIL: Fields = {
  name: 'TrailName',
  s3_bucket_name: 'S3BucketName',
  s3_key_prefix: 'S3KeyPrefix',
  enable_logging: 'IsLogging',
  is_multi_region_trail: 'IsMultiRegionTrail',
  is_organization_trail: 'IsOrganizationTrail',
  include_global_service_events: 'IncludeGlobalServiceEvents',
  enable_log_file_validation: 'EnableLogFileValidation',
  kms_key_id: 'KMSKeyId',
  cloud_watch_logs_group_arn: 'CloudWatchLogsLogGroupArn',
  cloud_watch_logs_role_arn: 'CloudWatchLogsRoleArn',
  sns_topic_name: 'SnsTopicName',
  event_selector: blocks('EventSelectors', {
    read_write_type: 'ReadWriteType',
    include_management_events: 'IncludeManagementEvents',
    exclude_management_event_sources: 'ExcludeManagementEventSources',
    data_resource: blocks('DataResources', { type: 'Type', values: 'Values' }),
  }),
  advanced_event_selector: blocks('AdvancedEventSelectors', {
    name: 'Name',
    field_selector: blocks('FieldSelectors', {
      field: 'Field',
      equals: 'Equals',
      not_equals: 'NotEquals',
      starts_with: 'StartsWith',
      ends_with: 'EndsWith',
    }),
  }),
  insight_selector: blocks('InsightSelectors', { insight_type: 'InsightType' }),
  tags: tags(),
};

/** A rule of its own state, or the older boolean. */
const RULE: Fields = {
  name: 'Name',
  description: 'Description',
  event_pattern: json('EventPattern'),
  schedule_expression: 'ScheduleExpression',
  event_bus_name: 'EventBusName',
  is_enabled: renamed('State', { true: 'ENABLED', false: 'DISABLED' }),
  state: 'State',
};

/** One target of an event rule, gathered from the arguments of its own resource. */
function eventTarget(attributes: ReadonlyMap<string, Value>, span: Value['span']): Value {
  const entries = new Map<string, Value>();
  for (const [argument, property] of [
    ['target_id', 'Id'],
    ['arn', 'Arn'],
    ['role_arn', 'RoleArn'],
    ['input', 'Input'],
  ] as const) {
    const value = written(attributes.get(argument));
    if (value) entries.set(property, value);
  }
  return map(entries, span);
}

const detectorFeature = (attributes: ReadonlyMap<string, Value>, span: Value['span']): Value => {
  const entries = new Map<string, Value>();
  for (const [argument, property] of [
    ['name', 'Name'],
    ['status', 'Status'],
  ] as const) {
    const value = written(attributes.get(argument));
    if (value) entries.set(property, value);
  }
  return map(entries, span);
};

const recording: Field = (value, target) => {
  const only = written(single(value));
  if (only?.kind !== 'map') return;
  for (const [argument, property] of [
    ['all_supported', 'AllSupported'],
    ['include_global_resource_types', 'IncludeGlobalResourceTypes'],
    ['resource_types', 'ResourceTypes'],
  ] as const) {
    const each = written(only.entries.get(argument));
    if (each) target.set(`RecordingGroup.${property}`, each);
  }
};

export const WATCHING_TYPES = [
  type('aws_cloudtrail', 'AWS::CloudTrail::Trail', TRAIL, {
    attributes: { name: 'Ref', id: 'Ref' },
    defaults: { IsLogging: true, IsMultiRegionTrail: false, EnableLogFileValidation: false },
  }),
  type(
    'aws_cloudwatch_log_group',
    'AWS::Logs::LogGroup',
    {
      name: 'LogGroupName',
      retention_in_days: 'RetentionInDays',
      kms_key_id: 'KmsKeyId',
      tags: tags(),
    },
    { attributes: NAME_IS_REF },
  ),
  type(
    'aws_cloudwatch_log_delivery_source',
    'AWS::Logs::DeliverySource',
    {
      name: 'Name',
      log_type: 'LogType',
      resource_arn: 'ResourceArn',
    },
    { attributes: { name: 'Ref' } },
  ),
  type(
    'aws_cloudwatch_log_delivery_destination',
    'AWS::Logs::DeliveryDestination',
    {
      name: 'Name',
      output_format: 'OutputFormat',
      delivery_destination_configuration: inline({ destination_resource_arn: 'DestinationResourceArn' }),
    },
    { attributes: { name: 'Ref' } },
  ),
  type('aws_cloudwatch_log_delivery', 'AWS::Logs::Delivery', {
    delivery_source_name: 'DeliverySourceName',
    delivery_destination_arn: 'DeliveryDestinationArn',
  }),
  type('aws_cloudwatch_log_metric_filter', 'AWS::Logs::MetricFilter', {
    name: 'FilterName',
    log_group_name: 'LogGroupName',
    pattern: 'FilterPattern',
    metric_transformation: blocks('MetricTransformations', {
      name: 'MetricName',
      namespace: 'MetricNamespace',
      value: 'MetricValue',
    }),
  }),
  type('aws_cloudwatch_metric_alarm', 'AWS::CloudWatch::Alarm', ALARM),
  type('aws_cloudwatch_event_rule', 'AWS::Events::Rule', RULE, { attributes: NAME_IS_REF }),
  type('aws_cloudwatch_event_bus', 'AWS::Events::EventBus', { name: 'Name' }, { attributes: NAME_IS_REF }),
  type(
    'aws_config_configuration_recorder',
    'AWS::Config::ConfigurationRecorder',
    {
      name: 'Name',
      role_arn: 'RoleARN',
      recording_group: recording,
    },
    { attributes: NAME_IS_REF },
  ),
  type('aws_config_delivery_channel', 'AWS::Config::DeliveryChannel', {
    name: 'Name',
    s3_bucket_name: 'S3BucketName',
    sns_topic_arn: 'SnsTopicARN',
  }),
  type('aws_config_config_rule', 'AWS::Config::ConfigRule', {
    name: 'ConfigRuleName',
    source: block('Source', { owner: 'Owner', source_identifier: 'SourceIdentifier' }),
  }),
  type('aws_config_configuration_aggregator', 'AWS::Config::ConfigurationAggregator', {
    name: 'ConfigurationAggregatorName',
    account_aggregation_source: blocks('AccountAggregationSources', {
      account_ids: 'AccountIds',
      all_regions: 'AllAwsRegions',
      regions: 'AwsRegions',
    }),
    organization_aggregation_source: block('OrganizationAggregationSource', {
      all_regions: 'AllAwsRegions',
      regions: 'AwsRegions',
      role_arn: 'RoleArn',
    }),
  }),
  type(
    'aws_guardduty_detector',
    'AWS::GuardDuty::Detector',
    {
      enable: 'Enable',
      finding_publishing_frequency: 'FindingPublishingFrequency',
      datasources: block('DataSources', {
        s3_logs: block('S3Logs', { enable: 'Enable' }),
        kubernetes: inline({ audit_logs: block('Kubernetes.AuditLogs', { enable: 'Enable' }) }),
        malware_protection: inline({
          scan_ec2_instance_with_findings: inline({
            ebs_volumes: block('MalwareProtection.ScanEc2InstanceWithFindings', { enable: 'EbsVolumes' }),
          }),
        }),
      }),
      tags: tags(),
    },
    { defaults: { Enable: true } },
  ),
  type(
    'aws_macie2_account',
    'AWS::Macie::Session',
    {
      status: 'Status',
      finding_publishing_frequency: 'FindingPublishingFrequency',
    },
    { defaults: { Status: 'ENABLED' } },
  ),
  type('aws_macie2_classification_job', 'AWS::Macie::ClassificationJob', {
    name: 'Name',
    job_type: 'JobType',
    job_status: 'JobStatus',
    sampling_percentage: 'SamplingPercentage',
    schedule_frequency: block('ScheduleFrequency', {
      daily_schedule: 'DailySchedule',
      weekly_schedule: 'WeeklySchedule',
      monthly_schedule: 'MonthlySchedule',
    }),
    s3_job_definition: block('S3JobDefinition', {
      bucket_definitions: blocks('BucketDefinitions', { account_id: 'AccountId', buckets: 'Buckets' }),
    }),
  }),
  type('aws_securityhub_account', 'AWS::SecurityHub::Hub', {
    enable_default_standards: 'EnableDefaultStandards',
    control_finding_generator: 'ControlFindingGenerator',
    auto_enable_controls: 'AutoEnableControls',
  }),
  type('aws_securityhub_standards_subscription', 'AWS::SecurityHub::Standard', {
    standards_arn: 'StandardsArn',
  }),
  type('aws_inspector2_enabler', 'Account::InspectorActivation', {
    resource_types: 'ResourceTypes',
    account_ids: 'AccountIds',
  }),
  type('aws_detective_graph', 'AWS::Detective::Graph', {}),
  type(
    'aws_accessanalyzer_analyzer',
    'AWS::AccessAnalyzer::Analyzer',
    {
      analyzer_name: 'AnalyzerName',
      type: 'Type',
      configuration: block('AnalyzerConfiguration', {
        unused_access: block('UnusedAccessConfiguration', { unused_access_age: 'UnusedAccessAge' }),
      }),
    },
    { defaults: { Type: 'ACCOUNT' } },
  ),
];

export const WATCHING_JOINS = [
  join(
    'aws_cloudwatch_event_target',
    ['rule', 'AWS::Events::Rule'],
    {},
    {
      merge: (attributes, target, span) => target.append('Targets', eventTarget(attributes, span)),
    },
  ),
  join(
    'aws_guardduty_detector_feature',
    ['detector_id', 'AWS::GuardDuty::Detector'],
    {},
    {
      merge: (attributes, target, span) => target.append('Features', detectorFeature(attributes, span)),
    },
  ),
  join('aws_config_configuration_recorder_status', ['name', 'AWS::Config::ConfigurationRecorder'], {
    is_enabled: 'Recording',
  }),
  join('aws_networkfirewall_logging_configuration', ['firewall_arn', 'AWS::NetworkFirewall::Firewall'], {}),
];
