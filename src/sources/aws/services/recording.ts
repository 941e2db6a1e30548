import type { Api, Collector, FoundResource, Output } from '../api.ts';
import { given, mapOf, mapsOf, pick, textOf, textsOf } from '../fields.ts';
import { everywhere, here, within } from '../found.ts';

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
  const item = {
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
      ...given('CloudWatchLogsLogGroupArn', group),
      ...(status.is === 'read' ? { IsLogging: status.output.IsLogging === true } : {}),
      ...given('EventSelectors', basic.map(eventSelector)),
      ...given('AdvancedEventSelectors', advanced.map(advancedSelector)),
    },
  };
  // One trail of all regions shows in each of them.
  return trail.IsMultiRegionTrail === true ? everywhere(item) : here(api, item);
}

function advancedSelector(found: Output): Output {
  return {
    ...pick(found, ['Name']),
    FieldSelectors: mapsOf(found, 'FieldSelectors').map((each) =>
      pick(each, ['Field', 'Equals', 'StartsWith', 'EndsWith', 'NotEquals', 'NotStartsWith', 'NotEndsWith']),
    ),
  };
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
    const groups = await api.some('DescribeLogGroups', 'logGroups', ['AWS::Logs::LogGroup']);
    const filters = await api.some('DescribeMetricFilters', 'metricFilters', ['AWS::Logs::MetricFilter']);
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

/** Whether other accounts and regions are gathered (AWS Config API reference). */
export const aggregators: Collector = {
  id: 'aggregators',
  service: 'config-service',
  where: 'region',
  types: ['AWS::Config::ConfigurationAggregator'],
  actions: { DescribeConfigurationAggregators: 'config:DescribeConfigurationAggregators' },
  async read(api) {
    const found = await api.all('DescribeConfigurationAggregators', 'ConfigurationAggregators');
    return found.map((each) =>
      here(api, {
        id: textOf(each, 'ConfigurationAggregatorArn'),
        type: 'AWS::Config::ConfigurationAggregator',
        name: textOf(each, 'ConfigurationAggregatorName'),
        properties: pick(each, [
          'ConfigurationAggregatorName',
          'AccountAggregationSources',
          'OrganizationAggregationSource',
        ]),
      }),
    );
  },
};

/** Logs that services deliver themselves, such as those of distributions (CloudWatch Logs API reference). */
export const deliveries: Collector = {
  id: 'deliveries',
  service: 'cloudwatch-logs',
  where: 'region',
  types: ['AWS::Logs::DeliverySource', 'AWS::Logs::Delivery'],
  actions: {
    DescribeDeliverySources: 'logs:DescribeDeliverySources',
    DescribeDeliveries: 'logs:DescribeDeliveries',
  },
  async read(api) {
    const sources = await api.all('DescribeDeliverySources', 'deliverySources');
    const found = await api.all('DescribeDeliveries', 'deliveries');
    return [
      ...sources.map((source) =>
        here(api, {
          id: textOf(source, 'arn'),
          type: 'AWS::Logs::DeliverySource',
          name: textOf(source, 'name'),
          names: { Ref: textOf(source, 'name'), Arn: textOf(source, 'arn') },
          properties: {
            ...pick(source, ['name=Name', 'logType=LogType']),
            ...given('ResourceArn', textsOf(source, 'resourceArns')[0]),
          },
        }),
      ),
      ...found.map((delivery) =>
        within(api, 'AWS::Logs::Delivery', `delivery/${textOf(delivery, 'id')}`, {
          ...pick(delivery, [
            'deliverySourceName=DeliverySourceName',
            'deliveryDestinationArn=DeliveryDestinationArn',
          ]),
        }),
      ),
    ];
  },
};
