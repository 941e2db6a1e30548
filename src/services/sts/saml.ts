import { createHash } from 'node:crypto';
import type * as Sts from '@aws-sdk/client-sts';
import type { Session } from '../../platform/caller.ts';
import type { CallContext } from '../../platform/context.ts';
import { awsError, type InputOf, NO_PERMISSION_NEEDED, type Operations } from '../../platform/service.ts';
import { credentialsFor, lifeOf } from './answers.ts';
import { accessDenied } from './errors.ts';
import { claimedSourceIdentity, claimedTags } from './federated-claims.ts';
import { demandTrust } from './federated-trust.ts';
import { accountOfRole, durationOf, type Role, roleNamed } from './roles.ts';
import { type Assertion, readAssertion, signerIn } from './saml-assertion.ts';
import { signedAssertion } from './saml-signature.ts';
import { packedSize, sessionPolicies } from './session-policies.ts';
import { sessionTags, tagContext } from './session-tags.ts';

type Input = InputOf<typeof Sts, 'AssumeRoleWithSAML'>;

const ACTION = 'sts:AssumeRoleWithSAML';
const NOT_AUTHORISED = `Not authorized to perform ${ACTION}`;
const PROVIDER_ARN = /^arn:aws:iam::(\d{12}):saml-provider\/([\w._-]{1,128})$/;
const OURS = 'https://aws.amazon.com/SAML/Attributes/';
const SESSION_NAME = /^[\w+=,.@-]{2,64}$/;

/** Attributes that trust policies know. Source: IAM User Guide, "Available keys for SAML-based federation". */
const ATTRIBUTE_KEYS: Readonly<Record<string, string>> = {
  'urn:oid:1.3.6.1.4.1.5923.1.1.1.1': 'saml:edupersonaffiliation',
  'urn:oid:1.3.6.1.4.1.5923.1.1.1.2': 'saml:edupersonnickname',
  'urn:oid:1.3.6.1.4.1.5923.1.1.1.3': 'saml:edupersonorgdn',
  'urn:oid:1.3.6.1.4.1.5923.1.1.1.4': 'saml:edupersonorgunitdn',
  'urn:oid:1.3.6.1.4.1.5923.1.1.1.5': 'saml:edupersonprimaryaffiliation',
  'urn:oid:1.3.6.1.4.1.5923.1.1.1.6': 'saml:edupersonprincipalname',
  'urn:oid:1.3.6.1.4.1.5923.1.1.1.7': 'saml:edupersonentitlement',
  'urn:oid:1.3.6.1.4.1.5923.1.1.1.8': 'saml:edupersonprimaryorgunitdn',
  'urn:oid:1.3.6.1.4.1.5923.1.1.1.9': 'saml:edupersonscopedaffiliation',
  'urn:oid:1.3.6.1.4.1.5923.1.1.1.10': 'saml:edupersontargetedid',
  'urn:oid:1.3.6.1.4.1.5923.1.1.1.11': 'saml:edupersonassurance',
  'urn:oid:2.5.4.3': 'saml:cn',
  'urn:oid:2.5.4.4': 'saml:surname',
  'urn:oid:2.5.4.41': 'saml:name',
  'urn:oid:2.5.4.42': 'saml:givenName',
  'urn:oid:0.9.2342.19200300.100.1.1': 'saml:uid',
  'urn:oid:0.9.2342.19200300.100.1.3': 'saml:mail',
  'urn:oid:0.9.2342.19200300.100.1.45': 'saml:organizationStatus',
};

interface Provider {
  readonly arn: string;
  readonly account: string;
  readonly name: string;
}

/** The assertion that a provider signed, and the role that it is for. @throws AwsError. */
async function federation(input: Input, context: CallContext) {
  const [, account = '', name = ''] = PROVIDER_ARN.exec(input.PrincipalArn) ?? [];
  const provider: Provider = { arn: input.PrincipalArn, account, name };
  const known = await context.ports.identity.identityProvider(provider.arn);
  if (known?.kind !== 'saml') {
    throw awsError('InvalidIdentityToken', "Specified provider doesn't exist");
  }
  const { entityId, certificates } = signerIn(known.metadata);
  const response = Buffer.from(input.SAMLAssertion, 'base64').toString('utf8');
  const signed = signedAssertion(response, certificates);
  if (signed === undefined) throw awsError('InvalidIdentityToken', 'Response signature invalid');
  const assertion = readAssertion(signed, context.now);
  if (assertion.issuer !== entityId) {
    throw awsError('InvalidIdentityToken', 'Issuer not present in specified provider');
  }
  // Whether there is such a role is told to nobody without an assertion for it.
  if (!isFor(assertion, input.RoleArn, provider)) throw accessDenied(NOT_AUTHORISED);
  const role = await roleNamed(input.RoleArn, context);
  if (role?.account !== account) throw accessDenied(NOT_AUTHORISED);
  return { provider, role, assertion };
}

/** Whether an assertion names a role together with the provider. */
function isFor({ attributes }: Assertion, roleArn: string, provider: Provider): boolean {
  return (attributes.get(`${OURS}Role`) ?? []).some((pair) => {
    const parts = pair.split(',').map((each) => each.trim());
    return parts.length === 2 && parts.includes(roleArn) && parts.includes(provider.arn);
  });
}

function sessionNameOf({ attributes }: Assertion): string {
  const [name] = attributes.get(`${OURS}RoleSessionName`) ?? [];
  if (name === undefined) {
    throw awsError('InvalidIdentityToken', 'RoleSessionName is required in AuthnResponse');
  }
  if (SESSION_NAME.test(name)) return name;
  throw awsError(
    'InvalidIdentityToken',
    'RoleSessionName in AuthnResponse must match [a-zA-Z_0-9+=,.@-]{2,64}',
  );
}

function tagsOf({ attributes }: Assertion) {
  const prefix = `${OURS}PrincipalTag:`;
  const Tags = [...attributes]
    .filter(([name]) => name.startsWith(prefix))
    .map(([name, [Value = '']]) => ({ Key: name.slice(prefix.length), Value }));
  return {
    Tags: claimedTags(Tags),
    TransitiveTagKeys: [...(attributes.get(`${OURS}TransitiveTagKeys`) ?? [])],
  };
}

/** The same subject of the same provider always has the same one. */
function nameQualifier({ issuer }: Assertion, { account, name }: Provider): string {
  return createHash('sha1').update(`${issuer}${account}/${name}`).digest('base64');
}

function federationKeys(
  assertion: Assertion,
  provider: Provider,
): Record<string, string | readonly string[]> {
  const keys: Record<string, string | readonly string[]> = {
    'saml:aud': assertion.recipient,
    'saml:doc': `${provider.account}/${provider.name}`,
    'saml:iss': assertion.issuer,
    'saml:namequalifier': nameQualifier(assertion, provider),
    'saml:sub': assertion.subject,
    'saml:sub_type': assertion.subjectType,
  };
  for (const [attribute, key] of Object.entries(ATTRIBUTE_KEYS)) {
    const values = assertion.attributes.get(attribute);
    if (values !== undefined && values.length > 0) keys[key] = values;
  }
  return keys;
}

/** A session does not outlive that of the provider. */
function secondsOf(input: Input, role: Role, { sessionEnd }: Assertion, now: Date): number {
  const seconds = durationOf(input.DurationSeconds, role);
  if (sessionEnd === undefined) return seconds;
  const left = Math.floor((sessionEnd - now.getTime()) / 1000);
  if (left <= 0) throw awsError('ExpiredTokenException', 'The session of the identity provider is over');
  return Math.min(seconds, left);
}

/** Source: AWS STS API Reference, "AssumeRoleWithSAML". */
export const samlOperations = {
  AssumeRoleWithSAML: {
    signature: 'none',
    authorise: NO_PERMISSION_NEEDED,
    readOnly: true,
    redact: ['SAMLAssertion'],
    recordsAnswer: true,
    sentBy({ RoleArn }, { NameQualifier = '', Subject = '' }) {
      return {
        account: accountOfRole(RoleArn),
        type: 'SAMLUser',
        principalId: `${NameQualifier}:${Subject}`,
        userName: Subject,
        identityProvider: NameQualifier,
      };
    },
    async handle(input, context) {
      const { provider, role, assertion } = await federation(input, context);
      const name = sessionNameOf(assertion);
      const tags = tagsOf(assertion);
      const source = claimedSourceIdentity(assertion.attributes.get(`${OURS}SourceIdentity`)?.[0]);
      const keys = federationKeys(assertion, provider);
      const tagged = sessionTags(tags, undefined);
      const actions = [
        ACTION,
        ...(tagged.tags === undefined ? [] : ['sts:TagSession']),
        ...(source === undefined ? [] : ['sts:SetSourceIdentity']),
      ];
      const asked = {
        ...keys,
        ...tagContext(tags),
        'sts:RoleSessionName': name,
        'aws:FederatedProvider': provider.arn,
        ...(source === undefined ? {} : { 'sts:SourceIdentity': source }),
      };
      await demandTrust(role, { type: 'saml', provider: provider.arn }, actions, asked, context);
      const session: Session = {
        kind: 'role',
        account: role.account,
        principalId: role.id,
        name,
        ...lifeOf(context.now, secondsOf(input, role, assertion, context.now)),
        ...tagged,
        ...(source === undefined ? {} : { sourceIdentity: source }),
        ...(await sessionPolicies(input, { ...context, account: role.account })),
        federatedProvider: provider.arn,
        context: keys,
      };
      const packed = packedSize(session, context);
      return {
        Credentials: await credentialsFor(session, context),
        AssumedRoleUser: {
          AssumedRoleId: `${role.id}:${name}`,
          Arn: `arn:aws:sts::${role.account}:assumed-role/${role.name}/${name}`,
        },
        Subject: assertion.subject,
        SubjectType: assertion.subjectType,
        Issuer: assertion.issuer,
        Audience: assertion.recipient,
        NameQualifier: nameQualifier(assertion, provider),
        ...(packed === undefined ? {} : { PackedPolicySize: packed }),
        ...(source === undefined ? {} : { SourceIdentity: source }),
      };
    },
  },
} satisfies Operations<typeof Sts>;
