import { child, type DocumentNode, type MapEntry, stringOf } from '../../../kernel/document.ts';
import { getAttNode, listNode, mapNode, refNode, scalarNode } from '../nodes.ts';
import { type ApiRoute, type Expansion, madeResource, type ServerlessResource } from './made-resource.ts';
import { invokePermission } from './permission.ts';

/** One event of a function. */
interface FunctionEvent {
  readonly id: string;
  readonly properties: DocumentNode | undefined;
  readonly node: DocumentNode;
  readonly source: ServerlessResource;
}

type EventExpander = (event: FunctionEvent) => Partial<Expansion>;

/** What the events of a function become ("EventSource" of `AWS::Serverless::Function`). */
export function eventsOf(source: ServerlessResource): Partial<Expansion> {
  const events = child(source.properties, 'Events');
  if (events?.kind !== 'map') return {};
  const expansions = events.entries.map(({ key, value }): Partial<Expansion> => {
    const type = stringOf(child(value, 'Type')) ?? '';
    const expand = EXPANDERS.get(type);
    if (!expand) return { leftOut: [{ name: `${source.name} event ${key} (${type})`, at: value }] };
    return expand({
      id: `${source.name}${key}`,
      properties: child(value, 'Properties'),
      node: value,
      source,
    });
  });
  return {
    resources: expansions.flatMap((each) => each.resources ?? []),
    routes: expansions.flatMap((each) => each.routes ?? []),
    leftOut: expansions.flatMap((each) => each.leftOut ?? []),
  };
}

function apiEvent(kind: ApiRoute['kind']): EventExpander {
  return ({ id, properties, node, source }) => {
    const apiNode = child(properties, kind === 'rest' ? 'RestApiId' : 'ApiId');
    const api = stringOf(child(apiNode, 'Ref')) ?? stringOf(apiNode);
    const route: ApiRoute = {
      kind,
      api,
      path: stringOf(child(properties, 'Path')) ?? (kind === 'http' ? '$default' : '/'),
      method: (stringOf(child(properties, 'Method')) ?? 'any').toLowerCase(),
      function: source.name,
      authorizer: child(child(properties, 'Auth'), 'Authorizer'),
      at: { start: node.start, end: node.start },
    };
    const permission = invokePermission(`${id}Permission`, 'apigateway.amazonaws.com', undefined, source);
    return { resources: [permission], routes: [route] };
  };
}

/** Queues and streams that Lambda itself polls; the property that names the source keeps its name. */
function polled(sourceProperty: string, from: string): EventExpander {
  return ({ id, properties, source }) => {
    const shared = properties?.kind === 'map' ? properties.entries.filter(({ key }) => key !== from) : [];
    const mapping = {
      ...Object.fromEntries(shared.map(({ key, value }) => [key, value])),
      [sourceProperty]: child(properties, from),
      FunctionName: refNode(source.name, source.at),
    };
    return { resources: [madeResource(id, 'AWS::Lambda::EventSourceMapping', mapping, source)] };
  };
}

function snsEvent({ id, properties, source }: FunctionEvent): Partial<Expansion> {
  const topic = child(properties, 'Topic');
  const subscription = {
    TopicArn: topic,
    Protocol: scalarNode('lambda', source.at),
    Endpoint: getAttNode(source.name, 'Arn', source.at),
    FilterPolicy: child(properties, 'FilterPolicy'),
    RedrivePolicy: child(properties, 'RedrivePolicy'),
  };
  return {
    resources: [
      madeResource(id, 'AWS::SNS::Subscription', subscription, source),
      invokePermission(`${id}Permission`, 'sns.amazonaws.com', topic, source),
    ],
  };
}

function ruleEvent(pattern: 'ScheduleExpression' | 'EventPattern', from: string): EventExpander {
  return ({ id, properties, source }) => {
    const target = mapNode(
      { Arn: getAttNode(source.name, 'Arn', source.at), Id: scalarNode(`${id}LambdaTarget`, source.at) },
      source.at,
    );
    const rule: readonly MapEntry[] = [
      madeResource(
        id,
        'AWS::Events::Rule',
        {
          [pattern]: child(properties, from),
          EventBusName: child(properties, 'EventBusName'),
          Targets: listNode([target], source.at),
        },
        source,
      ),
    ];
    const arn = getAttNode(id, 'Arn', source.at);
    return { resources: [...rule, invokePermission(`${id}Permission`, 'events.amazonaws.com', arn, source)] };
  };
}

function s3Event({ id, node, source }: FunctionEvent): Partial<Expansion> {
  return {
    resources: [invokePermission(`${id}Permission`, 's3.amazonaws.com', undefined, source)],
    leftOut: [{ name: `${id} bucket notification`, at: node }],
  };
}

function logsEvent({ id, properties, source }: FunctionEvent): Partial<Expansion> {
  const filter = {
    LogGroupName: child(properties, 'LogGroupName'),
    FilterPattern: child(properties, 'FilterPattern'),
    DestinationArn: getAttNode(source.name, 'Arn', source.at),
  };
  return {
    resources: [
      madeResource(id, 'AWS::Logs::SubscriptionFilter', filter, source),
      invokePermission(`${id}Permission`, 'logs.amazonaws.com', undefined, source),
    ],
  };
}

const EXPANDERS: ReadonlyMap<string, EventExpander> = new Map<string, EventExpander>([
  ['Api', apiEvent('rest')],
  ['HttpApi', apiEvent('http')],
  ['SQS', polled('EventSourceArn', 'Queue')],
  ['Kinesis', polled('EventSourceArn', 'Stream')],
  ['DynamoDB', polled('EventSourceArn', 'Stream')],
  ['MSK', polled('EventSourceArn', 'Stream')],
  ['MQ', polled('EventSourceArn', 'Broker')],
  ['DocumentDB', polled('EventSourceArn', 'Cluster')],
  ['SNS', snsEvent],
  ['Schedule', ruleEvent('ScheduleExpression', 'Schedule')],
  ['EventBridgeRule', ruleEvent('EventPattern', 'Pattern')],
  ['CloudWatchEvent', ruleEvent('EventPattern', 'Pattern')],
  ['S3', s3Event],
  ['CloudWatchLogs', logsEvent],
]);
