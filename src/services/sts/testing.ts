import type * as Iam from '@aws-sdk/client-iam';
import { compilePolicies, parsePolicyText } from '../../iam/engine.ts';
import type { Caller } from '../../platform/caller.ts';
import type { IdentityProvider, IdentitySource, Principal } from '../../platform/identity.ts';
import { moveIdentityVersion } from '../../platform/identity-version.ts';
import { service } from '../../platform/service.ts';
import { TEST_ACCOUNT, type TestBed, testPlatform } from '../../platform/testing.ts';
import { definition } from './service.ts';

export const OTHER_ACCOUNT = '000087654321';
/** The code that every device of these tests shows. */
export const RIGHT_CODE = '123456';

interface RoleOptions {
  readonly name: string;
  readonly trust: object;
  readonly policies?: readonly object[];
  readonly account?: string;
  readonly seconds?: number;
}

/** STS on a platform whose identities the test makes up. */
export interface StsBed extends TestBed {
  user(name: string, ...policies: readonly object[]): Promise<Caller>;
  role(options: RoleOptions): Principal;
  /** Registers an OpenID Connect provider of the test's account; answers its ARN. */
  provider(host: string, clientIds: readonly string[], thumbprints: readonly string[]): string;
  /** Makes a SAML provider known and answers its ARN. */
  samlProvider(name: string, metadata: string): string;
  /** Deletes a principal. */
  forget(principal: Principal): Promise<void>;
}

export function allow(Action: string | readonly string[], Resource = '*', more: object = {}) {
  return { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource, ...more }] };
}

export function trusting(Principal: object, more: object = {}, Action: unknown = 'sts:AssumeRole') {
  return { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal, Action, ...more }] };
}

function programOf(documents: readonly object[]) {
  return compilePolicies(documents.map((each) => parsePolicyText(JSON.stringify(each))));
}

export async function stsBed(): Promise<StsBed> {
  const principals = new Map<string, Principal>();
  const providers = new Map<string, IdentityProvider>();
  const find = (test: (each: Principal) => boolean) => [...principals.values()].find(test);
  const source: IdentitySource = {
    accessKey: async (accessKeyId) => {
      const owner = find(({ name }) => accessKeyId === `HMKA${name}`);
      if (owner === undefined) return undefined;
      return { accessKeyId, secret: 'x', active: true, account: owner.account, principalId: owner.id };
    },
    principal: async (account, id) => find((each) => each.account === account && each.id === id),
    principalByArn: async (arn) => find((each) => each.arn === arn),
    managedPolicy: async (arn) => (arn.endsWith('/Known') ? programOf([allow('s3:*')]) : undefined),
    identityProvider: async (arn) => providers.get(arn),
    verifyMfa: async (_user, _serial, code) => (code === RIGHT_CODE ? [] : undefined),
  };
  const identities = service<typeof Iam>({
    id: 'iam',
    load: () => import('@aws-sdk/client-iam'),
    operations: {},
    provides: { identity: () => source },
  });
  const bed = await testPlatform({ services: [definition, identities] });
  const add = (principal: Principal) => {
    principals.set(principal.id, principal);
    return principal;
  };
  const common = { path: '/', tags: {} };
  return {
    ...bed,
    async user(name, ...policies) {
      const arn = `arn:aws:iam::${TEST_ACCOUNT}:user/${name}`;
      const identity = programOf(policies);
      add({
        kind: 'user',
        account: TEST_ACCOUNT,
        id: `AIDA${name.toUpperCase()}`,
        arn,
        name,
        identity,
        ...common,
      });
      return bed.signIn({ accessKeyId: `HMKA${name}` });
    },
    role({ name, trust, policies = [], account = TEST_ACCOUNT, seconds = 3_600 }) {
      const arn = `arn:aws:iam::${account}:role/${name}`;
      const role = { trust: programOf([trust]), maxSessionSeconds: seconds };
      const id = `AROA${name.toUpperCase()}`;
      return add({ kind: 'role', account, id, arn, name, identity: programOf(policies), role, ...common });
    },
    provider(host, clientIds, thumbprints) {
      const arn = `arn:aws:iam::${TEST_ACCOUNT}:oidc-provider/${host}`;
      providers.set(arn, { kind: 'oidc', arn, host, clientIds, thumbprints });
      return arn;
    },
    samlProvider(name, metadata) {
      const arn = `arn:aws:iam::${TEST_ACCOUNT}:saml-provider/${name}`;
      providers.set(arn, { kind: 'saml', arn, metadata });
      return arn;
    },
    async forget({ id }) {
      principals.delete(id);
      await bed.store.transact({ operations: [moveIdentityVersion(bed.now())] });
      bed.platform.lease.doubt();
    },
  };
}

/** Opens a platform, hands it to a test, and closes it. */
export async function withSts(work: (bed: StsBed) => Promise<void>): Promise<void> {
  const bed = await stsBed();
  try {
    await work(bed);
  } finally {
    await bed.close();
  }
}
