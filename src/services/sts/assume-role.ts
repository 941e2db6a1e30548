import type * as Sts from '@aws-sdk/client-sts';
import { NO_POLICIES } from '../../iam/engine.ts';
import type { ContextValue } from '../../iam/request.ts';
import type { Session } from '../../platform/caller.ts';
import type { CallContext, Permission } from '../../platform/context.ts';
import { change, type InputOf, type Operations } from '../../platform/service.ts';
import { credentialsFor, lifeOf } from './answers.ts';
import { accessDenied, demandNotFederated } from './errors.ts';
import { verifiedMfa } from './mfa.ts';
import { durationOf, type Role, roleNamed, roleTags } from './roles.ts';
import { packedSize, sessionPolicies } from './session-policies.ts';
import { sessionTags, tagContext } from './session-tags.ts';

type Input = InputOf<typeof Sts, 'AssumeRole'>;

async function roleOf(input: Input, context: CallContext): Promise<Role> {
  const role = await roleNamed(input.RoleArn, context);
  if (role === undefined) throw accessDenied(`The role ${input.RoleArn} was deleted meanwhile.`);
  return role;
}

/** A role that is not there is answered as one that trusts nobody. */
function nobodysRole(arn: string): Permission {
  return { action: 'sts:AssumeRole', resource: arn, resourcePolicy: NO_POLICIES };
}

/** A session keeps the source identity that it began with. @throws AwsError AccessDenied. */
function sourceIdentityOf(input: Input, { caller }: CallContext): string | undefined {
  const before = caller.session?.sourceIdentity;
  if (before !== undefined && input.SourceIdentity !== undefined && input.SourceIdentity !== before) {
    throw accessDenied('The source identity of a session cannot be changed.');
  }
  return input.SourceIdentity ?? before;
}

/** What every permission about the role has in common. */
function about(role: Role, action: string, context: Record<string, ContextValue>): Permission {
  return {
    action,
    resource: role.arn,
    resourceAccount: role.account,
    resourcePolicy: role.role.trust,
    context,
  };
}

async function permissions(input: Input, context: CallContext): Promise<readonly Permission[]> {
  const { caller } = context;
  if (caller.kind === 'root') throw accessDenied('Roles may not be assumed by root accounts.');
  demandNotFederated(caller, 'AssumeRole');
  // What is wrong with the request itself is told before anything of the role.
  const mfa = (await verifiedMfa(input, context)) !== undefined;
  const source = sourceIdentityOf(input, context);
  const { tags } = sessionTags(input, caller.session);
  const role = await roleNamed(input.RoleArn, context);
  if (role === undefined) return [nobodysRole(input.RoleArn)];
  const shared: Record<string, ContextValue> = {
    'sts:RoleSessionName': input.RoleSessionName,
    ...(input.ExternalId === undefined ? {} : { 'sts:ExternalId': input.ExternalId }),
    ...(source === undefined ? {} : { 'sts:SourceIdentity': source }),
    ...(mfa ? { 'aws:MultiFactorAuthPresent': true, 'aws:MultiFactorAuthAge': 0 } : {}),
    ...roleTags(role),
    ...tagContext(input),
  };
  return [
    about(role, 'sts:AssumeRole', shared),
    ...(tags === undefined ? [] : [about(role, 'sts:TagSession', shared)]),
    ...(source === undefined ? [] : [about(role, 'sts:SetSourceIdentity', shared)]),
  ];
}

/** Source: AWS STS API Reference, "AssumeRole". */
export const assumeRoleOperations = {
  AssumeRole: {
    actions: ['sts:AssumeRole', 'sts:TagSession', 'sts:SetSourceIdentity'],
    conditionKeys: [
      'aws:MultiFactorAuthAge',
      'aws:MultiFactorAuthPresent',
      'aws:RequestTag/${TagKey}',
      'aws:ResourceTag/${TagKey}',
      'aws:TagKeys',
      'iam:ResourceTag/${TagKey}',
      'sts:ExternalId',
      'sts:RoleSessionName',
      'sts:SourceIdentity',
      'sts:TransitiveTagKeys',
    ],
    redact: ['TokenCode'],
    readOnly: true,
    recordsAnswer: true,
    alsoRecordedIn: ({ RoleArn }) => RoleArn.split(':')[4],
    authorise: permissions,
    async handle(input, context) {
      const { caller, now } = context;
      const role = await roleOf(input, context);
      const used = await verifiedMfa(input, context);
      const chained = caller.kind === 'role';
      const life = lifeOf(now, durationOf(input.DurationSeconds, role, chained));
      const source = sourceIdentityOf(input, context);
      const session: Session = {
        kind: 'role',
        account: role.account,
        principalId: role.id,
        name: input.RoleSessionName,
        ...life,
        ...(used === undefined ? {} : { mfaAt: life.issuedAt }),
        ...sessionTags(input, caller.session),
        ...(source === undefined ? {} : { sourceIdentity: source }),
        ...(await sessionPolicies(input, { ...context, account: role.account })),
        ...(chained ? { chained } : {}),
      };
      const packed = packedSize(session, context);
      const output = {
        Credentials: await credentialsFor(session, context),
        AssumedRoleUser: {
          AssumedRoleId: `${role.id}:${input.RoleSessionName}`,
          Arn: `arn:aws:sts::${role.account}:assumed-role/${role.name}/${input.RoleSessionName}`,
        },
        ...(packed === undefined ? {} : { PackedPolicySize: packed }),
        ...(source === undefined ? {} : { SourceIdentity: source }),
      };
      return used === undefined || used.length === 0 ? output : change(output, used);
    },
  },
} satisfies Operations<typeof Sts>;
