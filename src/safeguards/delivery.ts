import type { ResourceGraph } from '../environment/graph.ts';
import { text } from '../kernel/texts.ts';
import type { Resource } from '../model/resource.ts';
import { get, itemsOf, stringFrom, type Value } from '../model/value.ts';
import { covers, someStatement, statementsOf } from './policies.ts';
import { off, on, partial, providedBy, strongest, unsure } from './presence.ts';
import type { Presence } from './safeguard.ts';
import { literalText, property, stringsOf } from './values.ts';

/** Who delivers, by its service principal. */
export type Sender = 'events.amazonaws.com' | 'cloudwatch.amazonaws.com';

/**
 * Whether what is sent to a target arrives at somebody. Sources: Amazon EventBridge user guide, "Using
 * resource-based policies for Amazon EventBridge"; Amazon SNS developer guide, "Key management" (a topic
 * under the AWS managed key takes nothing from these services; a customer key must let them use it);
 * Amazon CloudWatch user guide, "Notifying users on alarm changes".
 */
export function delivery(graph: ResourceGraph, target: Value, sender: Sender): Presence {
  const resource = graph.target(target);
  if (!resource || resource.external) {
    return unsure(text('the target is not among what was read', '通知先が読み取り対象に含まれていません'), [
      target,
    ]);
  }
  return providedBy(resource, toResource(graph, resource, sender));
}

function toResource(graph: ResourceGraph, resource: Resource, sender: Sender): Presence {
  switch (resource.type) {
    case 'AWS::SNS::Topic':
      return toTopic(graph, resource, sender);
    case 'AWS::SQS::Queue':
      return toQueue(graph, resource, sender);
    case 'AWS::Lambda::Function':
      return toFunction(graph, resource, sender);
    default:
      return on(text(`${resource.name} takes it`, `${resource.name}が受け取ります`));
  }
}

function toTopic(graph: ResourceGraph, topic: Resource, sender: Sender): Presence {
  const admitted = admits(graph, topic, 'AWS::SNS::TopicPolicy', 'sns:Publish', sender);
  if (admitted === 'no') {
    return off(
      text(
        `the policy of ${topic.name} does not let ${sender} publish`,
        `${topic.name}のポリシーが${sender}の発行を許可していません`,
      ),
      topic.properties,
    );
  }
  const key = underKey(graph, topic, sender);
  if (key) return key;
  if (admitted === 'unknown') {
    return unsure(text(`the policy of ${topic.name} is not decided`, `${topic.name}のポリシーが未確定です`));
  }
  return subscribers(graph, topic);
}

/** Topics admit alarms of their own account by default; EventBridge always needs a statement. */
function admits(
  graph: ResourceGraph,
  target: Resource,
  policyType: string,
  action: string,
  sender: Sender,
): 'yes' | 'no' | 'unknown' {
  const policies = graph.referrersOfType(target, policyType);
  if (policies.length === 0) return sender === 'cloudwatch.amazonaws.com' ? 'yes' : 'no';
  const documents = policies.map((policy) => property(policy, 'PolicyDocument'));
  if (documents.some((document) => document.kind === 'unknown')) return 'unknown';
  return someStatement(
    documents.flatMap(statementsOf),
    (statement) =>
      statement.effect === 'Allow' &&
      statement.actions.some((pattern) => covers(pattern, action)) &&
      namesService(statement.principal, sender),
  ).is;
}

function namesService(principal: Value, sender: Sender): boolean {
  return (
    stringsOf(get(principal, 'Service')).includes(sender) ||
    stringsOf(principal).includes('*') ||
    stringsOf(get(principal, 'AWS')).includes('*')
  );
}

function underKey(graph: ResourceGraph, target: Resource, sender: Sender): Presence | undefined {
  const value = property(target, 'KmsMasterKeyId');
  if (value.kind === 'absent') return undefined;
  if (literalText(value).includes('alias/aws/')) {
    return off(
      text(
        `${sender} may not use the AWS managed key of ${target.name}`,
        `${sender}は${target.name}のAWS管理の鍵を使えません`,
      ),
      value,
    );
  }
  const named = graph.target(value);
  const key = named?.type === 'AWS::KMS::Alias' ? graph.target(property(named, 'TargetKeyId')) : named;
  if (key?.type !== 'AWS::KMS::Key')
    return unsure(text('its key is not among what was read', '鍵が読み取り対象に含まれていません'), [value]);
  const mayUse = statementsOf(property(key, 'KeyPolicy')).some(
    (statement) =>
      statement.effect === 'Allow' &&
      namesService(statement.principal, sender) &&
      statement.actions.some(
        (pattern) => covers(pattern, 'kms:GenerateDataKey') || pattern.startsWith('kms:GenerateDataKey'),
      ),
  );
  return mayUse
    ? undefined
    : off(
        text(
          `the policy of ${key.name} does not let ${sender} use the key`,
          `${key.name}のキーポリシーが${sender}の利用を許可していません`,
        ),
        value,
      );
}

/** People must confirm an e-mail subscription; programs are subscribed at once. */
function subscribers(graph: ResourceGraph, topic: Resource): Presence {
  const inline = itemsOf(property(topic, 'Subscription')).map((each) => get(each, 'Protocol'));
  const apart = graph.referrersOfType(topic, 'AWS::SNS::Subscription');
  const presences = [
    ...inline.map((protocol) => ofProtocol(protocol)),
    ...apart.map((subscription) => providedBy(subscription, ofProtocol(property(subscription, 'Protocol')))),
  ];
  return (
    strongest(presences) ??
    off(text(`nobody subscribes to ${topic.name}`, `${topic.name}に購読者がいません`), topic.properties)
  );
}

function ofProtocol(protocol: Value): Presence {
  const name = stringFrom(protocol);
  if (name === undefined)
    return unsure(text('the subscription is not decided', '購読が未確定です'), [protocol]);
  if (name.startsWith('email') || name.startsWith('http')) {
    return unsure(
      text(
        `whether the ${name} subscription was confirmed no template shows: aws sns list-subscriptions-by-topic`,
        `${name}の購読が確認済みかどうかはテンプレートから分かりません: aws sns list-subscriptions-by-topic`,
      ),
    );
  }
  return on(text(`delivered by ${name}`, `${name}で届きます`), protocol);
}

function toQueue(graph: ResourceGraph, queue: Resource, sender: Sender): Presence {
  const admitted = admits(graph, queue, 'AWS::SQS::QueuePolicy', 'sqs:SendMessage', sender);
  if (admitted === 'unknown')
    return unsure(text(`the policy of ${queue.name} is not decided`, `${queue.name}のポリシーが未確定です`));
  return admitted === 'yes'
    ? (underKey(graph, queue, sender) ?? on(text(`${queue.name} takes it`, `${queue.name}が受け取ります`)))
    : off(
        text(
          `the policy of ${queue.name} does not let ${sender} send`,
          `${queue.name}のポリシーが${sender}の送信を許可していません`,
        ),
        queue.properties,
      );
}

function toFunction(graph: ResourceGraph, lambda: Resource, sender: Sender): Presence {
  const principal = sender === 'cloudwatch.amazonaws.com' ? 'lambda.alarms.cloudwatch.amazonaws.com' : sender;
  const permission = graph
    .referrersOfType(lambda, 'AWS::Lambda::Permission')
    .find((each) => stringFrom(property(each, 'Principal')) === principal);
  return permission
    ? providedBy(permission, on(text(`${lambda.name} is called`, `${lambda.name}が呼び出されます`)))
    : off(
        text(
          `no permission lets ${principal} call ${lambda.name}`,
          `${principal}に${lambda.name}の呼び出しが許可されていません`,
        ),
        lambda.properties,
      );
}

/** With several targets one that arrives is enough; some that do not make it partial. */
export function bestDelivery(presences: readonly Presence[]): Presence {
  const best = strongest(presences);
  if (!best) return off(text('it has no target', '通知先がありません'));
  const dead = presences.find((each) => each.state === 'off');
  return best.state === 'on' && dead ? partial(dead.because, dead.at) : best;
}
