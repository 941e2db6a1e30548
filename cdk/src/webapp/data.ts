import { CfnDBInstance, CfnDBSubnetGroup } from 'aws-cdk-lib/aws-rds';
import { CfnBucket } from 'aws-cdk-lib/aws-s3';
import { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { sharedDataKey } from '../keys.ts';
import { NO_PUBLIC_ACCESS } from '../log-bucket.ts';

export interface WebDataProps {
  readonly subnetIds: readonly string[];
  readonly securityGroupId: string;
  readonly engine: 'mysql' | 'postgres';
  readonly engineVersion: string;
  readonly instanceClass: string;
  readonly storageGigabytes: number;
  readonly databaseName: string;
}

/**
 * The data of a web application: a database in isolated subnets and a bucket for uploads, both under the stack's key.
 *
 * Nobody knows the database's master password: RDS makes it, keeps it in Secrets Manager and changes it every seven
 * days. The application signs in without a password, by a token of IAM that its role gives it.
 *
 * - Stops: stolen passwords, copied snapshots, connections that do not come from the servers.
 * - Costs: about $15 a month for the smallest database (twice that with a standby), $0.40 for the secret.
 * - Limits: the application's database user is made by its first migration (`IDENTIFIED WITH AWSAuthenticationPlugin
 *   AS 'RDS'` in MySQL, `GRANT rds_iam` in PostgreSQL).
 */
export class WebData extends Construct {
  readonly database: CfnDBInstance;
  readonly uploads: CfnBucket;

  constructor(scope: Construct, id: string, props: WebDataProps) {
    super(scope, id);
    const key = sharedDataKey(Stack.of(this)).key.attrArn;
    const subnets = new CfnDBSubnetGroup(this, 'Subnets', {
      dbSubnetGroupDescription: 'Isolated subnets for the database',
      subnetIds: [...props.subnetIds],
    });
    this.database = new CfnDBInstance(this, 'Database', {
      engine: props.engine,
      engineVersion: props.engineVersion,
      dbInstanceClass: props.instanceClass,
      allocatedStorage: String(props.storageGigabytes),
      storageType: 'gp3',
      dbName: props.databaseName,
      masterUsername: 'dbowner',
      manageMasterUserPassword: true,
      masterUserSecret: { kmsKeyId: key },
      enableIamDatabaseAuthentication: true,
      dbSubnetGroupName: subnets.ref,
      vpcSecurityGroups: [props.securityGroupId],
      publiclyAccessible: false,
      storageEncrypted: true,
      kmsKeyId: key,
      copyTagsToSnapshot: true,
      autoMinorVersionUpgrade: true,
    });
    this.uploads = new CfnBucket(this, 'Uploads', {
      publicAccessBlockConfiguration: NO_PUBLIC_ACCESS,
      ownershipControls: { rules: [{ objectOwnership: 'BucketOwnerEnforced' }] },
      bucketEncryption: {
        serverSideEncryptionConfiguration: [
          {
            bucketKeyEnabled: true,
            serverSideEncryptionByDefault: { sseAlgorithm: 'aws:kms', kmsMasterKeyId: key },
          },
        ],
      },
    });
  }
}
