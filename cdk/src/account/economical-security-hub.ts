import { CfnRole } from 'aws-cdk-lib/aws-iam';
import type { CfnKey } from 'aws-cdk-lib/aws-kms';
import { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import { CfnStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { partitionArn } from '../support.ts';
import { EvidenceBucket, inlinePolicy, serviceTrust } from './evidence.ts';

/** Results are complete a day after Security Hub was enabled. */
const COLLECT_SECONDS = 24 * 3600;

/** Exports all active findings, a hundred at a time, as one JSON object per line; resumes where time ran out. */
const EXPORT_FINDINGS = `
const { SecurityHubClient, GetFindingsCommand } = require('@aws-sdk/client-securityhub');
const { S3Client, PutObjectCommand } = require('@aws-sdk/client-s3');
const hub = new SecurityHubClient({});
const s3 = new S3Client({});
const SPARE_MILLISECONDS = 60000;
exports.handler = async ({ execution, part = 0, token }, context) => {
  const lines = [];
  let next = token;
  do {
    const page = await hub.send(new GetFindingsCommand({
      Filters: { RecordState: [{ Value: 'ACTIVE', Comparison: 'EQUALS' }] },
      MaxResults: 100,
      NextToken: next,
    }));
    for (const finding of page.Findings) lines.push(JSON.stringify(finding));
    next = page.NextToken;
  } while (next && lines.length < 20000 && context.getRemainingTimeInMillis() > SPARE_MILLISECONDS);
  await s3.send(new PutObjectCommand({
    Bucket: process.env.BUCKET,
    Key: 'security-hub/' + execution + '/findings-' + String(part).padStart(4, '0') + '.ndjson',
    ContentType: 'application/x-ndjson',
    Body: lines.join('\\n'),
  }));
  return { execution, part: part + 1, token: next ?? null, more: Boolean(next) };
};
`.trim();

export interface EconomicalSecurityHubProps {
  readonly key: CfnKey;
  /** When it begins. Default the first of the month, 00:00 UTC. */
  readonly schedule?: string;
}

/**
 * Security Hub for one day a month: enable, collect for 24 hours, export the findings to a bucket, disable.
 *
 * - Stops: nothing by itself; it checks settings against standards, at the price of one day.
 * - Attaches to: the region. It needs AWS Config, and steps back when Security Hub is enabled already: then it
 *   belongs to somebody who wants it, and is neither exported nor disabled.
 * - Costs: about a thirtieth of the continuous mode; the state machine costs less than a cent a run.
 * - Limits: what becomes wrong in between is seen up to a month later; findings are read from the bucket
 *   (`security-hub/<execution>/findings-0000.ndjson`, ASFF, one per line). If the export fails, Security Hub stays
 *   enabled, so that nothing is lost, and the execution is marked failed.
 */
export class EconomicalSecurityHub extends Construct {
  readonly stateMachine: CfnStateMachine;
  readonly findings: EvidenceBucket;

  constructor(scope: Construct, id: string, props: EconomicalSecurityHubProps) {
    super(scope, id);
    this.findings = new EvidenceBucket(this, 'Findings', { key: props.key, statements: () => [] });
    const exporter = this.exporter(props.key);
    const logs = new CfnLogGroup(this, 'Logs', { retentionInDays: 365 });
    const role = new CfnRole(this, 'Role', {
      assumeRolePolicyDocument: serviceTrust('states.amazonaws.com'),
      policies: [inlinePolicy('run', this.permissions(exporter))],
    });
    this.stateMachine = new CfnStateMachine(this, 'StateMachine', {
      roleArn: role.attrArn,
      definition: definitionOf(exporter),
      tracingConfiguration: { enabled: true },
      loggingConfiguration: {
        level: 'ALL',
        includeExecutionData: false,
        destinations: [{ cloudWatchLogsLogGroup: { logGroupArn: logs.attrArn } }],
      },
    });
    this.monthly(props.schedule ?? 'cron(0 0 1 * ? *)');
  }

  private exporter(key: CfnKey): CfnFunction {
    const bucket = this.findings.bucket;
    const logGroup = new CfnLogGroup(this, 'ExporterLogs', { retentionInDays: 90 });
    const role = new CfnRole(this, 'ExporterRole', {
      assumeRolePolicyDocument: serviceTrust('lambda.amazonaws.com'),
      policies: [
        inlinePolicy('export', [
          { Effect: 'Allow', Action: 'securityhub:GetFindings', Resource: this.hubArn() },
          { Effect: 'Allow', Action: 's3:PutObject', Resource: `${bucket.attrArn}/security-hub/*` },
          { Effect: 'Allow', Action: ['kms:GenerateDataKey', 'kms:Decrypt'], Resource: key.attrArn },
          {
            Effect: 'Allow',
            Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
            Resource: logGroup.attrArn,
          },
        ]),
      ],
    });
    return new CfnFunction(this, 'Exporter', {
      description: 'Exports the findings of Security Hub to a bucket',
      runtime: 'nodejs24.x',
      handler: 'index.handler',
      code: { zipFile: EXPORT_FINDINGS },
      role: role.attrArn,
      timeout: 900,
      memorySize: 512,
      environment: { variables: { BUCKET: bucket.ref } },
      loggingConfig: { logGroup: logGroup.ref },
    });
  }

  private hubArn(): string {
    const { region, account } = Stack.of(this);
    return partitionArn(this, `securityhub:${region}:${account}:hub/default`);
  }

  private permissions(exporter: CfnFunction): readonly object[] {
    return [
      {
        Effect: 'Allow',
        Action: ['securityhub:EnableSecurityHub', 'securityhub:DisableSecurityHub'],
        Resource: this.hubArn(),
      },
      {
        Effect: 'Allow',
        Action: 'iam:CreateServiceLinkedRole',
        Resource: partitionArn(this, 'iam::*:role/aws-service-role/securityhub.amazonaws.com/*'),
      },
      { Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: exporter.attrArn },
      {
        Effect: 'Allow',
        Action: [
          'logs:CreateLogDelivery',
          'logs:GetLogDelivery',
          'logs:UpdateLogDelivery',
          'logs:DeleteLogDelivery',
          'logs:ListLogDeliveries',
          'logs:PutResourcePolicy',
          'logs:DescribeResourcePolicies',
          'logs:DescribeLogGroups',
          'xray:PutTraceSegments',
          'xray:PutTelemetryRecords',
        ],
        Resource: '*',
      },
    ];
  }

  private monthly(scheduleExpression: string): void {
    const role = new CfnRole(this, 'ScheduleRole', {
      assumeRolePolicyDocument: serviceTrust('scheduler.amazonaws.com'),
      policies: [
        inlinePolicy('start', [
          { Effect: 'Allow', Action: 'states:StartExecution', Resource: this.stateMachine.attrArn },
        ]),
      ],
    });
    new CfnSchedule(this, 'Schedule', {
      description: 'Security Hub for one day: enable, collect, export, disable',
      scheduleExpression,
      flexibleTimeWindow: { mode: 'OFF' },
      target: { arn: this.stateMachine.attrArn, roleArn: role.attrArn },
    });
  }
}

/** Enable (stepping back if it is enabled already), wait, export until nothing is left, disable. */
function definitionOf(exporter: CfnFunction): object {
  return {
    Comment: 'Security Hub for one day: enable, collect for 24 hours, export the findings, disable',
    StartAt: 'Enable',
    States: {
      Enable: {
        Type: 'Task',
        Resource: 'arn:aws:states:::aws-sdk:securityhub:enableSecurityHub',
        Parameters: { EnableDefaultStandards: true },
        ResultPath: null,
        Catch: [{ ErrorEquals: ['SecurityHub.ResourceConflictException'], Next: 'AlreadyEnabled' }],
        Next: 'Collect',
      },
      AlreadyEnabled: {
        Type: 'Succeed',
        Comment: 'Somebody enabled it: it is theirs and stays as it is',
      },
      Collect: { Type: 'Wait', Seconds: COLLECT_SECONDS, Next: 'Begin' },
      Begin: {
        Type: 'Pass',
        Parameters: { 'execution.$': '$$.Execution.Name', part: 0 },
        Next: 'Export',
      },
      Export: {
        Type: 'Task',
        Resource: exporter.attrArn,
        Retry: [{ ErrorEquals: ['States.ALL'], IntervalSeconds: 60, MaxAttempts: 3, BackoffRate: 2 }],
        Next: 'More',
      },
      More: {
        Type: 'Choice',
        Choices: [{ Variable: '$.more', BooleanEquals: true, Next: 'Export' }],
        Default: 'Disable',
      },
      Disable: {
        Type: 'Task',
        Resource: 'arn:aws:states:::aws-sdk:securityhub:disableSecurityHub',
        Retry: [{ ErrorEquals: ['States.ALL'], IntervalSeconds: 60, MaxAttempts: 3, BackoffRate: 2 }],
        End: true,
      },
    },
  };
}
