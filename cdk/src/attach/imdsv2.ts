import type { CfnResource } from 'aws-cdk-lib/core';
import { Construct, type IConstruct } from 'constructs';
import { set } from '../change.ts';
import { alreadyOn, attached, type Done } from '../outcome.ts';
import { cfnOf, read } from '../place.ts';

/** Types at which `Imdsv2Safeguard` attaches. */
export const IMDSV2_PLACES = [
  'AWS::EC2::Instance',
  'AWS::EC2::LaunchTemplate',
  'AWS::AutoScaling::LaunchConfiguration',
] as const;

export interface Imdsv2SafeguardProps {
  /** An instance, launch template or launch configuration. */
  readonly place: IConstruct;
}

/**
 * Requires a session token for instance metadata, one hop away at most.
 *
 * - Stops: theft of the role's keys through a request that an attacker makes the application send (SSRF).
 * - Attaches to: instances, launch templates, launch configurations.
 * - Costs: nothing.
 * - Limits: an attacker who runs code on the server has the token too. Containers in bridge mode need two hops.
 */
export class Imdsv2Safeguard extends Construct {
  readonly done: Done;

  constructor(scope: Construct, id: string, props: Imdsv2SafeguardProps) {
    super(scope, id);
    this.done = requireToken(cfnOf(props.place));
  }
}

function requireToken(place: CfnResource): Done {
  const inTemplate = place.cfnResourceType === 'AWS::EC2::LaunchTemplate';
  const path = inTemplate ? ['LaunchTemplateData', 'MetadataOptions'] : ['MetadataOptions'];
  if (read(place, ...path, 'HttpTokens') === 'required') return alreadyOn('a session token is required');
  set(place, [...path, 'HttpTokens'].join('.'), 'required');
  if (read(place, ...path, 'HttpPutResponseHopLimit') === undefined) {
    set(place, [...path, 'HttpPutResponseHopLimit'].join('.'), 1);
  }
  return attached('a session token is required');
}
