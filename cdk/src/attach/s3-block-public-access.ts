import type { CfnResource } from 'aws-cdk-lib/core';
import { Construct, type IConstruct } from 'constructs';
import { set } from '../change.ts';
import { alreadyOn, attached, type Done, notAttached } from '../outcome.ts';
import { at, cfnOf, isTrue, itemsOf, read, referrersOf } from '../place.ts';

/** Types at which `S3BlockPublicAccessSafeguard` attaches. */
export const S3_PLACES = ['AWS::S3::Bucket'] as const;

const SETTINGS = [
  'BlockPublicAcls',
  'BlockPublicPolicy',
  'IgnorePublicAcls',
  'RestrictPublicBuckets',
] as const;

export interface S3BlockPublicAccessSafeguardProps {
  /** A bucket. */
  readonly place: IConstruct;
}

/**
 * Blocks public access to a bucket by all four settings.
 *
 * - Stops: publishing of objects by a policy or ACL, also by mistake.
 * - Attaches to: buckets. `AccountSafeguards` does the same for the whole account.
 * - Costs: nothing.
 * - Limits: a bucket that is public on purpose (a website, a policy for everybody) is left: serve it through
 *   CloudFront first.
 */
export class S3BlockPublicAccessSafeguard extends Construct {
  readonly done: Done;

  constructor(scope: Construct, id: string, props: S3BlockPublicAccessSafeguardProps) {
    super(scope, id);
    this.done = block(cfnOf(props.place));
  }
}

function block(bucket: CfnResource): Done {
  const present = read(bucket, 'PublicAccessBlockConfiguration');
  if (SETTINGS.every((name) => isTrue(at(present, name)))) return alreadyOn('all four settings are on');
  if (read(bucket, 'WebsiteConfiguration') || isPublic(bucket)) {
    return notAttached('it is public on purpose: serve it through CloudFront, then block it');
  }
  for (const name of SETTINGS) set(bucket, `PublicAccessBlockConfiguration.${name}`, true);
  return attached('all four settings are on');
}

function isPublic(bucket: CfnResource): boolean {
  return referrersOf(bucket, 'AWS::S3::BucketPolicy').some((policy) =>
    itemsOf(read(policy, 'PolicyDocument', 'Statement')).some(
      (statement) =>
        at(statement, 'Effect') === 'Allow' &&
        at(statement, 'Condition') === undefined &&
        (at(statement, 'Principal') === '*' || at(statement, 'Principal', 'AWS') === '*'),
    ),
  );
}
