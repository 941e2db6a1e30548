import { CfnAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnMetricFilter } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';

interface Watch {
  readonly name: string;
  readonly says: string;
  readonly pattern: string;
  /** Occurrences in five minutes. */
  readonly threshold?: number;
}

const calls = (...names: readonly string[]) =>
  `{ ${names.map((name) => `($.eventName = "${name}")`).join(' || ')} }`;

/**
 * What the CIS AWS Foundations Benchmark asks to be alarmed about, in its order (version 3.0, recommendations 4.1 to
 * 4.15), as filter patterns over CloudTrail events.
 */
const WATCHES: readonly Watch[] = [
  {
    name: 'DeniedCalls',
    says: 'Many calls are denied',
    pattern: '{ ($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*") }',
    threshold: 10,
  },
  {
    name: 'SignInWithoutMfa',
    says: 'Somebody signed in to the console without a second factor',
    pattern:
      '{ ($.eventName = "ConsoleLogin") && ($.additionalEventData.MFAUsed != "Yes") && ($.userIdentity.type = "IAMUser") && ($.responseElements.ConsoleLogin = "Success") }',
  },
  {
    name: 'RootUse',
    says: 'Somebody uses the root user',
    pattern:
      '{ $.userIdentity.type = "Root" && $.userIdentity.invokedBy NOT EXISTS && $.eventType != "AwsServiceEvent" }',
  },
  {
    name: 'IamChanges',
    says: 'Somebody changes policies of IAM',
    pattern: calls(
      'DeleteGroupPolicy',
      'DeleteRolePolicy',
      'DeleteUserPolicy',
      'PutGroupPolicy',
      'PutRolePolicy',
      'PutUserPolicy',
      'CreatePolicy',
      'DeletePolicy',
      'CreatePolicyVersion',
      'DeletePolicyVersion',
      'AttachRolePolicy',
      'DetachRolePolicy',
      'AttachUserPolicy',
      'DetachUserPolicy',
      'AttachGroupPolicy',
      'DetachGroupPolicy',
    ),
  },
  {
    name: 'TrailChanges',
    says: 'Somebody changes or stops the trail',
    pattern: calls('CreateTrail', 'UpdateTrail', 'DeleteTrail', 'StartLogging', 'StopLogging'),
  },
  {
    name: 'SignInFailures',
    says: 'Many sign-ins to the console fail',
    pattern: '{ ($.eventName = "ConsoleLogin") && ($.errorMessage = "Failed authentication") }',
    threshold: 5,
  },
  {
    name: 'KeyRemoval',
    says: 'Somebody disables or deletes a key',
    pattern:
      '{ ($.eventSource = "kms.amazonaws.com") && (($.eventName = "DisableKey") || ($.eventName = "ScheduleKeyDeletion")) }',
  },
  {
    name: 'BucketPolicyChanges',
    says: 'Somebody changes who may use a bucket',
    pattern: calls(
      'PutBucketAcl',
      'PutBucketPolicy',
      'PutBucketCors',
      'PutBucketLifecycle',
      'PutBucketReplication',
      'DeleteBucketPolicy',
      'DeleteBucketCors',
      'DeleteBucketLifecycle',
      'DeleteBucketReplication',
    ),
  },
  {
    name: 'ConfigChanges',
    says: 'Somebody changes or stops AWS Config',
    pattern: calls(
      'StopConfigurationRecorder',
      'DeleteDeliveryChannel',
      'PutDeliveryChannel',
      'PutConfigurationRecorder',
    ),
  },
  {
    name: 'SecurityGroupChanges',
    says: 'Somebody changes security groups',
    pattern: calls(
      'AuthorizeSecurityGroupIngress',
      'AuthorizeSecurityGroupEgress',
      'RevokeSecurityGroupIngress',
      'RevokeSecurityGroupEgress',
      'CreateSecurityGroup',
      'DeleteSecurityGroup',
    ),
  },
  {
    name: 'NetworkAclChanges',
    says: 'Somebody changes network access lists',
    pattern: calls(
      'CreateNetworkAcl',
      'CreateNetworkAclEntry',
      'DeleteNetworkAcl',
      'DeleteNetworkAclEntry',
      'ReplaceNetworkAclEntry',
      'ReplaceNetworkAclAssociation',
    ),
  },
  {
    name: 'GatewayChanges',
    says: 'Somebody changes gateways of the network',
    pattern: calls(
      'CreateCustomerGateway',
      'DeleteCustomerGateway',
      'AttachInternetGateway',
      'CreateInternetGateway',
      'DeleteInternetGateway',
      'DetachInternetGateway',
    ),
  },
  {
    name: 'RouteChanges',
    says: 'Somebody changes routes',
    pattern: calls(
      'CreateRoute',
      'CreateRouteTable',
      'ReplaceRoute',
      'ReplaceRouteTableAssociation',
      'DeleteRouteTable',
      'DeleteRoute',
      'DisassociateRouteTable',
    ),
  },
  {
    name: 'VpcChanges',
    says: 'Somebody changes networks',
    pattern: calls(
      'CreateVpc',
      'DeleteVpc',
      'ModifyVpcAttribute',
      'AcceptVpcPeeringConnection',
      'CreateVpcPeeringConnection',
      'DeleteVpcPeeringConnection',
      'RejectVpcPeeringConnection',
    ),
  },
  {
    name: 'OrganizationChanges',
    says: 'Somebody changes the organization',
    pattern: '{ $.eventSource = "organizations.amazonaws.com" && $.readOnly IS FALSE }',
  },
];

export interface TrailAlarmsProps {
  /** The log group into which the trail writes. */
  readonly logGroupName: string;
  /** The topic that is told. */
  readonly topicArn: string;
}

/**
 * The alarms of the CIS benchmark on what the trail records: fifteen metric filters, each with an alarm.
 *
 * - Stops: nothing by itself; somebody is told within minutes.
 * - Attaches to: the log group of a trail. - Costs: $0.10 per alarm, $1.50 in all.
 * - Limits: deployments change things too, so that some alarms ring during a release.
 */
export class TrailAlarms extends Construct {
  constructor(scope: Construct, id: string, props: TrailAlarmsProps) {
    super(scope, id);
    for (const watch of WATCHES) this.watch(watch, props);
  }

  private watch(
    { name, says, pattern, threshold }: Watch,
    { logGroupName, topicArn }: TrailAlarmsProps,
  ): void {
    const metricNamespace = 'Security';
    new CfnMetricFilter(this, `${name}Filter`, {
      logGroupName,
      filterPattern: pattern,
      metricTransformations: [{ metricNamespace, metricName: name, metricValue: '1' }],
    });
    new CfnAlarm(this, `${name}Alarm`, {
      alarmDescription: says,
      namespace: metricNamespace,
      metricName: name,
      statistic: 'Sum',
      period: 300,
      evaluationPeriods: 1,
      threshold: threshold ?? 1,
      comparisonOperator: 'GreaterThanOrEqualToThreshold',
      treatMissingData: 'notBreaching',
      alarmActions: [topicArn],
    });
  }
}
