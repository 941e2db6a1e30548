import { CfnManagedPolicy } from 'aws-cdk-lib/aws-iam';
import { type CfnResource, Stack } from 'aws-cdk-lib/core';
import { Construct, type IConstruct } from 'constructs';
import { set } from '../change.ts';
import { alreadyOn, attached, type Done, notAttached } from '../outcome.ts';
import { cfnOf, read } from '../place.ts';
import { shared } from '../support.ts';
import { workloadRoles } from './kms.ts';

/** Types at which `IamLeastPrivilegeSafeguard` attaches. */
export const IAM_PLACES = ['AWS::IAM::Role'] as const;

/** What no server, function or task of a web application needs: more rights, and blindness of the account. */
const NEVER = [
  'iam:Create*',
  'iam:Put*',
  'iam:Attach*',
  'iam:Update*',
  'iam:Delete*',
  'iam:SetDefaultPolicyVersion',
  'iam:AddUserToGroup',
  'iam:PassRole',
  'organizations:*',
  'account:*',
  'cloudtrail:StopLogging',
  'cloudtrail:DeleteTrail',
  'cloudtrail:UpdateTrail',
  'guardduty:Delete*',
  'guardduty:Disassociate*',
  'guardduty:Stop*',
  'securityhub:Disable*',
  'config:DeleteConfigurationRecorder',
  'config:StopConfigurationRecorder',
  'kms:ScheduleKeyDeletion',
  'kms:DisableKey',
];

/**
 * A permissions boundary for workloads: whatever their policies grant, they change no rights and switch off no
 * evidence.
 *
 * - Stops: a compromised server that gives itself more. - Attaches to: roles. - Costs: nothing.
 * - Limits: it is no list of what is needed: narrow policies remain the aim.
 */
export class WorkloadBoundary extends Construct {
  readonly policy: CfnManagedPolicy;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.policy = new CfnManagedPolicy(this, 'Policy', {
      description: 'Workloads change no rights and switch off no evidence',
      policyDocument: {
        Version: '2012-10-17',
        Statement: [
          { Sid: 'WhatPoliciesGrant', Effect: 'Allow', Action: '*', Resource: '*' },
          { Sid: 'Never', Effect: 'Deny', Action: NEVER, Resource: '*' },
        ],
      },
    });
  }
}

export interface IamLeastPrivilegeSafeguardProps {
  /** A role of servers, functions or tasks. */
  readonly place: IConstruct;
}

/**
 * Puts the {@link WorkloadBoundary} on a role of servers, functions or tasks.
 *
 * - Stops: what the boundary stops. - Attaches to: roles of servers, functions and tasks. - Costs: nothing.
 * - Limits: off unless named. It narrows no policy: which actions are needed only their use tells (IAM Access
 *   Advisor, policy generation of Access Analyzer). Functions that CDK uses to deploy keep their rights only if you
 *   leave them out.
 */
export class IamLeastPrivilegeSafeguard extends Construct {
  readonly done: Done;

  constructor(scope: Construct, id: string, props: IamLeastPrivilegeSafeguardProps) {
    super(scope, id);
    this.done = bound(cfnOf(props.place));
  }
}

function bound(role: CfnResource): Done {
  const stack = Stack.of(role);
  if (read(role, 'PermissionsBoundary')) return alreadyOn('it has a boundary');
  if (!workloadRoles(stack).includes(role)) return notAttached('no role of servers, functions or tasks');
  const { policy } = shared(stack, 'WorkloadBoundary', (scope, id) => new WorkloadBoundary(scope, id));
  set(role, 'PermissionsBoundary', policy.ref);
  return attached('a boundary: it changes no rights and switches off no evidence');
}
