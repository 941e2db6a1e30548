import type { ResourceGraph } from '../../environment/graph.ts';
import { text } from '../../kernel/texts.ts';
import type { Edit, Remedy } from '../../model/remedy.ts';
import type { Resource } from '../../model/resource.ts';
import { stringFrom } from '../../model/value.ts';
import { engineFamily } from '../databases.ts';
import { addResource, appendPath, getAtt, logicalId, ref, setProperty } from '../edits.ts';
import { property } from '../values.ts';
import { aclLog } from '../waf/acl-log.ts';

const LOG_BUCKET = text(
  'a bucket for logs whose policy lets the service write (parameter LogBucket)',
  'サービスからの書き込みを許可したログ用バケット(パラメータLogBucket)',
);

/** What to add at a place so that it writes logs. */
export function loggingRemedy(_: ResourceGraph, place: Resource): Remedy {
  const edits = editsFor(place);
  const usesBucket = JSON.stringify(edits).includes('LogBucket');
  return {
    summary: text('Write logs.', 'ログを記録します。'),
    edits,
    ...(usesBucket ? { needs: [LOG_BUCKET] } : {}),
  };
}

function editsFor(place: Resource): readonly Edit[] {
  switch (place.type) {
    case 'AWS::EC2::VPC':
      return flowLog(place);
    case 'AWS::ElasticLoadBalancingV2::LoadBalancer':
      return [
        setProperty(place, appendPath(place, 'LoadBalancerAttributes'), {
          Key: 'access_logs.s3.enabled',
          Value: 'true',
        }),
        setProperty(
          place,
          appendPath(place, 'LoadBalancerAttributes').replace(/\d+$/, (last) => String(Number(last) + 1)),
          {
            Key: 'access_logs.s3.bucket',
            Value: ref('LogBucket'),
          },
        ),
      ];
    case 'AWS::ElasticLoadBalancing::LoadBalancer':
      return [setProperty(place, 'AccessLoggingPolicy', { Enabled: true, S3BucketName: ref('LogBucket') })];
    case 'AWS::CloudFront::Distribution':
      return [
        setProperty(
          place,
          'DistributionConfig.Logging.Bucket',
          getAtt('DistributionLogBucket', 'DomainName'),
        ),
      ];
    case 'AWS::WAFv2::WebACL':
      return aclLog(place);
    case 'AWS::S3::Bucket':
      return [
        setProperty(place, 'LoggingConfiguration', {
          DestinationBucketName: ref('LogBucket'),
          LogFilePrefix: `${place.name.slice(place.name.lastIndexOf('.') + 1)}/`,
        }),
      ];
    case 'AWS::ApiGateway::Stage':
    case 'AWS::ApiGatewayV2::Stage':
      return stageLog(place);
    default:
      return [setProperty(place, 'EnableCloudwatchLogsExports', databaseLogs(place))];
  }
}

function flowLog(vpc: Resource): readonly Edit[] {
  const group = logicalId(vpc, 'FlowLogGroup');
  const role = logicalId(vpc, 'FlowLogRole');
  return [
    addResource(group, 'AWS::Logs::LogGroup', { RetentionInDays: 90 }),
    addResource(role, 'AWS::IAM::Role', {
      AssumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: { Service: 'vpc-flow-logs.amazonaws.com' },
            Action: 'sts:AssumeRole',
          },
        ],
      },
      Policies: [
        {
          PolicyName: 'write-logs',
          PolicyDocument: {
            Version: '2012-10-17',
            Statement: [
              {
                Effect: 'Allow',
                Action: [
                  'logs:CreateLogStream',
                  'logs:PutLogEvents',
                  'logs:DescribeLogGroups',
                  'logs:DescribeLogStreams',
                ],
                Resource: getAtt(group, 'Arn'),
              },
            ],
          },
        },
      ],
    }),
    addResource(logicalId(vpc, 'FlowLog'), 'AWS::EC2::FlowLog', {
      ResourceId: ref(vpc),
      ResourceType: 'VPC',
      TrafficType: 'ALL',
      LogGroupName: ref(group),
      DeliverLogsPermissionArn: getAtt(role, 'Arn'),
    }),
  ];
}

function stageLog(stage: Resource): readonly Edit[] {
  const group = logicalId(stage, 'AccessLogGroup');
  const name = stage.type === 'AWS::ApiGateway::Stage' ? 'AccessLogSetting' : 'AccessLogSettings';
  return [
    addResource(group, 'AWS::Logs::LogGroup', { RetentionInDays: 90 }),
    setProperty(stage, name, {
      DestinationArn: getAtt(group, 'Arn'),
      Format: '$context.requestId $context.identity.sourceIp $context.httpMethod $context.status',
    }),
  ];
}

/** The logs that show sign-ins and statements, by engine (Amazon RDS user guide, "Publishing database logs"). */
function databaseLogs(database: Resource): readonly string[] {
  const family = engineFamily(database) ?? stringFrom(property(database, 'Engine'));
  if (family === 'postgres' || family === 'aurora-postgresql') return ['postgresql'];
  if (family === 'sqlserver') return ['error'];
  return ['audit', 'error'];
}
