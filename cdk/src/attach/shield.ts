import { CfnProtection } from 'aws-cdk-lib/aws-shield';
import { type CfnResource, Stack } from 'aws-cdk-lib/core';
import { Construct, type IConstruct } from 'constructs';
import { alreadyOn, attached, type Done, notAttached } from '../outcome.ts';
import { cfnOf, logicalIdOf, read, referrersOf } from '../place.ts';
import { partitionArn } from '../support.ts';

/** Types at which `ShieldSafeguard` attaches. */
export const SHIELD_PLACES = [
  'AWS::CloudFront::Distribution',
  'AWS::ElasticLoadBalancingV2::LoadBalancer',
  'AWS::EC2::EIP',
  'AWS::Route53::HostedZone',
] as const;

/** The words that must be said before anything of Shield Advanced is added. */
export const SHIELD_COMMITMENT = 'I accept $3,000 per month for at least twelve months';

export interface ShieldSafeguardProps {
  /** A distribution, application load balancer, Elastic IP address or hosted zone. */
  readonly place: IConstruct;
  /** Exactly {@link SHIELD_COMMITMENT}; without it nothing is added. */
  readonly acknowledgement?: string;
}

/**
 * A protection of Shield Advanced. Shield Standard is free, always on, and enough for most.
 *
 * - Stops: large floods, with a response team and refunds of what they cost to scale.
 * - Attaches to: distributions, application load balancers, Elastic IP addresses, hosted zones.
 * - Costs: $3,000 a month for at least twelve months, plus data. Never added without the acknowledgement.
 * - Limits: the subscription itself is not in CloudFormation (`aws shield create-subscription`).
 */
export class ShieldSafeguard extends Construct {
  readonly done: Done;

  constructor(scope: Construct, id: string, props: ShieldSafeguardProps) {
    super(scope, id);
    this.done = this.protect(cfnOf(props.place), props.acknowledgement);
  }

  private protect(place: CfnResource, acknowledgement: string | undefined): Done {
    if (acknowledgement !== SHIELD_COMMITMENT) {
      return notAttached(`a yearly commitment: set shieldAdvanced to "${SHIELD_COMMITMENT}"`);
    }
    const kind = read(place, 'Type');
    if (place.cfnResourceType.endsWith('::LoadBalancer') && kind !== undefined && kind !== 'application') {
      return notAttached('protect the Elastic IP addresses of a network load balancer instead');
    }
    if (referrersOf(place, 'AWS::Shield::Protection').length > 0) return alreadyOn('a protection names it');
    new CfnProtection(this, 'Protection', { name: logicalIdOf(place), resourceArn: arnOf(place) });
    return attached('a protection; subscribe the account with: aws shield create-subscription');
  }
}

function arnOf(place: CfnResource): string {
  const stack = Stack.of(place);
  switch (place.cfnResourceType) {
    case 'AWS::CloudFront::Distribution':
      return partitionArn(place, `cloudfront::${stack.account}:distribution/${place.ref}`);
    case 'AWS::Route53::HostedZone':
      return partitionArn(place, `route53:::hostedzone/${place.ref}`);
    case 'AWS::EC2::EIP':
      return partitionArn(
        place,
        `ec2:${stack.region}:${stack.account}:eip-allocation/${place.getAtt('AllocationId').toString()}`,
      );
    default:
      return place.ref;
  }
}
