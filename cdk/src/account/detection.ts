import { CfnAnalyzer } from 'aws-cdk-lib/aws-accessanalyzer';
import { CfnBudget } from 'aws-cdk-lib/aws-budgets';
import { CfnGraph } from 'aws-cdk-lib/aws-detective';
import { CfnDetector } from 'aws-cdk-lib/aws-guardduty';
import { CfnSession } from 'aws-cdk-lib/aws-macie';
import { CfnHub } from 'aws-cdk-lib/aws-securityhub';
import { Construct } from 'constructs';

/**
 * GuardDuty in the region, with all its features that need no agent.
 *
 * - Stops: nothing by itself; it reports stolen keys in use, mining and talk with known attackers.
 * - Attaches to: the region, once: a second detector fails the deployment, and so does one that is there already.
 * - Costs: $4 per million events, $1 per GB of flow logs; 30 days free.
 * - Limits: one region; runtime monitoring is off, because it puts an agent on servers.
 */
export class ThreatDetection extends Construct {
  readonly detector: CfnDetector;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.detector = new CfnDetector(this, 'Detector', {
      enable: true,
      findingPublishingFrequency: 'FIFTEEN_MINUTES',
    });
  }
}

/**
 * Security Hub, continuously, with its default standards.
 *
 * - Stops: nothing by itself; it checks settings against standards and gathers findings of the other services.
 * - Attaches to: the region, once; most checks need AWS Config.
 * - Costs: $0.0010 per check, some dollars for a small account (see `EconomicalSecurityHub`).
 * - Limits: it repairs nothing.
 */
export class ContinuousSecurityHub extends Construct {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new CfnHub(this, 'Hub', { enableDefaultStandards: true, autoEnableControls: true });
  }
}

/**
 * Macie in the region. Which buckets it looks into is a setting that CloudFormation lacks: `AccountSettings` makes a
 * job for chosen buckets.
 *
 * - Stops: nothing by itself; it finds personal data, card numbers and keys in buckets.
 * - Attaches to: the region, once. - Costs: $0.10 per bucket, $1 per inspected GB. - Limits: no databases.
 */
export class SensitiveDataDiscovery extends Construct {
  readonly session: CfnSession;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.session = new CfnSession(this, 'Session', { status: 'ENABLED' });
  }
}

/**
 * Detective, for tracing a finding to its origin over services.
 *
 * - Stops: nothing. - Attaches to: the region, once. - Costs: $2 per GB of ingested logs; 30 days free.
 * - Limits: useful only to somebody who looks; it needs GuardDuty.
 */
export class Investigation extends Construct {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new CfnGraph(this, 'Graph');
  }
}

/**
 * IAM Access Analyzer: who outside is admitted (free), and which roles and keys nobody uses.
 *
 * - Stops: nothing by itself; it proves from policies who could.
 * - Attaches to: the region (external access) and the account (unused access).
 * - Costs: external access free, unused access $0.20 per role or user. - Limits: it reads policies, not use of data.
 */
export class AccessAnalyzers extends Construct {
  constructor(scope: Construct, id: string, props: { readonly unusedAccess: boolean }) {
    super(scope, id);
    new CfnAnalyzer(this, 'External', { type: 'ACCOUNT' });
    if (!props.unusedAccess) return;
    new CfnAnalyzer(this, 'Unused', {
      type: 'ACCOUNT_UNUSED_ACCESS',
      analyzerConfiguration: { unusedAccessConfiguration: { unusedAccessAge: 90 } },
    });
  }
}

export interface MonthlyBudgetProps {
  readonly dollars: number;
  readonly email: string;
}

/**
 * A budget that tells when 80 % of a month's money is spent, and when the forecast is above it.
 *
 * - Stops: a bill that grows unnoticed (a flood, a loop, stolen keys). - Attaches to: the account.
 * - Costs: nothing (two budgets are free). - Limits: it tells, hours later; it switches nothing off.
 */
export class MonthlyBudget extends Construct {
  constructor(scope: Construct, id: string, { dollars, email }: MonthlyBudgetProps) {
    super(scope, id);
    const subscribers = [{ subscriptionType: 'EMAIL', address: email }];
    new CfnBudget(this, 'Budget', {
      budget: { budgetType: 'COST', timeUnit: 'MONTHLY', budgetLimit: { amount: dollars, unit: 'USD' } },
      notificationsWithSubscribers: [
        {
          notification: { notificationType: 'ACTUAL', comparisonOperator: 'GREATER_THAN', threshold: 80 },
          subscribers,
        },
        {
          notification: {
            notificationType: 'FORECASTED',
            comparisonOperator: 'GREATER_THAN',
            threshold: 100,
          },
          subscribers,
        },
      ],
    });
  }
}
