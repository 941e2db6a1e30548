import type { ContextValue } from '../../iam/request.ts';
import type { CallContext, Permission } from '../../platform/context.ts';
import { awsError, type Operation } from '../../platform/service.ts';
import { demandTagRules } from '../../platform/tag-rules.ts';
import { AUTHORISATION, type AuthorisedOperation, type ConditionKey, type Rule } from './authorisation.ts';
import { mayChangeOwnPassword } from './login-profiles.ts';
import { parseArn } from './names.ts';
import { type Fields, type Resource, resourceOf } from './resources.ts';

type AnyOperation = Operation<Fields, object>;
type AnyHandler = AnyOperation['handle'];

/** Keys that the tags of what is there give; which kinds of resource have them is the reference's matter. */
const RESOURCE_TAGS = ['aws:ResourceTag/${TagKey}', 'iam:ResourceTag/${TagKey}'];
const WITH_AWS_TAGS = new Set([
  'user',
  'role',
  'policy',
  'instance-profile',
  'mfa',
  'oidc-provider',
  'saml-provider',
  'server-certificate',
  'key-owner',
]);
const WITH_IAM_TAGS = new Set(['user', 'role', 'key-owner']);

/** Puts what an operation does together with how it is authorised. */
export function authorised(name: AuthorisedOperation, handle: AnyHandler): AnyOperation {
  const rule: Rule = AUTHORISATION[name];
  const tagging = TAGGING[name];
  return {
    actions: [`iam:${name}`, ...(tagging ? [tagging] : []), ...(PASSING.has(name) ? ['iam:PassRole'] : [])],
    conditionKeys: [
      ...rule.keys,
      ...tagKeysOf(rule),
      ...(PASSING.has(name) ? ['iam:PassedToService', ...RESOURCE_TAGS] : []),
    ],
    authorise: async (input, context) => {
      demandPermanence(context);
      const own = await permission(name, rule, input, context);
      if (name === 'ChangePassword' && (await isOwnRight(own, context))) return [];
      return [
        own,
        ...(tagging && tagsIn(input).length > 0 ? [{ ...own, action: tagging }] : []),
        ...renamed(name, own, input),
        ...(PASSING.has(name) ? [await passRole(input, context)] : []),
      ];
    },
    async handle(input, context) {
      const given = tagsIn(input).map(({ Key, Value }) => ({ key: Key, value: Value }));
      await demandTagRules(context, `iam:${rule.resource}`, given, 'TagPolicyViolation');
      return handle(input, { ...context, now: wholeSecond(context.now) });
    },
    ...(REDACTED[name] ? { redact: REDACTED[name] } : {}),
  };
}

/** Whoever tags what it makes must be allowed to tag. Source: IAM User Guide, "Tags for IAM resources". */
const TAGGING: Partial<Record<AuthorisedOperation, string>> = {
  CreateUser: 'iam:TagUser',
  CreateRole: 'iam:TagRole',
  CreatePolicy: 'iam:TagPolicy',
  CreateInstanceProfile: 'iam:TagInstanceProfile',
  CreateVirtualMFADevice: 'iam:TagMFADevice',
  CreateOpenIDConnectProvider: 'iam:TagOpenIDConnectProvider',
  CreateSAMLProvider: 'iam:TagSAMLProvider',
  UploadServerCertificate: 'iam:TagServerCertificate',
};

/** Operations that hand a role on. */
const PASSING: ReadonlySet<AuthorisedOperation> = new Set(['AddRoleToInstanceProfile']);

/**
 * Whoever renames or moves something needs the permission for what it becomes as well. Source: IAM API Reference,
 * "UpdateUser", "UpdateGroup", "UpdateServerCertificate".
 */
function renamed(name: AuthorisedOperation, own: Permission, input: Fields): readonly Permission[] {
  if (!['UpdateUser', 'UpdateGroup', 'UpdateServerCertificate'].includes(name)) return [];
  const { NewPath, NewUserName, NewGroupName, NewServerCertificateName } = input;
  const newName = NewUserName ?? NewGroupName ?? NewServerCertificateName;
  const before = parseArn(own.resource);
  if (before === undefined || (NewPath === undefined && newName === undefined)) return [];
  const path = typeof NewPath === 'string' ? NewPath : before.path;
  const target = typeof newName === 'string' ? newName : before.name;
  const { resourceText: _text, ...rest } = own;
  return [{ ...rest, resource: `arn:aws:iam::${before.account}:${before.kind}${path}${target}` }];
}

/**
 * A federated user cannot use IAM at all, and a session of GetSessionToken only when it began with an MFA code.
 * Source: AWS STS API Reference, "GetSessionToken" and "GetFederationToken".
 */
function demandPermanence({ caller }: CallContext): void {
  const { session } = caller;
  const lasting = session?.kind !== 'session' || session.mfaAt !== undefined || session.assumedRoot === true;
  if (session?.kind !== 'federated-user' && lasting) return;
  throw awsError('InvalidClientTokenId', 'The security token included in the request is invalid', {
    status: 403,
  });
}

/** IAM's times have no fractions. */
function wholeSecond(moment: Date): Date {
  return new Date(Math.floor(moment.getTime() / 1000) * 1000);
}

/** Secrets of input and output that audit records leave out, besides those that the client's model marks. */
const REDACTED: Partial<Record<AuthorisedOperation, readonly string[]>> = {
  CreateAccessKey: ['AccessKey.SecretAccessKey'],
  CreateVirtualMFADevice: ['VirtualMFADevice.Base32StringSeed', 'VirtualMFADevice.QRCodePNG'],
  EnableMFADevice: ['AuthenticationCode1', 'AuthenticationCode2'],
  ResyncMFADevice: ['AuthenticationCode1', 'AuthenticationCode2'],
  CreateServiceSpecificCredential: ['ServiceSpecificCredential.ServicePassword'],
  ResetServiceSpecificCredential: ['ServiceSpecificCredential.ServicePassword'],
  UploadServerCertificate: ['PrivateKey'],
  CreateSAMLProvider: ['AddPrivateKey'],
  UpdateSAMLProvider: ['AddPrivateKey'],
  CreateLoginProfile: ['Password'],
  UpdateLoginProfile: ['Password'],
  ChangePassword: ['OldPassword', 'NewPassword'],
  GetCredentialReport: ['Content'],
};

function tagKeysOf({ resource }: Rule): readonly string[] {
  return RESOURCE_TAGS.filter((_, index) => (index === 0 ? WITH_AWS_TAGS : WITH_IAM_TAGS).has(resource));
}

async function permission(
  name: AuthorisedOperation,
  rule: Rule,
  input: Fields,
  context: CallContext,
): Promise<Permission> {
  const resource = await resourceOf(rule, input, context);
  return {
    action: `iam:${name}`,
    resource: resource.arn,
    resourceAccount: context.account,
    context: { ...tagContext(rule, resource), ...inputContext(rule, input, resource) },
    ...(resource.text === undefined ? {} : { resourceText: resource.text }),
  };
}

function tagContext(rule: Rule, { tags = [] }: Resource): Record<string, ContextValue> {
  const found: Record<string, ContextValue> = {};
  for (const pattern of tagKeysOf(rule)) {
    for (const { Key, Value } of tags) found[pattern.replace('${TagKey}', Key)] = Value;
  }
  return found;
}

function inputContext(rule: Rule, input: Fields, resource: Resource): Record<string, ContextValue> {
  return Object.assign({}, ...rule.keys.map((key) => valuesOf(key, input, resource)));
}

function valuesOf(key: ConditionKey, input: Fields, resource: Resource): Record<string, ContextValue> {
  switch (key) {
    case 'aws:RequestTag/${TagKey}':
      return Object.fromEntries(tagsIn(input).map(({ Key, Value }) => [`aws:RequestTag/${Key}`, Value]));
    case 'aws:TagKeys': {
      const keys = Array.isArray(input.TagKeys) ? input.TagKeys : tagsIn(input).map(({ Key }) => Key);
      return keys.length === 0 ? {} : { [key]: keys };
    }
    case 'iam:PermissionsBoundary':
      return only(key, input.PermissionsBoundary ?? resource.boundary);
    case 'iam:PolicyARN':
      return only(key, input.PolicyArn);
    case 'iam:AWSServiceName':
      return only(key, input.AWSServiceName);
    case 'iam:OrganizationsPolicyId':
      return only(key, input.OrganizationsPolicyId);
    case 'iam:ServiceSpecificCredentialServiceName':
      return only(key, input.ServiceName);
    case 'iam:ServiceSpecificCredentialAgeDays':
      return only(key, input.CredentialAgeDays);
  }
}

function only(key: string, value: unknown): Record<string, ContextValue> {
  return typeof value === 'string' || typeof value === 'number' ? { [key]: value } : {};
}

function tagsIn(input: Fields): readonly { readonly Key: string; readonly Value: string }[] {
  return Array.isArray(input.Tags) ? input.Tags : [];
}

/** An instance gets the role's permissions: whoever puts it there must be allowed to pass it on. */
async function passRole(input: Fields, context: CallContext): Promise<Permission> {
  const rule: Rule = { resource: 'role', keys: [] };
  const role = await resourceOf(rule, input, context);
  return {
    action: 'iam:PassRole',
    resource: role.arn,
    resourceAccount: context.account,
    context: { ...tagContext(rule, role), 'iam:PassedToService': 'ec2.amazonaws.com' },
  };
}

/**
 * The account's password policy may let users change their own passwords without a policy that allows it; what
 * refuses explicitly, or only limits, still holds.
 */
async function isOwnRight(own: Permission, context: CallContext): Promise<boolean> {
  if (!(await mayChangeOwnPassword(context))) return false;
  const { kind, layer } = await context.decide(own);
  return kind === 'implicit' && layer === 'identity';
}
