import type { EditValue } from '../../model/remedy.ts';

/** A type whose replacement loses data, with what keeps it from being deleted. */
export interface StatefulType {
  readonly type: string;
  /** What `DeletionPolicy` is set to: a snapshot where CloudFormation can take one. */
  readonly keep: 'Snapshot' | 'Retain';
  readonly protection?: { readonly property: string; readonly value: EditValue };
  /** The steps of its migration (`runbooks.ts`). */
  readonly runbook: RunbookId;
}

export type RunbookId =
  | 'rds-instance'
  | 'rds-cluster'
  | 'neptune'
  | 'docdb'
  | 'elasticache'
  | 'memorydb'
  | 'efs'
  | 'volume'
  | 'instance'
  | 'bucket'
  | 'table'
  | 'redshift'
  | 'generic';

const DELETION_PROTECTION = { property: 'DeletionProtection', value: true } as const;

function retained(type: string, runbook: RunbookId = 'generic'): StatefulType {
  return { type, keep: 'Retain', runbook };
}

/**
 * The types that hold data (CloudFormation user guide, "DeletionPolicy attribute": which of them can be kept as
 * a snapshot).
 */
export const STATEFUL_TYPES: readonly StatefulType[] = [
  {
    type: 'AWS::RDS::DBInstance',
    keep: 'Snapshot',
    protection: DELETION_PROTECTION,
    runbook: 'rds-instance',
  },
  { type: 'AWS::RDS::DBCluster', keep: 'Snapshot', protection: DELETION_PROTECTION, runbook: 'rds-cluster' },
  { type: 'AWS::Neptune::DBCluster', keep: 'Snapshot', protection: DELETION_PROTECTION, runbook: 'neptune' },
  { type: 'AWS::DocDB::DBCluster', keep: 'Snapshot', protection: DELETION_PROTECTION, runbook: 'docdb' },
  { type: 'AWS::ElastiCache::ReplicationGroup', keep: 'Snapshot', runbook: 'elasticache' },
  { type: 'AWS::ElastiCache::CacheCluster', keep: 'Snapshot', runbook: 'elasticache' },
  retained('AWS::MemoryDB::Cluster', 'memorydb'),
  retained('AWS::DAX::Cluster'),
  retained('AWS::EFS::FileSystem', 'efs'),
  retained('AWS::FSx::FileSystem'),
  { type: 'AWS::EC2::Volume', keep: 'Snapshot', runbook: 'volume' },
  retained('AWS::EC2::Instance', 'instance'),
  {
    type: 'AWS::DynamoDB::Table',
    keep: 'Retain',
    protection: { property: 'DeletionProtectionEnabled', value: true },
    runbook: 'table',
  },
  retained('AWS::DynamoDB::GlobalTable', 'table'),
  { type: 'AWS::Redshift::Cluster', keep: 'Snapshot', runbook: 'redshift' },
  retained('AWS::OpenSearchService::Domain'),
  retained('AWS::Elasticsearch::Domain'),
  retained('AWS::MSK::Cluster'),
  retained('AWS::AmazonMQ::Broker'),
  retained('AWS::S3::Bucket', 'bucket'),
  retained('AWS::Kinesis::Stream'),
  retained('AWS::SQS::Queue'),
  retained('AWS::ECR::Repository'),
  retained('AWS::Backup::BackupVault'),
  retained('AWS::KMS::Key'),
  retained('AWS::SecretsManager::Secret'),
  retained('AWS::Timestream::Database'),
  {
    type: 'AWS::Cognito::UserPool',
    keep: 'Retain',
    protection: { property: 'DeletionProtection', value: 'ACTIVE' },
    runbook: 'generic',
  },
];

const byType = new Map(STATEFUL_TYPES.map((each) => [each.type, each]));

/** What is known of a type that holds data, or undefined for one that can be made again. */
export function statefulType(type: string): StatefulType | undefined {
  return byType.get(type);
}
