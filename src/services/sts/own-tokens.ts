import type * as Sts from '@aws-sdk/client-sts';
import type { Session } from '../../platform/caller.ts';
import type { CallContext } from '../../platform/context.ts';
import { change, type Operations } from '../../platform/service.ts';
import { credentialsFor, lifeOf } from './answers.ts';
import { accessDenied } from './errors.ts';
import { verifiedMfa } from './mfa.ts';
import { packedSize, sessionPolicies } from './session-policies.ts';
import { sessionTags, tagContext } from './session-tags.ts';

const USUAL_SECONDS = 43_200;
/** Longest session of a root user. */
const ROOT_SECONDS = 3_600;

/** @throws AwsError AccessDenied for whoever has no long-term credentials. */
function demandLongTerm({ caller }: CallContext, operation: string): void {
  if (caller.session !== undefined || (caller.kind !== 'user' && caller.kind !== 'root')) {
    throw accessDenied(`Cannot call ${operation} with session credentials`);
  }
}

function durationOf(seconds: number | undefined, { caller }: CallContext): number {
  const asked = seconds ?? USUAL_SECONDS;
  return caller.kind === 'root' ? Math.min(asked, ROOT_SECONDS) : asked;
}

/** Source: AWS STS API Reference, "GetSessionToken" and "GetFederationToken". */
export const ownTokenOperations = {
  GetSessionToken: {
    redact: ['TokenCode'],
    recordsAnswer: true,
    /** Nobody needs a permission for it, but a policy may refuse it. */
    async authorise(_input, context) {
      const own = { action: 'sts:GetSessionToken', resource: '*' };
      return (await context.decide(own)).kind === 'explicit' ? [own] : [];
    },
    async handle(input, context) {
      demandLongTerm(context, 'GetSessionToken');
      const used = await verifiedMfa(input, context);
      const life = lifeOf(context.now, durationOf(input.DurationSeconds, context));
      const session: Session = {
        kind: 'session',
        account: context.account,
        principalId: context.caller.principal?.id ?? '',
        name: '',
        ...life,
        ...(used === undefined ? {} : { mfaAt: life.issuedAt }),
      };
      const output = { Credentials: await credentialsFor(session, context) };
      return used === undefined || used.length === 0 ? output : change(output, used);
    },
  },

  GetFederationToken: {
    recordsAnswer: true,
    actions: ['sts:GetFederationToken', 'sts:TagSession'],
    conditionKeys: ['aws:RequestTag/${TagKey}', 'aws:TagKeys', 'sts:TransitiveTagKeys'],
    authorise(input, { account }) {
      const resource = `arn:aws:sts::${account}:federated-user/${input.Name}`;
      const context = tagContext(input);
      const own = { action: 'sts:GetFederationToken', resource, context };
      return input.Tags === undefined || input.Tags.length === 0
        ? [own]
        : [own, { action: 'sts:TagSession', resource, context }];
    },
    async handle(input, context) {
      demandLongTerm(context, 'GetFederationToken');
      const { account } = context;
      const session: Session = {
        kind: 'federated-user',
        account,
        principalId: context.caller.principal?.id ?? '',
        name: input.Name,
        ...lifeOf(context.now, durationOf(input.DurationSeconds, context)),
        ...sessionTags(input, undefined),
        ...(await sessionPolicies(input, context)),
      };
      const packed = packedSize(session, context);
      return {
        Credentials: await credentialsFor(session, context),
        FederatedUser: {
          FederatedUserId: `${account}:${input.Name}`,
          Arn: `arn:aws:sts::${account}:federated-user/${input.Name}`,
        },
        PackedPolicySize: packed ?? 0,
      };
    },
  },
} satisfies Operations<typeof Sts>;
