import { CfnFlowLog } from 'aws-cdk-lib/aws-ec2';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import { type CfnResource, Stack } from 'aws-cdk-lib/core';
import { Construct, type IConstruct } from 'constructs';
import { append, set } from '../change.ts';
import { sharedEdgeLogBucket, sharedLogBucket } from '../log-bucket.ts';
import { alreadyOn, attached, type Done, notAttached } from '../outcome.ts';
import { at, cfnOf, isTrue, itemsOf, logicalIdOf, read, referrersOf } from '../place.ts';
import { DATABASE_TYPES, engineOf } from './databases.ts';

/** Types at which `LoggingSafeguard` attaches. */
export const LOGGING_PLACES = [
  'AWS::EC2::VPC',
  'AWS::ElasticLoadBalancingV2::LoadBalancer',
  'AWS::CloudFront::Distribution',
  'AWS::S3::Bucket',
  'AWS::ApiGatewayV2::Stage',
  ...DATABASE_TYPES,
] as const;

export interface LoggingSafeguardProps {
  /** A VPC, load balancer, distribution, bucket, HTTP API stage or database. */
  readonly place: IConstruct;
}

/**
 * Lets a place write logs: flow logs of all traffic, access logs, and the database's logs.
 *
 * - Stops: nothing by itself; it shows who asked for what, during an attack and afterwards.
 * - Attaches to: VPCs, load balancers, distributions, buckets, HTTP API stages, databases.
 * - Costs: $0.50 per GB of flow logs, about $0.02 per GB of access logs.
 * - Limits: logs that nobody reads tell nobody. Network load balancers log TLS connections only and are left.
 */
export class LoggingSafeguard extends Construct {
  readonly done: Done;

  constructor(scope: Construct, id: string, props: LoggingSafeguardProps) {
    super(scope, id);
    this.done = this.attach(cfnOf(props.place));
  }

  private attach(place: CfnResource): Done {
    switch (place.cfnResourceType) {
      case 'AWS::EC2::VPC':
        return this.flowLogs(place);
      case 'AWS::ElasticLoadBalancingV2::LoadBalancer':
        return atLoadBalancer(place);
      case 'AWS::CloudFront::Distribution':
        return atDistribution(place);
      case 'AWS::S3::Bucket':
        return atBucket(place);
      case 'AWS::ApiGatewayV2::Stage':
        return this.atStage(place);
      default:
        return atDatabase(place);
    }
  }

  private flowLogs(vpc: CfnResource): Done {
    const present = referrersOf(vpc, 'AWS::EC2::FlowLog').some((each) => read(each, 'TrafficType') === 'ALL');
    if (present) return alreadyOn('flow logs of all traffic');
    const group = new CfnLogGroup(this, 'FlowLogGroup', { retentionInDays: 90 });
    const role = new CfnRole(this, 'FlowLogRole', {
      assumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Principal: { Service: 'vpc-flow-logs.amazonaws.com' },
            Action: 'sts:AssumeRole',
            Condition: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
          },
        ],
      },
      policies: [
        {
          policyName: 'write-flow-logs',
          policyDocument: {
            Version: '2012-10-17',
            Statement: [
              {
                Effect: 'Allow',
                Action: ['logs:CreateLogStream', 'logs:PutLogEvents', 'logs:DescribeLogStreams'],
                Resource: group.attrArn,
              },
            ],
          },
        },
      ],
    });
    new CfnFlowLog(this, 'FlowLog', {
      resourceId: vpc.ref,
      resourceType: 'VPC',
      trafficType: 'ALL',
      logGroupName: group.ref,
      deliverLogsPermissionArn: role.attrArn,
    });
    return attached('flow logs of all traffic');
  }

  private atStage(stage: CfnResource): Done {
    if (read(stage, 'AccessLogSettings', 'DestinationArn')) return alreadyOn('access logs');
    const group = new CfnLogGroup(this, 'AccessLogGroup', { retentionInDays: 90 });
    set(stage, 'AccessLogSettings', {
      DestinationArn: group.attrArn,
      Format:
        '$context.requestId $context.identity.sourceIp $context.httpMethod $context.path $context.status',
    });
    return attached('access logs');
  }
}

function atLoadBalancer(place: CfnResource): Done {
  const kind = read(place, 'Type') ?? 'application';
  if (kind !== 'application') return notAttached(`a ${String(kind)} load balancer is left as it is`);
  const attributes = itemsOf(read(place, 'LoadBalancerAttributes'));
  const on = attributes.some(
    (each) => at(each, 'Key') === 'access_logs.s3.enabled' && isTrue(at(each, 'Value')),
  );
  if (on) return alreadyOn('access logs');
  const logs = sharedLogBucket(Stack.of(place));
  append(place, 'LoadBalancerAttributes', [
    { Key: 'access_logs.s3.enabled', Value: 'true' },
    { Key: 'access_logs.s3.bucket', Value: logs.bucket.ref },
    { Key: 'access_logs.s3.prefix', Value: logicalIdOf(place) },
  ]);
  place.node.addDependency(logs.policy);
  return attached('access logs');
}

function atDistribution(place: CfnResource): Done {
  const on =
    read(place, 'DistributionConfig', 'Logging') ||
    referrersOf(place, 'AWS::Logs::DeliverySource').length > 0;
  if (on) return alreadyOn('access logs');
  const logs = sharedEdgeLogBucket(Stack.of(place));
  set(place, 'DistributionConfig.Logging', {
    Bucket: logs.bucket.attrRegionalDomainName,
    Prefix: `${logicalIdOf(place)}/`,
  });
  return attached('access logs');
}

function atBucket(place: CfnResource): Done {
  if (read(place, 'LoggingConfiguration')) return alreadyOn('access logs');
  if (referrersOf(place, 'AWS::S3::Bucket', 'AWS::CloudTrail::Trail').length > 0) {
    return notAttached('it receives the logs of others');
  }
  const logs = sharedLogBucket(Stack.of(place));
  set(place, 'LoggingConfiguration', {
    DestinationBucketName: logs.bucket.ref,
    LogFilePrefix: `${logicalIdOf(place)}/`,
  });
  return attached('access logs');
}

/** The logs that show sign-ins, errors and slow statements, by engine (Amazon RDS user guide, "Publishing database logs"). */
const DATABASE_LOGS: Readonly<Record<string, readonly string[]>> = {
  mysql: ['error', 'slowquery'],
  mariadb: ['error', 'slowquery'],
  'aurora-mysql': ['audit', 'error', 'slowquery'],
  postgres: ['postgresql'],
  'aurora-postgresql': ['postgresql'],
};

function atDatabase(place: CfnResource): Done {
  if (read(place, 'DBClusterIdentifier') !== undefined) return alreadyOn('its cluster exports logs');
  if (itemsOf(read(place, 'EnableCloudwatchLogsExports')).length > 0) return alreadyOn('logs are exported');
  const logs = DATABASE_LOGS[engineOf(place) ?? ''];
  if (!logs) return notAttached('its engine is decided at deployment, or exports no logs');
  set(place, 'EnableCloudwatchLogsExports', logs);
  return attached(`logs are exported: ${logs.join(', ')}`);
}
