import type { IdentitySource, OrganizationSource } from './identity.ts';

/** Most entries per kind; beyond it the oldest half is forgotten. */
const MOST_ENTRIES = 20_000;

/** Answers of one version of the identities. */
export interface IdentityCache {
  /** The sources as of a version: everything kept of an older one is forgotten. */
  at(version: number): { readonly identity: IdentitySource; readonly organization: OrganizationSource };
}

/** Keeps the answers of the identity and organisation sources for as long as their version is in force. */
export function identityCache(identity: IdentitySource, organization: OrganizationSource): IdentityCache {
  let version: number | undefined;
  let current = remember(identity, organization);
  return {
    at(now) {
      if (now !== version) {
        version = now;
        // Answers that are still under way go into the map of the version that they were asked at.
        current = remember(identity, organization);
      }
      return current;
    },
  };
}

function remember(identity: IdentitySource, organization: OrganizationSource) {
  const accessKey = once((id: string) => identity.accessKey(id));
  const principal = once((key: string) => {
    const slash = key.indexOf('/');
    return identity.principal(key.slice(0, slash), key.slice(slash + 1));
  });
  const byArn = once((arn: string) => identity.principalByArn(arn));
  const policy = once((key: string) => {
    const slash = key.indexOf('/');
    return identity.managedPolicy(key.slice(slash + 1), key.slice(0, slash));
  });
  const provider = once((arn: string) => identity.identityProvider(arn));
  const features = once(async (key: string) => {
    const slash = key.indexOf('/');
    return (await identity.rootFeatures?.(key.slice(0, slash), key.slice(slash + 1))) ?? [];
  });
  const tokenIssuer = once(async (account: string) => identity.tokenIssuer?.(account));
  const of = once((account: string) => organization.of(account));
  return {
    identity: {
      accessKey,
      principal: (account, id) => principal(`${account}/${id}`),
      principalByArn: byArn,
      managedPolicy: (arn, account) => policy(`${account}/${arn}`),
      identityProvider: provider,
      verifyMfa: (...parts) => identity.verifyMfa(...parts),
      administratorRole: async (...parts) => (await identity.administratorRole?.(...parts)) ?? [],
      tokenIssuer,
      rootFeatures: (account, id) => features(`${account}/${id}`),
    } satisfies IdentitySource,
    organization: {
      of,
      reach: async (...parts) => organization.reach?.(...parts),
    } satisfies OrganizationSource,
  };
}

function once<T>(load: (key: string) => Promise<T>): (key: string) => Promise<T> {
  const kept = new Map<string, Promise<T>>();
  return (key) => {
    const before = kept.get(key);
    if (before) return before;
    const loading = load(key);
    kept.set(key, loading);
    loading.catch(() => kept.delete(key));
    if (kept.size > MOST_ENTRIES) forgetOldest(kept);
    return loading;
  };
}

function forgetOldest(kept: Map<string, unknown>): void {
  let surplus = kept.size - MOST_ENTRIES / 2;
  for (const key of kept.keys()) {
    if (surplus <= 0) return;
    kept.delete(key);
    surplus -= 1;
  }
}
