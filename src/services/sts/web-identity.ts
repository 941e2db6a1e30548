import type * as Sts from '@aws-sdk/client-sts';
import type { ContextValue } from '../../iam/request.ts';
import type { Session } from '../../platform/caller.ts';
import type { CallContext } from '../../platform/context.ts';
import { awsError, NO_PERMISSION_NEEDED, type Operations } from '../../platform/service.ts';
import { credentialsFor, lifeOf } from './answers.ts';
import { accessDenied, validationError } from './errors.ts';
import { claimedSourceIdentity, claimedTags } from './federated-claims.ts';
import { demandTrust } from './federated-trust.ts';
import type { KeySource } from './key-sets.ts';
import { accountOfRole, durationOf, roleNamed } from './roles.ts';
import { packedSize, sessionPolicies } from './session-policies.ts';
import { sessionTags, tagContext } from './session-tags.ts';
import { audiencesOf, demandValid, isSigned, readToken, type UnverifiedToken } from './web-token.ts';

type Claims = Readonly<Record<string, unknown>>;

const NOT_AUTHORISED = 'Not authorized to perform sts:AssumeRoleWithWebIdentity';
const TAG_CLAIM = 'https://aws.amazon.com/tags';
const SOURCE_CLAIM = 'https://aws.amazon.com/source_identity';

/** The token, when a provider of the account signed it for one of its clients. @throws AwsError. */
async function verifiedToken(text: string, account: string, context: CallContext, keys: KeySource) {
  const token = readToken(text);
  const arn = `arn:aws:iam::${account}:oidc-provider/${token.issuer}`;
  const provider = await context.ports.identity.identityProvider(arn);
  if (provider?.kind !== 'oidc') {
    throw awsError(
      'InvalidIdentityToken',
      `No OpenIDConnect provider found in your account for https://${token.issuer}`,
    );
  }
  // A provider may have changed its keys since they were read.
  const asked = { ...provider, networks: context.ports.settings.issuerNetworks };
  const signed = isSigned(token, await keys.keysOf(asked)) || isSigned(token, await keys.keysOf(asked, true));
  if (!signed)
    throw awsError('InvalidIdentityToken', 'The web identity token signature could not be verified.');
  demandValid(token, provider.clientIds, context.now);
  return { token, provider };
}

/** Tags that the provider puts into the token. Source: IAM User Guide, "Pass session tags in AWS STS". */
function tagsIn(claims: Claims) {
  const claim = claims[TAG_CLAIM];
  if (typeof claim !== 'object' || claim === null) return {};
  const given: unknown = Reflect.get(claim, 'principal_tags');
  const transitive: unknown = Reflect.get(claim, 'transitive_tag_keys');
  const Tags = Object.entries(typeof given === 'object' && given !== null ? given : {}).map(
    ([Key, value]) => {
      const Value: unknown = Array.isArray(value) ? value[0] : value;
      if (typeof Value !== 'string')
        throw awsError('InvalidIdentityToken', 'The session tags of the token are malformed.');
      return { Key, Value };
    },
  );
  const TransitiveTagKeys = Array.isArray(transitive)
    ? transitive.filter((each) => typeof each === 'string')
    : [];
  return { Tags: claimedTags(Tags), TransitiveTagKeys };
}

/** The keys that trust policies know a token by, and that stay with the session. */
function federationKeys(
  host: string,
  { claims }: UnverifiedToken,
): Record<string, string | readonly string[]> {
  const [audience] = audiencesOf(claims);
  const { amr } = claims;
  return {
    ...(audience === undefined ? {} : { [`${host}:aud`]: audience }),
    [`${host}:sub`]: String(claims.sub),
    ...(Array.isArray(amr) ? { [`${host}:amr`]: amr.filter((each) => typeof each === 'string') } : {}),
  };
}

/** Source: AWS STS API Reference, "AssumeRoleWithWebIdentity". */
export function webIdentityOperations(keys: KeySource) {
  return {
    AssumeRoleWithWebIdentity: {
      signature: 'none',
      authorise: NO_PERMISSION_NEEDED,
      readOnly: true,
      redact: ['WebIdentityToken'],
      recordsAnswer: true,
      sentBy({ RoleArn }, { Provider = '', Audience = '', SubjectFromWebIdentityToken = '' }) {
        return {
          account: accountOfRole(RoleArn),
          type: 'WebIdentityUser',
          principalId: `${Provider}:${Audience}:${SubjectFromWebIdentityToken}`,
          userName: SubjectFromWebIdentityToken,
          identityProvider: Provider,
        };
      },
      async handle(input, context) {
        if (input.ProviderId !== undefined) {
          throw validationError(
            'ProviderId is for OAuth 2.0 providers only; OpenID Connect tokens name theirs.',
          );
        }
        // Whether there is such a role is told to nobody without a token of its account's providers.
        const account = accountOfRole(input.RoleArn);
        const { token, provider } = await verifiedToken(input.WebIdentityToken, account, context, keys);
        const role = await roleNamed(input.RoleArn, context);
        if (role === undefined) throw accessDenied(NOT_AUTHORISED);
        const tags = tagsIn(token.claims);
        const source = claimedSourceIdentity(token.claims[SOURCE_CLAIM]);
        const federation = federationKeys(provider.host, token);
        const tagged = sessionTags(tags, undefined);
        const actions = [
          'sts:AssumeRoleWithWebIdentity',
          ...(tagged.tags === undefined ? [] : ['sts:TagSession']),
          ...(source === undefined ? [] : ['sts:SetSourceIdentity']),
        ];
        const asked: Record<string, ContextValue> = {
          ...federation,
          ...tagContext(tags),
          'sts:RoleSessionName': input.RoleSessionName,
          'aws:FederatedProvider': provider.arn,
          ...(source === undefined ? {} : { 'sts:SourceIdentity': source }),
        };
        await demandTrust(role, { type: 'web-identity', provider: provider.arn }, actions, asked, context);
        const session: Session = {
          kind: 'role',
          account: role.account,
          principalId: role.id,
          name: input.RoleSessionName,
          ...lifeOf(context.now, durationOf(input.DurationSeconds, role)),
          ...tagged,
          ...(source === undefined ? {} : { sourceIdentity: source }),
          ...(await sessionPolicies(input, { ...context, account: role.account })),
          federatedProvider: provider.arn,
          context: federation,
        };
        const packed = packedSize(session, context);
        const [audience] = audiencesOf(token.claims);
        return {
          Credentials: await credentialsFor(session, context),
          SubjectFromWebIdentityToken: String(token.claims.sub),
          AssumedRoleUser: {
            AssumedRoleId: `${role.id}:${input.RoleSessionName}`,
            Arn: `arn:aws:sts::${role.account}:assumed-role/${role.name}/${input.RoleSessionName}`,
          },
          Provider: provider.arn,
          ...(audience === undefined ? {} : { Audience: audience }),
          ...(packed === undefined ? {} : { PackedPolicySize: packed }),
          ...(source === undefined ? {} : { SourceIdentity: source }),
        };
      },
    },
  } satisfies Operations<typeof Sts>;
}
