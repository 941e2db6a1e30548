import { CfnInstanceProfile, CfnRole } from 'aws-cdk-lib/aws-iam';
import { CfnAssociation, CfnPatchBaseline } from 'aws-cdk-lib/aws-ssm';
import { type CfnResource, Stack, TagManager } from 'aws-cdk-lib/core';
import { Construct, type IConstruct } from 'constructs';
import { append, set } from '../change.ts';
import { alreadyOn, attached, type Done, notAttached } from '../outcome.ts';
import { at, cfnOf, itemsOf, type Json, read, rendered, targetOf } from '../place.ts';
import { partitionArn, shared } from '../support.ts';

/** Types at which `PatchManagerSafeguard` attaches. */
export const PATCH_PLACES = ['AWS::EC2::Instance', 'AWS::AutoScaling::AutoScalingGroup'] as const;

const TAG = { key: 'PatchedBy', value: 'weekly' } as const;

export interface WeeklyPatchesProps {
  /** When patches are installed and a restart is allowed. Default Saturday 18:00 UTC. */
  readonly schedule?: string;
  /** For a baseline of your own: the servers' system, such as `AMAZON_LINUX_2023`. Without it AWS's baseline holds. */
  readonly operatingSystem?: string;
  /** Days after which severe patches are approved, at most 30. Default 7. */
  readonly approveAfterDays?: number;
}

/**
 * Installs patches every week on servers with the tag `PatchedBy: weekly`. With an operating system named, a patch
 * baseline approves critical and important security patches after a week, so that the most severe ones are in within
 * a month even when one week is missed. AWS's default baselines wait seven days too.
 *
 * - Stops: exploits of vulnerabilities for which a patch exists.
 * - Attaches to: servers under Systems Manager. - Costs: nothing.
 * - Limits: not the application's own libraries (see `repositoryFiles`), and no containers.
 */
export class WeeklyPatches extends Construct {
  constructor(scope: Construct, id: string, props: WeeklyPatchesProps = {}) {
    super(scope, id);
    const approveAfterDays = props.approveAfterDays ?? 7;
    if (approveAfterDays > 30)
      throw new Error('approveAfterDays: severe patches must be approved within 30 days');
    new CfnAssociation(this, 'Association', {
      name: 'AWS-RunPatchBaseline',
      associationName: `${Stack.of(this).stackName}-weekly-patches`,
      scheduleExpression: props.schedule ?? 'cron(0 18 ? * SAT *)',
      maxConcurrency: '1',
      maxErrors: '1',
      parameters: { Operation: ['Install'], RebootOption: ['RebootIfNeeded'] },
      targets: [{ key: `tag:${TAG.key}`, values: [TAG.value] }],
    });
    if (props.operatingSystem) this.baseline(props.operatingSystem, approveAfterDays);
  }

  private baseline(operatingSystem: string, approveAfterDays: number): void {
    new CfnPatchBaseline(this, 'Baseline', {
      name: `${Stack.of(this).stackName}-severe-within-a-month`,
      operatingSystem,
      patchGroups: [TAG.value],
      approvalRules: {
        patchRules: [
          {
            approveAfterDays,
            complianceLevel: 'CRITICAL',
            enableNonSecurity: false,
            patchFilterGroup: {
              patchFilters: [
                { key: 'CLASSIFICATION', values: ['Security'] },
                { key: 'SEVERITY', values: ['Critical', 'Important'] },
              ],
            },
          },
        ],
      },
    });
  }
}

export interface PatchManagerSafeguardProps extends WeeklyPatchesProps {
  /** An instance or an Auto Scaling group. */
  readonly place: IConstruct;
}

/**
 * Puts servers under Systems Manager and installs patches on them every week ({@link WeeklyPatches}, one per stack).
 *
 * - Stops: exploits of vulnerabilities for which a patch exists. - Costs: nothing.
 * - Attaches to: instances and Auto Scaling groups; their role gets `AmazonSSMManagedInstanceCore`, which also opens
 *   Session Manager instead of SSH. A server without role gets one.
 * - Limits: as {@link WeeklyPatches}; a role of another stack is not changed.
 */
export class PatchManagerSafeguard extends Construct {
  readonly done: Done;

  constructor(scope: Construct, id: string, props: PatchManagerSafeguardProps) {
    super(scope, id);
    this.done = this.attach(cfnOf(props.place), props);
  }

  private attach(place: CfnResource, props: PatchManagerSafeguardProps): Done {
    const tags = TagManager.of(place);
    if (!tags) return notAttached('it takes no tags');
    const had = itemsOf(read(place, 'Tags')).some((tag) => at(tag, 'Key') === TAG.key);
    if (had) return alreadyOn(`it carries the tag ${TAG.key}`);
    const role = this.manage(place);
    if (role) return notAttached(role);
    tags.setTag(TAG.key, TAG.value);
    if (props.operatingSystem) tags.setTag('PatchGroup', TAG.value);
    shared(Stack.of(place), 'WeeklyPatches', (scope, id) => new WeeklyPatches(scope, id, props));
    return attached('patches are installed every Saturday, by Systems Manager');
  }

  /** Gives the server's role the policy of Systems Manager; returns why it could not. */
  private manage(place: CfnResource): string | undefined {
    const stack = Stack.of(place);
    const template = launchTemplateOf(place);
    const profileValue = template
      ? read(template, 'LaunchTemplateData', 'IamInstanceProfile')
      : read(place, 'IamInstanceProfile');
    const policy = partitionArn(this, 'iam::aws:policy/AmazonSSMManagedInstanceCore');
    if (profileValue === undefined) return this.newRole(place, template, policy);
    const profile = targetOf(stack, profileValue, 'AWS::IAM::InstanceProfile');
    const role = profile && targetOf(stack, read(profile, 'Roles'), 'AWS::IAM::Role');
    if (!role) return 'its role is not of this stack: attach AmazonSSMManagedInstanceCore there';
    if (!JSON.stringify(rendered(role)).includes('AmazonSSMManagedInstanceCore')) {
      append(role, 'ManagedPolicyArns', [policy]);
    }
    return undefined;
  }

  private newRole(place: CfnResource, template: CfnResource | undefined, policy: string): string | undefined {
    if (!template && place.cfnResourceType !== 'AWS::EC2::Instance') {
      return 'it has no launch template of this stack and no role';
    }
    const role = new CfnRole(this, 'Role', {
      assumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          { Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' },
        ],
      },
      managedPolicyArns: [policy],
    });
    const profile = new CfnInstanceProfile(this, 'InstanceProfile', { roles: [role.ref] });
    if (template) set(template, 'LaunchTemplateData.IamInstanceProfile', { Arn: profile.attrArn });
    else set(place, 'IamInstanceProfile', profile.ref);
    return undefined;
  }
}

/** The launch template of an Auto Scaling group or instance, where the same stack declares it. */
function launchTemplateOf(place: CfnResource): CfnResource | undefined {
  const named: Json = read(place, 'LaunchTemplate') ?? read(place, 'MixedInstancesPolicy', 'LaunchTemplate');
  return named === undefined ? undefined : targetOf(Stack.of(place), named, 'AWS::EC2::LaunchTemplate');
}
