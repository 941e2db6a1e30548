import { randomUUID, sign } from 'node:crypto';
import type * as Sts from '@aws-sdk/client-sts';
import type { ContextValue } from '../../iam/request.ts';
import type { CallContext, Permission } from '../../platform/context.ts';
import type { TokenKey } from '../../platform/identity.ts';
import { awsError, type InputOf, type Operations } from '../../platform/service.ts';
import { demandNotFederated, validationError } from './errors.ts';

type Input = InputOf<typeof Sts, 'GetWebIdentityToken'>;

const USUAL_SECONDS = 300;
const MOST_PAYLOAD_BYTES = 8_192;

/** A session without a trusted identity acts for nobody else. @throws AwsError ValidationError. */
function demandOwnIdentity({ SubjectMode, Scope }: Input): void {
  if (SubjectMode === 'OriginIdentity') {
    throw validationError('The calling session has no trusted identity propagation context.');
  }
  if (Scope !== undefined) throw validationError('Scope needs the subject mode OriginIdentity.');
}

function permissions(input: Input, { caller }: CallContext): readonly Permission[] {
  demandNotFederated(caller, 'GetWebIdentityToken');
  demandOwnIdentity(input);
  const context: Record<string, ContextValue> = {
    'sts:IdentityTokenAudience': input.Audience,
    'sts:DurationSeconds': input.DurationSeconds ?? USUAL_SECONDS,
    'sts:SigningAlgorithm': input.SigningAlgorithm,
    ...(input.Tags && { 'aws:TagKeys': input.Tags.map(({ Key }) => Key) }),
    ...Object.fromEntries((input.Tags ?? []).map(({ Key, Value }) => [`aws:RequestTag/${Key}`, Value])),
  };
  const own = { action: 'sts:GetWebIdentityToken', resource: '*', context };
  if (input.Tags === undefined || input.Tags.length === 0) return [own];
  return [own, { ...own, action: 'sts:TagGetWebIdentityToken' }];
}

async function keyOf(input: Input, { account, ports }: CallContext) {
  const issuer = await ports.identity.tokenIssuer?.(account);
  if (!issuer?.enabled) {
    throw awsError(
      'OutboundWebIdentityFederationDisabledException',
      'Outbound web identity federation is not enabled for this account.',
    );
  }
  const key = issuer.keys.find(({ algorithm }) => algorithm === input.SigningAlgorithm);
  if (key === undefined) throw validationError(`Invalid signing algorithm: ${input.SigningAlgorithm}`);
  return { issuer: issuer.issuer, key };
}

/** Seconds since the epoch at which the token ends; it never outlives the session. */
function expiryOf({ DurationSeconds = USUAL_SECONDS }: Input, { caller, now }: CallContext): number {
  const expiry = Math.floor(now.getTime() / 1000) + DurationSeconds;
  if (caller.session !== undefined && expiry * 1000 > caller.session.expiresAt) {
    throw awsError(
      'SessionDurationEscalationException',
      'The requested duration would extend the session beyond its original expiration time.',
    );
  }
  return expiry;
}

/** Claims under AWS's own name. Source: IAM User Guide, "Understanding token claims". */
async function ownClaims(input: Input, { caller, account, region, ports }: CallContext) {
  const organization = await ports.organization.of(account);
  const tags = { ...caller.principal?.tags, ...caller.session?.tags };
  return {
    aws_account: account,
    source_region: region,
    principal_id: caller.principal?.arn ?? caller.arn,
    ...(organization && { org_id: organization.id, ou_path: organization.path }),
    ...(Object.keys(tags).length > 0 && { principal_tags: tags }),
    ...(input.Tags &&
      input.Tags.length > 0 && {
        request_tags: Object.fromEntries(input.Tags.map(({ Key, Value }) => [Key, Value])),
      }),
  };
}

/** A signed token. Source: RFC 7515, section 5.1; RFC 7518, sections 3.3 and 3.4. */
function signed(payload: object, { algorithm, id, privateKey }: TokenKey): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const body = part(payload);
  if (body.length > MOST_PAYLOAD_BYTES) {
    throw awsError(
      'JWTPayloadSizeExceededException',
      'The requested token payload size exceeds the maximum allowed size.',
    );
  }
  const text = `${part({ alg: algorithm, typ: 'JWT', kid: id })}.${body}`;
  const hash = algorithm === 'RS256' ? 'sha256' : 'sha384';
  const signature = sign(hash, Buffer.from(text), { key: privateKey, dsaEncoding: 'ieee-p1363' });
  return `${text}.${signature.toString('base64url')}`;
}

/** Source: AWS STS API Reference, "GetWebIdentityToken". */
export const outboundTokenOperations = {
  GetWebIdentityToken: {
    actions: ['sts:GetWebIdentityToken', 'sts:TagGetWebIdentityToken'],
    conditionKeys: [
      'aws:RequestTag/${TagKey}',
      'aws:TagKeys',
      'sts:DurationSeconds',
      'sts:IdentityTokenAudience',
      'sts:SigningAlgorithm',
    ],
    authorise: permissions,
    readOnly: true,
    recordsAnswer: true,
    async handle(input, context) {
      const { caller, now } = context;
      const { issuer, key } = await keyOf(input, context);
      const exp = expiryOf(input, context);
      const [audience] = input.Audience;
      const payload = {
        iss: issuer,
        aud: input.Audience.length === 1 ? audience : input.Audience,
        sub: caller.principal?.arn ?? caller.arn,
        iat: Math.floor(now.getTime() / 1000),
        exp,
        jti: randomUUID(),
        'https://sts.amazonaws.com/': await ownClaims(input, context),
      };
      return { WebIdentityToken: signed(payload, key), Expiration: new Date(exp * 1000) };
    },
  },
} satisfies Operations<typeof Sts>;
