import { stableId } from '../../../kernel/ids.ts';
import { SERVICE_LINKED } from '../service-linked-table.ts';
import { CHOSEN_ACTIONS, FULL_ACCESS, READ_ACCESS } from './names.ts';

/** A policy that accounts can attach and not change. */
export interface AwsPolicy {
  readonly arn: string;
  readonly id: string;
  readonly name: string;
  readonly path: string;
  readonly description: string;
  readonly document: string;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
}

interface Statement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Action?: readonly string[] | string;
  readonly NotAction?: readonly string[];
  readonly Resource: string;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** The beginnings of actions that only read. */
const READING = ['Get*', 'List*', 'Describe*'];
const ALSO_READING = ['BatchGet*', 'Lookup*', 'Search*', 'Simulate*', 'Generate*Report', 'Query', 'Scan'];
/** Actions that hand out what is kept, and not only what is known about it. */
const CONTENT = [
  's3:GetObject*',
  'dynamodb:BatchGet*',
  'dynamodb:GetItem',
  'dynamodb:Query',
  'dynamodb:Scan',
  'kms:Decrypt',
  'logs:GetLogEvents',
  'secretsmanager:GetSecretValue',
  'secretsmanager:BatchGetSecretValue',
  'sqs:ReceiveMessage',
  'ssm:GetParameter*',
];
/** What tells whether a root user has credentials, and whether they are used. */
const ROOT_READING = [
  'iam:GetAccessKeyLastUsed',
  'iam:GetAccountSummary',
  'iam:GetLoginProfile',
  'iam:GetUser',
  'iam:ListAccessKeys',
  'iam:ListMFADevices',
  'iam:ListSigningCertificates',
];
const WRITTEN_ON = Date.UTC(2026, 0, 1);

function policy(pathAndName: string, description: string, statements: readonly Statement[]): AwsPolicy {
  const slash = pathAndName.lastIndexOf('/');
  const name = pathAndName.slice(slash + 1);
  const path = slash < 0 ? '/' : `/${pathAndName.slice(0, slash)}/`;
  const arn = `arn:aws:iam::aws:policy${path}${name}`;
  return {
    arn,
    id: `ANPA${stableId('aws-managed-policy', arn).toUpperCase()}`,
    name,
    path,
    description,
    document: JSON.stringify({ Version: '2012-10-17', Statement: statements }),
    createdAt: WRITTEN_ON,
  };
}

function allow(actions: readonly string[] | string): Statement {
  return { Effect: 'Allow', Action: actions, Resource: '*' };
}

const reading = (prefixes: readonly string[]) =>
  prefixes.flatMap((prefix) => [...READING, ...ALSO_READING].map((verb) => `${prefix}:${verb}`));

/** The own password and second factor; another factor only in a session that began with one. */
const OWN_SIGN_IN: readonly Statement[] = [
  {
    Effect: 'Allow',
    Action: ['iam:ChangePassword', 'iam:EnableMFADevice', 'iam:ResyncMFADevice'],
    Resource: 'arn:aws:iam::*:user/${aws:username}',
  },
  allow('iam:CreateVirtualMFADevice'),
];

/** What the owner decides is decided with a second factor. */
const DECIDING: Statement = {
  Effect: 'Allow',
  Action: ['honmaru:DecideRisk', 'honmaru:CloseRisk'],
  Resource: '*',
  Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
};

const PROPOSING = allow([
  'honmaru:ProposeTreatment',
  'honmaru:ChangeClass',
  'honmaru:ReviewRisks',
  'honmaru:PlanFix',
  'honmaru:EnterRisk',
  'honmaru:EnterAsset',
]);

/** Viewing knows what there is; analysing also proposes, looks into logs and simulates; owning decides. */
const OF_OUR_OWN: readonly AwsPolicy[] = [
  policy('HonmaruViewer', 'See resources, safeguards and findings, without what is stored in them.', [
    allow(READING.map((verb) => `*:${verb}`)),
    { Effect: 'Deny', Action: CONTENT, Resource: '*' },
    ...OWN_SIGN_IN,
  ]),
  policy(
    'HonmaruAnalyst',
    'See everything but stored secrets and data; propose treatments, simulate, query logs, generate reports.',
    [
      allow([...READING, ...ALSO_READING].map((verb) => `*:${verb}`)),
      allow([
        'logs:StartQuery',
        'logs:StopQuery',
        'logs:FilterLogEvents',
        'access-analyzer:*',
        'securityhub:BatchUpdateFindings',
      ]),
      PROPOSING,
      ...OWN_SIGN_IN,
      { Effect: 'Deny', Action: CONTENT.filter((action) => !action.startsWith('logs:')), Resource: '*' },
    ],
  ),
  policy('HonmaruOwner', 'See what an analyst sees, propose, and decide about risks with a second factor.', [
    allow([...READING, ...ALSO_READING].map((verb) => `*:${verb}`)),
    PROPOSING,
    DECIDING,
    ...OWN_SIGN_IN,
    { Effect: 'Deny', Action: CONTENT, Resource: '*' },
  ]),
];

/** Limits of a root session, one task each. Source: AWS STS API Reference, "AssumeRoot". */
const ROOT_TASKS: readonly AwsPolicy[] = [
  policy('root-task/IAMAuditRootUserCredentials', 'See which credentials a root user has.', [
    allow(ROOT_READING),
  ]),
  policy('root-task/IAMCreateRootUserPassword', 'Give a root user a password.', [
    allow(['iam:CreateLoginProfile', 'iam:GetLoginProfile']),
  ]),
  policy('root-task/IAMDeleteRootUserCredentials', 'Take the credentials of a root user away.', [
    allow([
      ...ROOT_READING,
      'iam:DeactivateMFADevice',
      'iam:DeleteAccessKey',
      'iam:DeleteLoginProfile',
      'iam:DeleteSigningCertificate',
      'iam:DeleteVirtualMFADevice',
    ]),
  ]),
  policy('root-task/S3UnlockBucketPolicy', 'Remove a bucket policy that locks everybody out.', [
    allow(['s3:DeleteBucketPolicy', 's3:GetBucketPolicy', 's3:ListAllMyBuckets', 's3:PutBucketPolicy']),
  ]),
  policy('root-task/SQSUnlockQueuePolicy', 'Remove a queue policy that locks everybody out.', [
    allow(['sqs:GetQueueAttributes', 'sqs:GetQueueUrl', 'sqs:ListQueues', 'sqs:SetQueueAttributes']),
  ]),
];

const JOBS: readonly AwsPolicy[] = [
  policy('AdministratorAccess', 'Everything.', [allow('*')]),
  policy('PowerUserAccess', 'Everything but users, groups, roles, their policies and organizations.', [
    { Effect: 'Allow', NotAction: ['account:*', 'iam:*', 'organizations:*'], Resource: '*' },
    allow([
      'account:GetAccountInformation',
      'account:ListRegions',
      'iam:CreateServiceLinkedRole',
      'iam:DeleteServiceLinkedRole',
      'iam:ListRoles',
      'organizations:DescribeOrganization',
    ]),
  ]),
  policy('ReadOnlyAccess', 'Reading of everything, also of what is stored.', [
    allow([...READING, ...ALSO_READING].map((verb) => `*:${verb}`)),
    {
      Effect: 'Deny',
      Action: ['secretsmanager:GetSecretValue', 'secretsmanager:BatchGetSecretValue'],
      Resource: '*',
    },
  ]),
  policy('SecurityAudit', 'Reading of configuration, for audits.', [
    allow(READING.map((verb) => `*:${verb}`)),
    { Effect: 'Deny', Action: CONTENT, Resource: '*' },
  ]),
  policy('job-function/ViewOnlyAccess', 'Seeing which resources there are.', [
    allow(['List*', 'Describe*'].map((verb) => `*:${verb}`)),
  ]),
  policy('job-function/SystemAdministrator', 'Running of servers, databases, networks and monitoring.', [
    allow(
      [
        'autoscaling',
        'cloudtrail',
        'cloudwatch',
        'config',
        'ec2',
        'elasticloadbalancing',
        'logs',
        'rds',
        's3',
        'sns',
        'sqs',
        'ssm',
      ].map((prefix) => `${prefix}:*`),
    ),
    allow(['iam:Get*', 'iam:List*']),
  ]),
  policy('job-function/DatabaseAdministrator', 'Running of databases.', [
    allow(
      ['cloudwatch', 'dynamodb', 'elasticache', 'logs', 'rds', 'redshift'].map((prefix) => `${prefix}:*`),
    ),
    allow(['ec2:Describe*', 'iam:GetRole', 'iam:ListRoles']),
  ]),
  policy('job-function/NetworkAdministrator', 'Running of networks.', [
    allow(
      ['cloudfront', 'directconnect', 'ec2', 'elasticloadbalancing', 'route53'].map(
        (prefix) => `${prefix}:*`,
      ),
    ),
  ]),
  policy('job-function/Billing', 'Bills and budgets.', [
    allow(['aws-portal:*', 'billing:*', 'budgets:*', 'ce:*', 'cur:*', 'payments:*', 'tax:*']),
  ]),
];

function everyPolicy(): readonly AwsPolicy[] {
  const full = Object.entries(FULL_ACCESS).map(([name, prefixes]) =>
    policy(name, `Everything of ${prefixes.join(', ')}.`, [allow(prefixes.map((prefix) => `${prefix}:*`))]),
  );
  const read = Object.entries(READ_ACCESS).map(([name, prefixes]) =>
    policy(name, `Reading of ${prefixes.join(', ')}.`, [allow(reading(prefixes))]),
  );
  const chosen = Object.entries(CHOSEN_ACTIONS).map(([name, actions]) =>
    policy(name, `${actions.length} actions that the name stands for.`, [allow(actions)]),
  );
  const linked = SERVICE_LINKED.map(({ policy: name, service, actions }) =>
    policy(`aws-service-role/${name}`, `What ${service} does by itself.`, [allow(actions)]),
  );
  return [...OF_OUR_OWN, ...ROOT_TASKS, ...JOBS, ...full, ...read, ...chosen, ...linked];
}

let known: ReadonlyMap<string, AwsPolicy> | undefined;

/** All policies that AWS, or Honmaru in its place, manages; by ARN. Made when first asked for. */
export function awsPolicies(): ReadonlyMap<string, AwsPolicy> {
  known ??= new Map(everyPolicy().map((each) => [each.arn, each]));
  return known;
}

export function awsPolicy(arn: string): AwsPolicy | undefined {
  return awsPolicies().get(arn);
}
