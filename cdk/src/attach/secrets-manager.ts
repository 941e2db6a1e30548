import { CfnPolicy } from 'aws-cdk-lib/aws-iam';
import { DatabaseCluster, DatabaseInstance } from 'aws-cdk-lib/aws-rds';
import { CfnRotationSchedule } from 'aws-cdk-lib/aws-secretsmanager';
import { type CfnResource, Duration, Stack } from 'aws-cdk-lib/core';
import { Construct, type IConstruct } from 'constructs';
import { set } from '../change.ts';
import { alreadyOn, attached, type Done, notAttached } from '../outcome.ts';
import { cfnOf, isTrue, type Json, read, referrersOf } from '../place.ts';
import { DATABASE_TYPES, takesSettingsFromElsewhere } from './databases.ts';
import { workloadRoles } from './kms.ts';
import { plainSecrets, WORKLOAD_TYPES } from './plain-secrets.ts';

/** Types at which `SecretsManagerSafeguard` attaches. */
export const SECRETS_PLACES = [...DATABASE_TYPES, 'AWS::SecretsManager::Secret', ...WORKLOAD_TYPES] as const;

export interface SecretsManagerSafeguardProps {
  /** A database, a secret, or a server, function or task whose settings are looked at. */
  readonly place: IConstruct;
  /** Says that the application reads its database secret at run time, so that the password may change by itself. */
  readonly applicationFetchesSecrets?: boolean;
  /** A function that rotates what the secrets of this stack open; see the Serverless Application Repository. */
  readonly rotationFunctionArn?: string;
}

/**
 * A database password that nobody knows: RDS makes it, keeps it in Secrets Manager and changes it every seven days.
 * Other secrets rotate every thirty days by a function that you name.
 *
 * - Stops: passwords in templates, settings and heads, and passwords that never change.
 * - Attaches to: databases whose password stands in the template or a parameter; secrets without rotation. Of servers,
 *   functions and tasks it tells which settings hold secrets in the clear.
 * - Costs: $0.40 per secret and month.
 * - Limits: the application must read the secret when it connects (`applicationFetchesSecrets`); not together with
 *   read replicas of most engines or blue/green deployments.
 */
export class SecretsManagerSafeguard extends Construct {
  readonly done: Done;

  constructor(scope: Construct, id: string, props: SecretsManagerSafeguardProps) {
    super(scope, id);
    const place = cfnOf(props.place);
    this.done = this.attach(place, props);
  }

  private attach(place: CfnResource, props: SecretsManagerSafeguardProps): Done {
    if (place.cfnResourceType === 'AWS::SecretsManager::Secret')
      return this.rotate(place, props.rotationFunctionArn);
    if (WORKLOAD_TYPES.some((type) => type === place.cfnResourceType)) return plainSecrets(place);
    return this.manage(place, props.applicationFetchesSecrets === true);
  }

  private manage(database: CfnResource, fetches: boolean): Done {
    if (takesSettingsFromElsewhere(database)) return alreadyOn('as its cluster or source says');
    if (isTrue(read(database, 'ManageMasterUserPassword')))
      return alreadyOn('RDS keeps and rotates the password');
    const password = read(database, 'MasterUserPassword');
    if (password === undefined) return notAttached('it names no password of its own');
    if (fromSecret(password)) return rotateGenerated(database, fetches);
    if (!fetches) {
      return notAttached(
        'the application must read the secret at run time first (GetSecretValue); then say applicationFetchesSecrets',
      );
    }
    set(database, 'ManageMasterUserPassword', true);
    database.addPropertyDeletionOverride('MasterUserPassword');
    this.letWorkloadsRead(database);
    return attached('RDS keeps the password in Secrets Manager and changes it every seven days');
  }

  private letWorkloadsRead(database: CfnResource): void {
    const roles = workloadRoles(Stack.of(database));
    if (roles.length === 0) return;
    new CfnPolicy(this, 'ReadSecret', {
      policyName: 'reads-database-secret',
      roles: roles.map((role) => role.ref),
      policyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Action: 'secretsmanager:GetSecretValue',
            Resource: database.getAtt('MasterUserSecret.SecretArn'),
          },
        ],
      },
    });
  }

  private rotate(secret: CfnResource, functionArn: string | undefined): Done {
    const names = [secret, ...referrersOf(secret, 'AWS::SecretsManager::SecretTargetAttachment')];
    const rotates = names.some(
      (each) => referrersOf(each, 'AWS::SecretsManager::RotationSchedule').length > 0,
    );
    if (rotates) return alreadyOn('it rotates by schedule');
    if (!functionArn)
      return notAttached('give rotationFunctionArn, or call addRotationSingleUser of the database');
    const schedule = new CfnRotationSchedule(this, 'Rotation', {
      secretId: secret.ref,
      rotationLambdaArn: functionArn,
      rotationRules: { automaticallyAfterDays: 30 },
    });
    for (const each of names.slice(1)) schedule.node.addDependency(each);
    return attached('it rotates every thirty days');
  }
}

/** CDK's own databases generate their password into a secret, and know how to rotate it. */
function rotateGenerated(database: CfnResource, fetches: boolean): Done {
  const owner = database.node.scope;
  const rotatable = owner instanceof DatabaseInstance || owner instanceof DatabaseCluster ? owner : undefined;
  if (!rotatable?.secret) return alreadyOn('the password stands in Secrets Manager only');
  const secret = cfnOf(rotatable.secret.node.scope ?? rotatable.secret);
  if (rotates(secret)) return alreadyOn('the password stands in Secrets Manager only and rotates');
  if (!fetches) {
    return notAttached(
      'the password never changes: when the application reads the secret at run time, say applicationFetchesSecrets',
    );
  }
  rotatable.addRotationSingleUser({ automaticallyAfter: Duration.days(30) });
  return attached('a function changes the password every thirty days');
}

function rotates(secret: CfnResource): boolean {
  return [secret, ...referrersOf(secret, 'AWS::SecretsManager::SecretTargetAttachment')].some(
    (each) => referrersOf(each, 'AWS::SecretsManager::RotationSchedule').length > 0,
  );
}

/** A password that is resolved from Secrets Manager when it is deployed. */
function fromSecret(password: Json): boolean {
  return JSON.stringify(password ?? '').includes('{{resolve:secretsmanager:');
}
