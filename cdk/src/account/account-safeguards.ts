import { Stack, type StackProps } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { checkNames, isWanted, type SafeguardId } from '../catalogue.ts';
import { TrailAlarms } from './alarms.ts';
import {
  AccessAnalyzers,
  ContinuousSecurityHub,
  Investigation,
  MonthlyBudget,
  SensitiveDataDiscovery,
  ThreatDetection,
} from './detection.ts';
import { EconomicalSecurityHub } from './economical-security-hub.ts';
import { AccountTrail, AuditKey, ConfigRecording } from './evidence.ts';
import { FindingsRoutes, OperatorTopic } from './notifications.ts';
import type { AccountSafeguardsOptions } from './options.ts';
import {
  AccountPublicAccessBlock,
  EbsEncryptionByDefault,
  MacieJob,
  MetadataTokenByDefault,
  PasswordPolicy,
  VulnerabilityScans,
} from './settings.ts';

/** The safeguards that this stack has. */
const ACCOUNT_IDS: readonly SafeguardId[] = [
  'access-analyzer',
  'budget',
  'cloudtrail',
  'cloudwatch-alarms',
  'config',
  'detective',
  'encryption-at-rest',
  'eventbridge',
  'guardduty',
  'imdsv2',
  'inspector',
  'kms',
  'macie',
  's3-block-public-access',
  'security-hub',
];

export interface AccountSafeguardsProps extends StackProps, AccountSafeguardsOptions {}

/**
 * The safeguards that an account needs once, as a stack of its own: trail, alarms, AWS Config, GuardDuty, Security
 * Hub, Inspector, Macie, Detective, Access Analyzer, rules that route findings, a budget, and the account's settings.
 *
 * - Stops: little by itself; it sees, tells and proves, and its settings prevent mistakes in all that is made later.
 * - Attaches to: the account, and the region of the stack. Deploy it where nothing of it is on yet: a second GuardDuty
 *   detector, recorder or hub fails the deployment (`honmaru collect` shows what is on; leave that out with `off`).
 * - Costs: about $30 to $80 a month for a small account, most of it GuardDuty, Config and Detective.
 * - Limits: one region beside the trail. The e-mail's receiver must confirm a message; people's second factors are
 *   theirs to set up.
 */
export class AccountSafeguards extends Stack {
  constructor(scope: Construct, id: string, props: AccountSafeguardsProps) {
    super(scope, id, props);
    checkNames(props, ACCOUNT_IDS, 'by Safeguards.attachTo or repositoryFiles');
    const wanted = (each: SafeguardId) => isWanted(each, props);
    const { key } = new AuditKey(this, 'AuditKey');
    const { topic } = new OperatorTopic(this, 'Operator', {
      key,
      email: props.operatorEmail,
      ...(props.operatorPhone ? { phone: props.operatorPhone } : {}),
    });
    if (wanted('cloudtrail')) {
      const trail = new AccountTrail(this, 'Trail', {
        key,
        lockDays: props.evidenceDays ?? 365,
        dataEventBucketArns: props.dataEventBucketArns ?? [],
      });
      if (wanted('cloudwatch-alarms')) {
        new TrailAlarms(this, 'Alarms', { logGroupName: trail.logGroup.ref, topicArn: topic.ref });
      }
    }
    const config = wanted('config') ? new ConfigRecording(this, 'Config', { key }) : undefined;
    const threats = wanted('guardduty') ? new ThreatDetection(this, 'GuardDuty') : undefined;
    if (wanted('detective')) {
      const investigation = new Investigation(this, 'Detective');
      if (threats) investigation.node.addDependency(threats);
    }
    if (wanted('security-hub')) {
      const hub =
        props.securityHub === 'economical'
          ? new EconomicalSecurityHub(this, 'SecurityHub', {
              key,
              ...(props.securityHubSchedule ? { schedule: props.securityHubSchedule } : {}),
            })
          : new ContinuousSecurityHub(this, 'SecurityHub');
      if (config) hub.node.addDependency(config.recorder);
    }
    if (wanted('access-analyzer')) {
      new AccessAnalyzers(this, 'AccessAnalyzer', { unusedAccess: props.unusedAccess ?? true });
    }
    if (wanted('macie')) this.macie(props.macieBuckets ?? []);
    if (wanted('eventbridge')) new FindingsRoutes(this, 'Findings', { topicArn: topic.ref });
    if (wanted('budget')) {
      new MonthlyBudget(this, 'Budget', {
        dollars: props.monthlyBudgetDollars ?? 600,
        email: props.operatorEmail,
      });
    }
    if (wanted('inspector')) {
      new VulnerabilityScans(this, 'Inspector', { scans: props.inspectorScans ?? ['EC2', 'ECR', 'LAMBDA'] });
    }
    if (wanted('s3-block-public-access')) new AccountPublicAccessBlock(this, 'PublicAccessBlock');
    if (wanted('encryption-at-rest')) new EbsEncryptionByDefault(this, 'EbsEncryption');
    if (wanted('imdsv2')) new MetadataTokenByDefault(this, 'MetadataToken');
    new PasswordPolicy(this, 'PasswordPolicy');
  }

  private macie(buckets: readonly string[]): void {
    const { session } = new SensitiveDataDiscovery(this, 'Macie');
    if (buckets.length > 0) new MacieJob(this, 'MacieJob', { buckets }).node.addDependency(session);
  }
}
