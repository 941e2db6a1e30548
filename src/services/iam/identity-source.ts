import { compilePolicies, NO_POLICIES, type Policy, type PolicyProgram } from '../../iam/engine.ts';
import { ACCOUNTS } from '../../platform/accounts.ts';
import type { AccessKey, IdentityProvider, IdentitySource, Principal } from '../../platform/identity.ts';
import type { ServiceHost } from '../../platform/service.ts';
import type { Store } from '../../store/store.ts';
import { secretPurpose } from './access-keys.ts';
import { administratorRole } from './administrator-role.ts';
import { codeGuesses } from './code-guesses.ts';
import { accessKeys, groups, oidcProviders, roles, samlProviders, users } from './collections.ts';
import { policyOf } from './documents.ts';
import { byId, eachOf, principalRecord } from './find.ts';
import { compileManaged, managedPolicy } from './managed-policies.ts';
import { useCode } from './mfa-codes.ts';
import { arnOf, rootArn } from './names.ts';
import { tokenIssuer } from './outbound-federation.ts';
import type { PolicyHolder, RoleRecord, UserRecord } from './records.ts';
import { rootFeatures } from './root-access.ts';
import { tagRecord } from './tags.ts';
import { currentTrust } from './trust.ts';

/** Who is who, read from this service's records at each question. */
export function identitySource({ store, ports }: ServiceHost): IdentitySource {
  const guesses = codeGuesses();
  return {
    async accessKey(accessKeyId): Promise<AccessKey | undefined> {
      const found = await byId(store, accessKeys, accessKeyId);
      if (found === undefined) return undefined;
      const { account, userId, status, secret } = found.value;
      const opened = await ports.seal.open(secret, secretPurpose(accessKeyId));
      return {
        accessKeyId,
        secret: opened.toString(),
        active: status === 'Active',
        account,
        principalId: userId,
      };
    },

    async principal(account, id) {
      if (id === account) return rootPrincipal(store, account);
      const user = await byId(store, users, id);
      if (user?.value.account === account) return userPrincipal(store, user.value);
      const role = await byId(store, roles, id);
      return role?.value.account === account ? rolePrincipal(store, role.value) : undefined;
    },

    async principalByArn(arn) {
      const [, account] = /^arn:aws:iam::(\d{12}):root$/.exec(arn) ?? [];
      if (account !== undefined) return rootPrincipal(store, account);
      const found = await principalRecord(store, arn);
      if (found === undefined) return undefined;
      return found.kind === 'user' ? userPrincipal(store, found.value) : rolePrincipal(store, found.value);
    },

    async managedPolicy(arn, account) {
      const found = arn.startsWith('arn:') ? await managedPolicy(store, account, arn) : undefined;
      return found && compileManaged(store, account, [arn]);
    },

    tokenIssuer: (account) => tokenIssuer(store, ports.seal, account),

    rootFeatures: (management, organizationId) => rootFeatures(store, management, organizationId),

    async identityProvider(arn): Promise<IdentityProvider | undefined> {
      const oidc = await byId(store, oidcProviders, arn);
      if (oidc !== undefined) {
        const { host, clientIds, thumbprints } = oidc.value;
        return { kind: 'oidc', arn, host, clientIds, thumbprints };
      }
      const saml = await byId(store, samlProviders, arn);
      return saml && { kind: 'saml', arn, metadata: saml.value.metadata };
    },

    verifyMfa: (user, serialNumber, code, now) =>
      useCode({ store, ports, guesses }, user, serialNumber, code, now),

    administratorRole: (role, now) => administratorRole({ store, ports }, role, now),
  };
}

async function rootPrincipal(store: Store, account: string): Promise<Principal | undefined> {
  if ((await store.get(ACCOUNTS, account)) === undefined) return undefined;
  const facts = { kind: 'root', account, id: account, name: 'root', path: '/', tags: {} } as const;
  return { ...facts, arn: rootArn(account), identity: NO_POLICIES };
}

async function userPrincipal(store: Store, user: UserRecord): Promise<Principal> {
  const memberships = await eachOf(store, groups, user.groups);
  const holders: readonly PolicyHolder[] = [user, ...memberships.map(({ value }) => value)];
  return {
    kind: 'user',
    ...commonFacts(user),
    arn: arnOf('user', user),
    identity: await identityProgram(store, holders),
    ...(await boundaryOf(store, user)),
  };
}

async function rolePrincipal(store: Store, role: RoleRecord): Promise<Principal> {
  return {
    kind: 'role',
    ...commonFacts(role),
    arn: arnOf('role', role),
    identity: await identityProgram(store, [role]),
    ...(await boundaryOf(store, role)),
    role: { trust: await trustProgram(store, role), maxSessionSeconds: role.maxSessionSeconds },
  };
}

function commonFacts({ account, id, name, path, tags }: PolicyHolder) {
  return { account, id, name, path, tags: tagRecord(tags) };
}

/** Inline and managed policies of a user or role and of the user's groups, side by side. */
async function identityPolicies(store: Store, holders: readonly PolicyHolder[]): Promise<readonly Policy[]> {
  const found: Policy[] = [];
  for (const { inline, attached, account } of holders) {
    found.push(...inline.map(({ name, document }) => policyOf(document, `inline:${name}`)));
    found.push(...(await compileManaged(store, account, attached)).policies);
  }
  return found;
}

async function identityProgram(store: Store, holders: readonly PolicyHolder[]): Promise<PolicyProgram> {
  return compilePolicies(await identityPolicies(store, holders));
}

async function boundaryOf(
  store: Store,
  { account, boundary }: { readonly account: string; readonly boundary?: string },
): Promise<{ boundary?: PolicyProgram }> {
  return boundary === undefined ? {} : { boundary: await compileManaged(store, account, [boundary]) };
}

async function trustProgram(store: Store, role: RoleRecord): Promise<PolicyProgram> {
  return compilePolicies([policyOf(await currentTrust(store, role.trust), 'trust policy')]);
}
