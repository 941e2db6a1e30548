import type { CallContext } from '../../platform/context.ts';
import type { ResourceKind, Rule } from './authorisation.ts';
import {
  accessKeys,
  groups,
  instanceProfiles,
  mfaDevices,
  oidcProviders,
  roles,
  samlProviders,
  serverCertificates,
  users,
} from './collections.ts';
import { byId, named } from './find.ts';
import { managedPolicy } from './managed-policies.ts';
import { arnOf, type NamedKind, parseArn, rootArn } from './names.ts';
import type { Named, Tag } from './records.ts';
import { SERVICE_LINKED } from './service-linked-table.ts';

/** What an operation is about, as far as it can be found. */
export interface Resource {
  readonly arn: string;
  /** How AWS's denials name it, where they do not print the ARN. */
  readonly text?: string;
  readonly tags?: readonly Tag[];
  readonly boundary?: string | undefined;
}

/** The input of any operation, member by member. */
export type Fields = Readonly<Record<string, unknown>>;

function textIn(input: Fields, ...members: readonly string[]): string | undefined {
  for (const member of members) {
    const value = input[member];
    if (typeof value === 'string') return value;
  }
  return undefined;
}

/** Finds the resource of a call; what does not exist gets the ARN that it would have. */
export async function resourceOf(rule: Rule, input: Fields, context: CallContext): Promise<Resource> {
  const { account } = context;
  switch (rule.resource) {
    case 'none': {
      if (rule.lists === undefined) return { arn: '*' };
      // Policies that name all users by `user/*` allow listing them, although lists have no resource of their own.
      return { arn: `arn:aws:iam::${account}:${rule.lists}${textIn(input, 'PathPrefix') ?? '/'}` };
    }
    case 'user':
      return userResource(rule, textIn(input, 'UserName'), input, context);
    case 'group':
      return ofNamed('group', groups, rule, textIn(input, 'GroupName'), input, context);
    case 'role':
      return roleResource(rule, input, context);
    case 'instance-profile': {
      const name = textIn(input, 'InstanceProfileName');
      return ofNamed('instance-profile', instanceProfiles, rule, name, input, context);
    }
    case 'server-certificate': {
      const name = textIn(input, 'ServerCertificateName');
      return ofNamed('server-certificate', serverCertificates, rule, name, input, context);
    }
    case 'policy':
      return policyResource(rule, input, context);
    case 'mfa':
      return mfaResource(rule, input, context);
    case 'oidc-provider': {
      const host = textIn(input, 'Url')?.replace(/^https:\/\//, '');
      const arn =
        textIn(input, 'OpenIDConnectProviderArn') ?? `arn:aws:iam::${account}:oidc-provider/${host}`;
      return { arn, tags: ownTags((await byId(context.store, oidcProviders, arn))?.value, account) };
    }
    case 'saml-provider': {
      const name = textIn(input, 'Name');
      const arn = textIn(input, 'SAMLProviderArn') ?? `arn:aws:iam::${account}:saml-provider/${name}`;
      return { arn, tags: ownTags((await byId(context.store, samlProviders, arn))?.value, account) };
    }
    case 'entity':
      return { arn: textIn(input, 'Arn', 'PolicySourceArn') ?? '*' };
    case 'access-report':
      return { arn: `arn:aws:iam::${account}:access-report/${textIn(input, 'EntityPath') ?? ''}` };
    case 'key-owner':
      return keyOwner(textIn(input, 'AccessKeyId') ?? '', context);
  }
}

async function userResource(
  rule: Rule,
  name: string | undefined,
  input: Fields,
  context: CallContext,
): Promise<Resource> {
  if (name !== undefined) {
    const resource = await ofNamed('user', users, rule, name, input, context);
    return rule.creates ? resource : { ...resource, text: `user ${name}` };
  }
  const { caller } = context;
  const own =
    caller.kind === 'user' ? await byId(context.store, users, caller.principal?.id ?? '') : undefined;
  return own ? ofRecord('user', own.value) : { arn: caller.principal?.arn ?? rootArn(context.account) };
}

async function roleResource(rule: Rule, input: Fields, context: CallContext): Promise<Resource> {
  const linked = textIn(input, 'AWSServiceName');
  if (linked !== undefined) {
    const role = SERVICE_LINKED.find(({ service }) => service === linked.toLowerCase())?.role ?? '*';
    const suffix = textIn(input, 'CustomSuffix');
    const name = `AWSServiceRoleFor${role}${suffix === undefined ? '' : `_${suffix}`}`;
    return { arn: `arn:aws:iam::${context.account}:role/aws-service-role/${linked}/${name}` };
  }
  const task = textIn(input, 'DeletionTaskId')?.split('/');
  const name = textIn(input, 'RoleName') ?? task?.[3];
  const resource = await ofNamed('role', roles, rule, name, input, context);
  return rule.creates ? resource : { ...resource, text: `role ${name}` };
}

async function policyResource(rule: Rule, input: Fields, context: CallContext): Promise<Resource> {
  const { store, account } = context;
  if (rule.creates) {
    const name = textIn(input, 'PolicyName') ?? '';
    const arn = arnOf('policy', { account, path: textIn(input, 'Path') ?? '/', name });
    return { arn, text: `policy ${name}` };
  }
  const arn = textIn(input, 'PolicyArn') ?? '*';
  const found = arn.startsWith('arn:') ? await managedPolicy(store, account, arn) : undefined;
  const tags = found?.owner === 'account' ? found.policy.value.tags : [];
  return { arn, text: `policy ${arn}`, tags };
}

async function mfaResource(rule: Rule, input: Fields, { account, store }: CallContext): Promise<Resource> {
  if (rule.creates) {
    const name = textIn(input, 'VirtualMFADeviceName') ?? '';
    return { arn: arnOf('mfa', { account, path: textIn(input, 'Path') ?? '/', name }) };
  }
  const serial = textIn(input, 'SerialNumber') ?? '';
  const device = await byId(store, mfaDevices, serial);
  const arn = parseArn(serial) ? serial : arnOf('mfa', { account, path: '/', name: serial });
  return { arn, tags: ownTags(device?.value, account) };
}

/** What other accounts have has no tags here: they would tell that it is there. */
function ownTags(
  record: { readonly account: string; readonly tags: readonly Tag[] } | undefined,
  account: string,
): readonly Tag[] {
  return record?.account === account ? record.tags : [];
}

async function keyOwner(accessKeyId: string, { store, account }: CallContext): Promise<Resource> {
  const key = await byId(store, accessKeys, accessKeyId);
  const owner = key === undefined ? undefined : await byId(store, users, key.value.userId);
  if (owner?.value.account !== account) return { arn: `arn:aws:iam::${account}:user/*` };
  return { ...ofRecord('user', owner.value), text: `access key ${accessKeyId}` };
}

async function ofNamed<T extends Named & { readonly boundary?: string }>(
  kind: NamedKind & ResourceKind,
  collection: Parameters<typeof named<T>>[1],
  rule: Rule,
  name: string | undefined,
  input: Fields,
  { store, account }: CallContext,
): Promise<Resource> {
  const wanted = name ?? '';
  const found = rule.creates ? undefined : await named(store, collection, account, wanted);
  if (found !== undefined) return ofRecord(kind, found.value);
  const path = (rule.creates ? textIn(input, 'Path') : undefined) ?? '/';
  return { arn: arnOf(kind, { account, path, name: wanted }) };
}

function ofRecord(kind: NamedKind, record: Named & { readonly boundary?: string }): Resource {
  const arn = record.id === record.account ? rootArn(record.account) : arnOf(kind, record);
  return { arn, tags: record.tags, boundary: record.boundary };
}
