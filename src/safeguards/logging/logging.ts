import type { ResourceGraph } from '../../environment/graph.ts';
import { text } from '../../kernel/texts.ts';
import { type Answer, all, any, isOneOf, isSet, isTrue, someItem, YES } from '../../model/answer.ts';
import type { Resource } from '../../model/resource.ts';
import { get } from '../../model/value.ts';
import { DATABASE_TYPES } from '../databases.ts';
import { logDestination } from '../log-destinations.ts';
import { ifExists, notApplicable, presenceOf } from '../presence.ts';
import { type Presence, safeguard } from '../safeguard.ts';
import { property } from '../values.ts';
import { loggingRemedy } from './remedy.ts';

/**
 * Logs of the network, of fronts, of the WAF, of buckets and databases. Sources: Amazon VPC user guide,
 * "Logging IP traffic using VPC Flow Logs"; Elastic Load Balancing user guide, "Access logs for your
 * Application Load Balancer"; AWS WAF developer guide, "Logging AWS WAF protection pack (web ACL) traffic";
 * Amazon S3 user guide, "Logging requests with server access logging".
 */
export const definition = safeguard({
  id: 'logging',
  name: text('Logs of network and access', 'ログの記録(フローログ・アクセスログ)'),
  alsoKnownAs: ['VPC Flow Logs', 'フローログ', 'アクセスログ', 'access log', 'WAFログ', 'ログ'],
  factor: 'vulnerability',
  effect: 'detect',
  price: 'a-few-dollars',
  stops: text(
    'Nothing by itself: it lets one see who asked for what, during an attack and afterwards.',
    'それ自体は何も止めません。攻撃の最中やあとに、誰が何を要求したかを確認できるようにします。',
  ),
  doesNotStop: text(
    'The attack; and logs that nobody reads tell nobody.',
    '攻撃そのもの(読まれないログは誰にも知らせません)。',
  ),
  confusedWith: text(
    'Access logs record requests, CloudTrail records calls of AWS APIs, flow logs record connections.',
    'アクセスログはリクエスト、CloudTrailはAWS APIの呼び出し、フローログは通信を記録します。',
  ),
  attachesTo: [
    'AWS::EC2::VPC',
    'AWS::ElasticLoadBalancingV2::LoadBalancer',
    'AWS::ElasticLoadBalancing::LoadBalancer',
    'AWS::CloudFront::Distribution',
    'AWS::WAFv2::WebACL',
    'AWS::S3::Bucket',
    'AWS::ApiGateway::Stage',
    'AWS::ApiGatewayV2::Stage',
    ...DATABASE_TYPES,
  ],
  presence: presenceAt,
  remedy: loggingRemedy,
});

function presenceAt(graph: ResourceGraph, place: Resource): Presence {
  if (place.type === 'AWS::S3::Bucket' && logDestination(graph, place)) {
    return notApplicable(text('it receives the logs of others', '他のリソースのログを受け取るバケットです'));
  }
  return presenceOf(logs(graph, place), {
    on: text('it writes logs', 'ログを記録します'),
    off: text('it writes no logs', 'ログを記録していません'),
    unknown: text('whether it writes logs is not decided', 'ログを記録するかどうかが未確定です'),
  });
}

function logs(graph: ResourceGraph, place: Resource): Answer {
  switch (place.type) {
    case 'AWS::EC2::VPC':
      return flowLogs(graph, place);
    case 'AWS::ElasticLoadBalancingV2::LoadBalancer':
      return someItem(property(place, 'LoadBalancerAttributes'), (each) =>
        all([isOneOf(get(each, 'Key'), ['access_logs.s3.enabled']), isTrue(get(each, 'Value'))]),
      );
    case 'AWS::ElasticLoadBalancing::LoadBalancer':
      return isTrue(property(place, 'AccessLoggingPolicy', 'Enabled'));
    case 'AWS::CloudFront::Distribution':
      return any([
        isSet(property(place, 'DistributionConfig', 'Logging')),
        ...graph.referrersOfType(place, 'AWS::Logs::DeliverySource').map((source) => source.exists),
      ]);
    case 'AWS::WAFv2::WebACL':
      return any(graph.referrersOfType(place, 'AWS::WAFv2::LoggingConfiguration').map((each) => each.exists));
    case 'AWS::S3::Bucket':
      return isSet(property(place, 'LoggingConfiguration'));
    case 'AWS::ApiGateway::Stage':
      return isSet(property(place, 'AccessLogSetting', 'DestinationArn'));
    case 'AWS::ApiGatewayV2::Stage':
      return isSet(property(place, 'AccessLogSettings', 'DestinationArn'));
    default:
      return someItem(property(place, 'EnableCloudwatchLogsExports'), () => YES);
  }
}

/** Rejected connections alone show scans but not what got through, so that all traffic is asked for. */
function flowLogs(graph: ResourceGraph, vpc: Resource): Answer {
  return any(
    graph
      .referrersOfType(vpc, 'AWS::EC2::FlowLog')
      .map((log) => ifExists(log, isOneOf(property(log, 'TrafficType'), ['ALL']))),
  );
}
