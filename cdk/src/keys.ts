import { CfnKey } from 'aws-cdk-lib/aws-kms';
import { RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { partitionArn, shared } from './support.ts';

export interface ManagedKeyProps {
  readonly description: string;
  /** Statements beside the delegation to IAM, for services that call under their own name. */
  readonly statements?: readonly object[];
}

/**
 * A customer managed key with a tight policy: the account's IAM policies decide who uses it, and only services
 * that are named may use it in their own name. Rotates every year.
 *
 * - Stops: use of data by somebody who may read the store but has no permission on the key.
 * - Attaches to: whatever takes a key; `KmsSafeguard` makes one per stack.
 * - Costs: $1 per month, $0.03 per 10,000 calls.
 * - Limits: no help against a stolen role that may decrypt; kept when the stack is deleted, because data that is
 *   encrypted with it would be lost.
 */
export class ManagedKey extends Construct {
  readonly key: CfnKey;

  constructor(scope: Construct, id: string, props: ManagedKeyProps) {
    super(scope, id);
    this.key = new CfnKey(this, 'Key', {
      description: props.description,
      enableKeyRotation: true,
      keyPolicy: {
        Version: '2012-10-17',
        Statement: [
          {
            Sid: 'DelegateToIam',
            Effect: 'Allow',
            Principal: { AWS: partitionArn(this, `iam::${Stack.of(this).account}:root`) },
            Action: 'kms:*',
            Resource: '*',
          },
          ...(props.statements ?? []),
        ],
      },
    });
    this.key.applyRemovalPolicy(RemovalPolicy.RETAIN);
  }
}

/** The one key of a stack for the data of its application. */
export function sharedDataKey(stack: Stack): ManagedKey {
  return shared(
    stack,
    'DataKey',
    (scope, id) => new ManagedKey(scope, id, { description: 'Data of the application' }),
  );
}
