import type * as Sts from '@aws-sdk/client-sts';
import type { Session } from '../../platform/caller.ts';
import type { CallContext } from '../../platform/context.ts';
import { awsError, type InputOf, type Operations } from '../../platform/service.ts';
import { credentialsFor, lifeOf } from './answers.ts';
import { accessDenied, validationError } from './errors.ts';
import { sessionPolicies } from './session-policies.ts';

type Input = InputOf<typeof Sts, 'GetScopedCredentials'>;

const MOST_SCOPES = 3;

/** @throws AwsError AccessDenied for long-term credentials, which have no session to scope down. */
function callingSession({ caller }: CallContext): Session {
  if (caller.session !== undefined) return caller.session;
  throw accessDenied('Cannot call GetScopedCredentials with long-term credentials');
}

/** A session may end sooner and never later. @throws AwsError SessionDurationEscalationException. */
function lifeWithin(session: Session, seconds: number | undefined, now: Date) {
  const left = { issuedAt: session.issuedAt, expiresAt: session.expiresAt };
  if (seconds === undefined) return left;
  const { expiresAt } = lifeOf(now, seconds);
  if (expiresAt > session.expiresAt) {
    throw awsError(
      'SessionDurationEscalationException',
      'The requested duration exceeds the remaining lifetime of the calling session.',
    );
  }
  return { ...left, expiresAt };
}

async function scopesOf(input: Input, session: Session, context: CallContext): Promise<readonly string[]> {
  const before = session.scopes ?? [];
  const { policies = [] } = await sessionPolicies(input, context);
  if (before.length + policies.length > MOST_SCOPES) {
    throw accessDenied(`A session takes at most ${MOST_SCOPES} scope down policies.`);
  }
  return [...before, ...policies];
}

/** Source: AWS STS API Reference, "GetScopedCredentials"; IAM User Guide, "Permissions for GetScopedCredentials". */
export const scopedOperations = {
  GetScopedCredentials: {
    readOnly: true,
    recordsAnswer: true,
    authorise: () => [{ action: 'sts:GetScopedCredentials', resource: '*' }],
    async handle(input, context) {
      if (input.Policy === undefined && input.DurationSeconds === undefined) {
        throw validationError('At least one of Policy and DurationSeconds is required.');
      }
      const { caller, now } = context;
      const before = callingSession(context);
      const scopes = await scopesOf(input, before, context);
      const session: Session = {
        ...before,
        ...lifeWithin(before, input.DurationSeconds, now),
        ...(scopes.length === 0 ? {} : { scopes }),
      };
      return {
        Credentials: await credentialsFor(session, context),
        SessionInfo: { ScopedSessionId: caller.userId, Arn: caller.arn },
        ScopedPoliciesCount: scopes.length,
        ...(before.sourceIdentity === undefined ? {} : { SourceIdentity: before.sourceIdentity }),
      };
    },
  },
} satisfies Operations<typeof Sts>;
