import { CfnRule } from 'aws-cdk-lib/aws-events';
import type { CfnKey } from 'aws-cdk-lib/aws-kms';
import { CfnTopic, CfnTopicPolicy } from 'aws-cdk-lib/aws-sns';
import { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';

export interface OperatorTopicProps {
  readonly key: CfnKey;
  readonly email: string;
  readonly phone?: string;
}

/** The topic by which the operator is told; only AWS's services of this account may publish, and over HTTPS. */
export class OperatorTopic extends Construct {
  readonly topic: CfnTopic;

  constructor(scope: Construct, id: string, props: OperatorTopicProps) {
    super(scope, id);
    this.topic = new CfnTopic(this, 'Topic', {
      kmsMasterKeyId: props.key.ref,
      subscription: [
        { protocol: 'email', endpoint: props.email },
        ...(props.phone ? [{ protocol: 'sms', endpoint: props.phone }] : []),
      ],
    });
    new CfnTopicPolicy(this, 'Policy', {
      topics: [this.topic.ref],
      policyDocument: { Version: '2012-10-17', Statement: this.statements() },
    });
  }

  private statements(): readonly object[] {
    const publish = { Effect: 'Allow', Action: 'sns:Publish', Resource: this.topic.ref };
    const ofAccount = { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } };
    return [
      // EventBridge publishes without a context that a condition could match.
      { Sid: 'Findings', Principal: { Service: 'events.amazonaws.com' }, ...publish },
      { Sid: 'Alarms', Principal: { Service: 'cloudwatch.amazonaws.com' }, ...publish, Condition: ofAccount },
      { Sid: 'Costs', Principal: { Service: 'budgets.amazonaws.com' }, ...publish, Condition: ofAccount },
      {
        Sid: 'HttpsOnly',
        Effect: 'Deny',
        Principal: '*',
        Action: 'sns:Publish',
        Resource: this.topic.ref,
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      },
    ];
  }
}

interface Route {
  readonly name: string;
  readonly says: string;
  readonly pattern: object;
}

/** Findings for which somebody should be woken; the rest waits in its console. */
const ROUTES: readonly Route[] = [
  {
    name: 'GuardDuty',
    says: 'Findings of GuardDuty of medium severity and above',
    pattern: {
      source: ['aws.guardduty'],
      'detail-type': ['GuardDuty Finding'],
      detail: { severity: [{ numeric: ['>=', 4] }] },
    },
  },
  {
    name: 'SecurityHub',
    says: 'New high and critical findings of Security Hub',
    pattern: {
      source: ['aws.securityhub'],
      'detail-type': ['Security Hub Findings - Imported'],
      detail: {
        findings: {
          Severity: { Label: ['HIGH', 'CRITICAL'] },
          Workflow: { Status: ['NEW'] },
          RecordState: ['ACTIVE'],
        },
      },
    },
  },
  {
    name: 'Inspector',
    says: 'High and critical vulnerabilities that Inspector finds',
    pattern: {
      source: ['aws.inspector2'],
      'detail-type': ['Inspector2 Finding'],
      detail: { severity: ['HIGH', 'CRITICAL'], status: ['ACTIVE'] },
    },
  },
  {
    name: 'Macie',
    says: 'Personal data and keys that Macie finds in buckets',
    pattern: { source: ['aws.macie'], 'detail-type': ['Macie Finding'] },
  },
  {
    name: 'AccessAnalyzer',
    says: 'Access from outside that Access Analyzer proves',
    pattern: {
      source: ['aws.access-analyzer'],
      'detail-type': ['Access Analyzer Finding'],
      detail: { status: ['ACTIVE'] },
    },
  },
];

export interface FindingsRoutesProps {
  readonly topicArn: string;
}

/**
 * EventBridge rules that route findings to a topic: GuardDuty, Security Hub, Inspector, Macie, Access Analyzer.
 *
 * - Stops: findings that nobody reads. - Attaches to: the region's default event bus.
 * - Costs: nothing (events of AWS services are free).
 * - Limits: they tell; they repair nothing. The subscriber of an e-mail topic must confirm a message.
 */
export class FindingsRoutes extends Construct {
  constructor(scope: Construct, id: string, props: FindingsRoutesProps) {
    super(scope, id);
    for (const { name, says, pattern } of ROUTES) {
      new CfnRule(this, name, {
        description: says,
        eventPattern: pattern,
        targets: [{ id: 'operator', arn: props.topicArn }],
      });
    }
  }
}
