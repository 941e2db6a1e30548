import type { Api, Collector, FoundResource, Output } from '../api.ts';
import { given, mapOf, mapsOf, pick, policyOf, textOf } from '../fields.ts';
import { here } from '../found.ts';
import { withoutPerson, withoutSecrets } from '../redact.ts';

/** Topics, who may publish, and who listens (Amazon SNS API reference). */
export const topics: Collector = {
  id: 'topics',
  service: 'sns',
  where: 'region',
  types: ['AWS::SNS::Topic', 'AWS::SNS::TopicPolicy', 'AWS::SNS::Subscription'],
  actions: {
    ListTopics: 'sns:ListTopics',
    GetTopicAttributes: 'sns:GetTopicAttributes',
    ListSubscriptions: 'sns:ListSubscriptions',
  },
  async read(api) {
    const found = await api.some('ListTopics', 'Topics', ['AWS::SNS::Topic', 'AWS::SNS::TopicPolicy']);
    const each = await Promise.all(found.map((topic) => topicWithPolicy(api, textOf(topic, 'TopicArn'))));
    const subscriptions = await api.some('ListSubscriptions', 'Subscriptions', ['AWS::SNS::Subscription']);
    return [
      ...each.flat(),
      ...subscriptions.filter(isConfirmed).map((subscription) => {
        const arn = textOf(subscription, 'SubscriptionArn');
        return here(api, {
          id: arn,
          type: 'AWS::SNS::Subscription',
          name: `${textOf(subscription, 'TopicArn').split(':').at(-1)}-${textOf(subscription, 'Protocol')}`,
          names: { Ref: arn },
          properties: {
            ...pick(subscription, ['TopicArn', 'Protocol']),
            Endpoint: withoutSecrets(withoutPerson(textOf(subscription, 'Endpoint'))),
          },
        });
      }),
    ];
  },
};

/** A subscription that nobody confirmed delivers nothing; it has no ARN yet. */
function isConfirmed(subscription: Output): boolean {
  return textOf(subscription, 'SubscriptionArn').startsWith('arn:');
}

async function topicWithPolicy(api: Api, arn: string): Promise<readonly FoundResource[]> {
  const detail = await api.detail('GetTopicAttributes', { TopicArn: arn });
  const attributes = detail.is === 'read' ? mapOf(detail.output, 'Attributes') : {};
  const name = arn.split(':').at(-1) ?? arn;
  const topic = here(api, {
    id: arn,
    type: 'AWS::SNS::Topic',
    name,
    names: { Ref: arn, TopicName: name },
    unread: detail.is === 'unread' ? ['KmsMasterKeyId'] : [],
    properties: { TopicName: name, ...given('KmsMasterKeyId', textOf(attributes, 'KmsMasterKeyId')) },
  });
  const policy = here(api, {
    id: `${arn}/policy`,
    type: 'AWS::SNS::TopicPolicy',
    name: `${name}-policy`,
    unread: detail.is === 'unread' ? ['PolicyDocument'] : [],
    properties: { Topics: [arn], ...given('PolicyDocument', policyOf(attributes, 'Policy')) },
  });
  return [topic, policy];
}

/** Queues and who may send to them (Amazon SQS API reference). */
export const queues: Collector = {
  id: 'queues',
  service: 'sqs',
  where: 'region',
  types: ['AWS::SQS::Queue', 'AWS::SQS::QueuePolicy'],
  actions: { ListQueues: 'sqs:ListQueues', GetQueueAttributes: 'sqs:GetQueueAttributes' },
  async read(api) {
    // Without a limit the service gives no second page.
    const urls = await api.texts('ListQueues', 'QueueUrls', { MaxResults: 1000 });
    const each = await Promise.all(urls.map((url) => queue(api, url)));
    return each.flat();
  },
};

async function queue(api: Api, url: string): Promise<readonly FoundResource[]> {
  const detail = await api.detail('GetQueueAttributes', { QueueUrl: url, AttributeNames: ['All'] });
  const attributes = detail.is === 'read' ? mapOf(detail.output, 'Attributes') : {};
  const name = url.split('/').at(-1) ?? url;
  const arn = textOf(attributes, 'QueueArn') || api.arn('sqs', name);
  const managed = textOf(attributes, 'SqsManagedSseEnabled');
  const document = policyOf(attributes, 'Policy');
  const found = here(api, {
    id: arn,
    type: 'AWS::SQS::Queue',
    name,
    names: { Ref: url, Arn: arn, QueueName: name },
    unread: detail.is === 'unread' ? ['KmsMasterKeyId', 'SqsManagedSseEnabled'] : [],
    properties: {
      QueueName: name,
      ...given('KmsMasterKeyId', textOf(attributes, 'KmsMasterKeyId')),
      ...(managed === '' ? {} : { SqsManagedSseEnabled: managed === 'true' }),
      ...given('RedrivePolicy', policyOf(attributes, 'RedrivePolicy')),
    },
  });
  if (document === undefined && detail.is === 'read') return [found];
  const policy = here(api, {
    id: `${arn}/policy`,
    type: 'AWS::SQS::QueuePolicy',
    name: `${name}-policy`,
    unread: detail.is === 'unread' ? ['PolicyDocument'] : [],
    properties: { Queues: [url], ...given('PolicyDocument', document) },
  });
  return [found, policy];
}

/** Data streams (Amazon Kinesis Data Streams API reference). */
export const streams: Collector = {
  id: 'streams',
  service: 'kinesis',
  where: 'region',
  types: ['AWS::Kinesis::Stream'],
  actions: { ListStreams: 'kinesis:ListStreams', DescribeStreamSummary: 'kinesis:DescribeStreamSummary' },
  async read(api) {
    const names = await api.texts('ListStreams', 'StreamNames');
    return Promise.all(
      names.map(async (name) => {
        const answer = await api.call('DescribeStreamSummary', { StreamName: name });
        const found = mapOf(answer, 'StreamDescriptionSummary');
        const arn = textOf(found, 'StreamARN');
        const encrypted = textOf(found, 'EncryptionType') === 'KMS';
        return here(api, {
          id: arn,
          type: 'AWS::Kinesis::Stream',
          name,
          names: { Ref: name, Arn: arn },
          properties: {
            Name: name,
            ...pick(found, ['RetentionPeriodHours', 'StreamModeDetails']),
            ...(encrypted ? { StreamEncryption: pick(found, ['EncryptionType', 'KeyId']) } : {}),
          },
        });
      }),
    );
  },
};

/** Rules of every event bus with their targets (Amazon EventBridge API reference). */
export const eventRules: Collector = {
  id: 'event-rules',
  service: 'eventbridge',
  where: 'region',
  types: ['AWS::Events::Rule', 'AWS::Events::EventBus'],
  actions: {
    ListEventBuses: 'events:ListEventBuses',
    ListRules: 'events:ListRules',
    ListTargetsByRule: 'events:ListTargetsByRule',
  },
  async read(api) {
    const buses = await api.all('ListEventBuses', 'EventBuses');
    const names = [...new Set(['default', ...buses.map((bus) => textOf(bus, 'Name'))])];
    const rules = await Promise.all(names.map((bus) => api.all('ListRules', 'Rules', { EventBusName: bus })));
    return [
      ...buses
        .filter((bus) => textOf(bus, 'Name') !== 'default')
        .map((bus) =>
          here(api, {
            id: textOf(bus, 'Arn'),
            type: 'AWS::Events::EventBus',
            name: textOf(bus, 'Name'),
            names: { Ref: textOf(bus, 'Name'), Arn: textOf(bus, 'Arn') },
            properties: { Name: textOf(bus, 'Name'), ...given('Policy', policyOf(bus, 'Policy')) },
          }),
        ),
      ...(await Promise.all(rules.flat().map((rule) => eventRule(api, rule)))),
    ];
  },
};

async function eventRule(api: Api, rule: Output): Promise<FoundResource> {
  const name = textOf(rule, 'Name');
  const arn = textOf(rule, 'Arn');
  const bus = textOf(rule, 'EventBusName');
  const input = { Rule: name, ...(bus === '' ? {} : { EventBusName: bus }) };
  const targets = await api.all('ListTargetsByRule', 'Targets', input);
  return here(api, {
    id: arn,
    type: 'AWS::Events::Rule',
    name,
    names: { Ref: name, Arn: arn },
    properties: {
      ...pick(rule, ['Name', 'State', 'ScheduleExpression', 'EventBusName']),
      ...given('EventPattern', policyOf(rule, 'EventPattern')),
      Targets: targets.map((target) => pick(target, ['Id', 'Arn', 'RoleArn'])),
    },
  });
}

/** State machines, whether they log and trace; their definitions are not kept (AWS Step Functions API reference). */
export const stateMachines: Collector = {
  id: 'state-machines',
  service: 'sfn',
  where: 'region',
  types: ['AWS::StepFunctions::StateMachine'],
  actions: {
    ListStateMachines: 'states:ListStateMachines',
    DescribeStateMachine: 'states:DescribeStateMachine',
  },
  async read(api) {
    const found = await api.all('ListStateMachines', 'stateMachines');
    return Promise.all(
      found.map(async (machine) => {
        const arn = textOf(machine, 'stateMachineArn');
        const detail = await api.call('DescribeStateMachine', { stateMachineArn: arn });
        const logging = mapOf(detail, 'loggingConfiguration');
        const tracing = mapOf(detail, 'tracingConfiguration');
        return here(api, {
          id: arn,
          type: 'AWS::StepFunctions::StateMachine',
          name: textOf(machine, 'name'),
          names: { Ref: arn, Arn: arn },
          properties: {
            ...pick(detail, ['name=StateMachineName', 'type=StateMachineType', 'roleArn=RoleArn']),
            ...given('LoggingConfiguration', {
              ...pick(logging, ['level=Level', 'includeExecutionData=IncludeExecutionData']),
              ...given('Destinations', mapsOf(logging, 'destinations').map(logDestination)),
            }),
            ...given('TracingConfiguration', pick(tracing, ['enabled=Enabled'])),
          },
        });
      }),
    );
  },
};

function logDestination(found: Output): Output {
  const group = mapOf(found, 'cloudWatchLogsLogGroup');
  return { CloudWatchLogsLogGroup: pick(group, ['logGroupArn=LogGroupArn']) };
}
