import type { Api, Collector, FoundResource, Output } from '../api.ts';
import { mapOf, mapsOf, pick, textOf } from '../fields.ts';

interface Item {
  readonly id: string;
  readonly type: string;
  readonly name: string;
  readonly names?: Readonly<Record<string, string>>;
  readonly properties: Output;
  readonly unread?: readonly string[];
}

function here(api: Api, item: Item): FoundResource {
  return { ...item, region: api.region };
}

/** Trails, whether they record, and what (AWS CloudTrail API reference). */
export const trails: Collector = {
  id: 'trails',
  service: 'cloudtrail',
  where: 'region',
  types: ['AWS::CloudTrail::Trail'],
  actions: {
    DescribeTrails: 'cloudtrail:DescribeTrails',
    GetTrailStatus: 'cloudtrail:GetTrailStatus',
    GetEventSelectors: 'cloudtrail:GetEventSelectors',
  },
  async read(api) {
    const found = await api.all('DescribeTrails', 'trailList', { includeShadowTrails: true });
    return Promise.all(found.map((trail) => trailWithStatus(api, trail)));
  },
};

async function trailWithStatus(api: Api, trail: Output): Promise<FoundResource> {
  const arn = textOf(trail, 'TrailARN');
  const status = await api.detail('GetTrailStatus', { Name: arn });
  const selectors = await api.detail('GetEventSelectors', { TrailName: arn });
  const basic = selectors.is === 'read' ? mapsOf(selectors.output, 'EventSelectors') : [];
  const advanced = selectors.is === 'read' ? mapsOf(selectors.output, 'AdvancedEventSelectors') : [];
  const group = textOf(trail, 'CloudWatchLogsLogGroupArn');
  return here(api, {
    id: arn,
    type: 'AWS::CloudTrail::Trail',
    name: textOf(trail, 'Name'),
    names: { Ref: textOf(trail, 'Name'), Arn: arn },
    unread: [
      ...(status.is === 'unread' ? ['IsLogging'] : []),
      ...(selectors.is === 'unread' ? ['EventSelectors'] : []),
    ],
    properties: {
      ...pick(trail, [
        'Name=TrailName',
        'S3BucketName',
        'S3KeyPrefix',
        'SnsTopicARN=SnsTopicName',
        'IsMultiRegionTrail',
      ]),
      ...pick(trail, ['IsOrganizationTrail', 'IncludeGlobalServiceEvents', 'KmsKeyId=KMSKeyId']),
      ...pick(trail, ['LogFileValidationEnabled=EnableLogFileValidation', 'CloudWatchLogsRoleArn']),
      ...(group === '' ? {} : { CloudWatchLogsLogGroupArn: group }),
      ...(status.is === 'read' ? { IsLogging: status.output.IsLogging === true } : {}),
      ...(basic.length > 0 ? { EventSelectors: basic.map(eventSelector) } : {}),
      ...(advanced.length > 0 ? { AdvancedEventSelectors: advanced } : {}),
    },
  });
}

function eventSelector(found: Output): Output {
  return pick(found, [
    'ReadWriteType',
    'IncludeManagementEvents',
    'DataResources',
    'ExcludeManagementEventSources',
  ]);
}

export const recorders: Collector = {
  id: 'recorders',
  service: 'config-service',
  where: 'region',
  types: ['AWS::Config::ConfigurationRecorder', 'AWS::Config::DeliveryChannel'],
  actions: {
    DescribeConfigurationRecorders: 'config:DescribeConfigurationRecorders',
    DescribeConfigurationRecorderStatus: 'config:DescribeConfigurationRecorderStatus',
    DescribeDeliveryChannels: 'config:DescribeDeliveryChannels',
  },
  async read(api) {
    const [found, statuses, channels] = await Promise.all([
      api.all('DescribeConfigurationRecorders', 'ConfigurationRecorders'),
      api.all('DescribeConfigurationRecorderStatus', 'ConfigurationRecordersStatus'),
      api.all('DescribeDeliveryChannels', 'DeliveryChannels'),
    ]);
    const recording = new Set(statuses.flatMap((each) => (each.recording === true ? [each.name] : [])));
    return [
      ...found.map((recorder) => {
        const name = textOf(recorder, 'name');
        return here(api, {
          id: api.arn('config', `configuration-recorder/${name}`),
          type: 'AWS::Config::ConfigurationRecorder',
          name,
          properties: {
            Name: name,
            RoleARN: textOf(recorder, 'roleARN'),
            Recording: recording.has(name),
            RecordingGroup: recordingGroup(mapOf(recorder, 'recordingGroup')),
          },
        });
      }),
      ...channels.map((channel) => {
        const name = textOf(channel, 'name');
        return here(api, {
          id: api.arn('config', `delivery-channel/${name}`),
          type: 'AWS::Config::DeliveryChannel',
          name,
          properties: pick(channel, ['name=Name', 's3BucketName=S3BucketName', 'snsTopicARN=SnsTopicARN']),
        });
      }),
    ];
  },
};

function recordingGroup(found: Output): Output {
  const strategy = textOf(mapOf(found, 'recordingStrategy'), 'useOnly');
  return {
    ...pick(found, [
      'allSupported=AllSupported',
      'includeGlobalResourceTypes=IncludeGlobalResourceTypes',
      'resourceTypes=ResourceTypes',
    ]),
    ...(strategy === '' ? {} : { RecordingStrategy: { UseOnly: strategy } }),
  };
}

export const alarms: Collector = {
  id: 'alarms',
  service: 'cloudwatch',
  where: 'region',
  types: ['AWS::CloudWatch::Alarm'],
  actions: { DescribeAlarms: 'cloudwatch:DescribeAlarms' },
  async read(api) {
    const found = await api.all('DescribeAlarms', 'MetricAlarms', { AlarmTypes: ['MetricAlarm'] });
    const names = [
      'AlarmName',
      'ActionsEnabled',
      'AlarmActions',
      'OKActions',
      'InsufficientDataActions',
      'MetricName',
      'Namespace',
      'Statistic',
      'Dimensions',
      'Period',
      'EvaluationPeriods',
      'Threshold',
      'ComparisonOperator',
      'TreatMissingData',
      'Metrics',
    ];
    return found.map((alarm) => {
      const name = textOf(alarm, 'AlarmName');
      const arn = textOf(alarm, 'AlarmArn');
      const properties = pick(alarm, names);
      return here(api, {
        id: arn,
        type: 'AWS::CloudWatch::Alarm',
        name,
        names: { Ref: name, Arn: arn },
        properties,
      });
    });
  },
};

export const logGroups: Collector = {
  id: 'log-groups',
  service: 'cloudwatch-logs',
  where: 'region',
  types: ['AWS::Logs::LogGroup', 'AWS::Logs::MetricFilter'],
  actions: {
    DescribeLogGroups: 'logs:DescribeLogGroups',
    DescribeMetricFilters: 'logs:DescribeMetricFilters',
  },
  async read(api) {
    const groups = await api.all('DescribeLogGroups', 'logGroups');
    const filters = await api.all('DescribeMetricFilters', 'metricFilters');
    return [
      ...groups.map((group) => {
        const name = textOf(group, 'logGroupName');
        const arn = textOf(group, 'arn');
        return here(api, {
          id: arn,
          type: 'AWS::Logs::LogGroup',
          name,
          names: { Ref: name, Arn: arn },
          properties: pick(group, [
            'logGroupName=LogGroupName',
            'retentionInDays=RetentionInDays',
            'kmsKeyId=KmsKeyId',
          ]),
        });
      }),
      ...filters.map((filter) => {
        const name = textOf(filter, 'filterName');
        const group = textOf(filter, 'logGroupName');
        return here(api, {
          id: api.arn('logs', `log-group:${group}:metric-filter:${name}`),
          type: 'AWS::Logs::MetricFilter',
          name,
          properties: {
            ...pick(filter, [
              'filterName=FilterName',
              'filterPattern=FilterPattern',
              'logGroupName=LogGroupName',
            ]),
            MetricTransformations: mapsOf(filter, 'metricTransformations').map((each) =>
              pick(each, [
                'metricName=MetricName',
                'metricNamespace=MetricNamespace',
                'metricValue=MetricValue',
              ]),
            ),
          },
        });
      }),
    ];
  },
};

export const eventRules: Collector = {
  id: 'event-rules',
  service: 'eventbridge',
  where: 'region',
  types: ['AWS::Events::Rule'],
  actions: { ListRules: 'events:ListRules', ListTargetsByRule: 'events:ListTargetsByRule' },
  async read(api) {
    const found = await api.all('ListRules', 'Rules');
    return Promise.all(
      found.map(async (rule) => {
        const name = textOf(rule, 'Name');
        const arn = textOf(rule, 'Arn');
        const targets = await api.all('ListTargetsByRule', 'Targets', { Rule: name });
        const pattern = textOf(rule, 'EventPattern');
        return here(api, {
          id: arn,
          type: 'AWS::Events::Rule',
          name,
          names: { Ref: name, Arn: arn },
          properties: {
            ...pick(rule, ['Name', 'State', 'ScheduleExpression', 'EventBusName']),
            ...(pattern === '' ? {} : { EventPattern: JSON.parse(pattern) }),
            Targets: targets.map((target) => pick(target, ['Id', 'Arn', 'RoleArn'])),
          },
        });
      }),
    );
  },
};
