import type { KeyObject } from 'node:crypto';
import type { PolicyProgram } from '../iam/engine.ts';
import type { Operation } from '../store/store.ts';

/**
 * A user, a role or the root user of an account, with everything that the policy engine asks about it.
 * Names may be given away again after a deletion; `id` never is, so that sessions and grants hold on to it.
 */
export interface Principal {
  readonly kind: 'root' | 'user' | 'role';
  readonly account: string;
  /** `AIDA…`, `AROA…`; of the root user the account number. */
  readonly id: string;
  readonly arn: string;
  /** The friendly name; `root` for the root user. */
  readonly name: string;
  readonly path: string;
  readonly tags: Readonly<Record<string, string>>;
  /** Inline, managed and group policies, compiled once for this state of the principal. */
  readonly identity: PolicyProgram;
  /** The permissions boundary. */
  readonly boundary?: PolicyProgram;
  /** Of a role only. */
  readonly role?: RoleFacts;
}

export interface RoleFacts {
  /** The trust policy; principals in it that were deleted are in it by their unique ids. */
  readonly trust: PolicyProgram;
  readonly maxSessionSeconds: number;
}

/** A long-term access key. Temporary ones are not looked up: their session token carries everything. */
export interface AccessKey {
  readonly accessKeyId: string;
  readonly secret: string;
  readonly active: boolean;
  readonly account: string;
  /** {@link Principal.id} of the user (or root user) that it belongs to. */
  readonly principalId: string;
}

/** An identity provider that tokens and assertions are checked against. */
export type IdentityProvider =
  | {
      readonly kind: 'oidc';
      readonly arn: string;
      /** Without `https://`, as in condition keys. */
      readonly host: string;
      readonly clientIds: readonly string[];
      readonly thumbprints: readonly string[];
    }
  | { readonly kind: 'saml'; readonly arn: string; readonly metadata: string };

/**
 * Who is who: implemented by the service `iam` on its collections, asked by the front door for every request
 * and by other services. Implementations read the store and keep nothing: the platform caches answers under
 * the identity version, which every change of a service with `changesIdentity` moves.
 */
export interface IdentitySource {
  /** Undefined: no such key. Inactive keys are answered, with `active: false`. */
  accessKey(accessKeyId: string): Promise<AccessKey | undefined>;
  /** By unique id. The root user always exists while its account does. */
  principal(account: string, id: string): Promise<Principal | undefined>;
  /** By ARN, with its path (`arn:aws:iam::…:role/path/Name`, `…:user/…`, `…:root`). */
  principalByArn(arn: string): Promise<Principal | undefined>;
  /** The compiled default version of a managed policy, for session policies given as ARNs. */
  managedPolicy(arn: string, account: string): Promise<PolicyProgram | undefined>;
  identityProvider(arn: string): Promise<IdentityProvider | undefined>;
  /**
   * Checks a code of an MFA device that belongs to a user. Undefined when the device is not the user's or
   * the code is wrong or used; otherwise the operations that mark the code as used, to be committed with the
   * effect (never cached).
   */
  verifyMfa(
    user: Principal,
    serialNumber: string,
    code: string,
    now: Date,
  ): Promise<readonly Operation[] | undefined>;
  /**
   * The operations that make a role in a new account which may do everything there and which the principals of
   * another account may assume; to be committed with the account.
   */
  administratorRole?(role: AdministratorRole, now: Date): Promise<readonly Operation[]>;
  /** What of root access the management account of an organization has enabled for its members. */
  rootFeatures?(managementAccount: string, organizationId: string): Promise<readonly RootFeature[]>;
  /** What an account signs identity tokens for outside services with; undefined when it never enabled that. */
  tokenIssuer?(account: string): Promise<TokenIssuer | undefined>;
}

/** An OpenID Connect issuer. Source: IAM User Guide, "Federating AWS identities to external services". */
export interface TokenIssuer {
  /** The URL below which its discovery documents are. */
  readonly issuer: string;
  /** Whether tokens are given out; the keys stay published for those that are under way. */
  readonly enabled: boolean;
  readonly keys: readonly TokenKey[];
}

export interface TokenKey {
  readonly algorithm: 'RS256' | 'ES384';
  readonly id: string;
  readonly privateKey: KeyObject;
}

/** Source: IAM API Reference, "ListOrganizationsFeatures". */
export type RootFeature = 'RootCredentialsManagement' | 'RootSessions';

/** See {@link IdentitySource.administratorRole}. */
export interface AdministratorRole {
  readonly account: string;
  readonly name: string;
  /** The account that is trusted. */
  readonly trusts: string;
}

/** What the organisation of an account says about its requests. */
export interface OrganizationFacts {
  /** `o-…` */
  readonly id: string;
  readonly managementAccount: string;
  /** `o-…/r-…/ou-…/…/`: the value of `aws:PrincipalOrgPaths`, ending in a slash. */
  readonly path: string;
  /** What services may do for the organization. */
  readonly services?: OrganizationServices;
  /** Service control policies: one program per level from the root down to the account. */
  readonly serviceControl?: readonly PolicyProgram[];
  /** Resource control policies, level by level likewise. */
  readonly resourceControl?: readonly PolicyProgram[];
  /** What tag policies enforce in the account; absent when nothing is. */
  readonly tagRules?: readonly TagRule[];
}

/** What the tags of a key may be, on some types of resource. */
export interface TagRule {
  /** In the capitals that it must have. */
  readonly key: string;
  /** With at most one `*` each; absent: every value. */
  readonly values?: readonly string[];
  /** `iam:policy`, `kms:*` */
  readonly resources: readonly string[];
}

/** Services by their principals, such as `iam.amazonaws.com`. */
export interface OrganizationServices {
  readonly allFeatures: boolean;
  /** Those with trusted access. */
  readonly trusted: readonly string[];
  /** Those that the account administers; nothing of the management account. */
  readonly administers: readonly string[];
}

/** Implemented by the service `organizations`; cached like {@link IdentitySource}. */
export interface OrganizationSource {
  /** Undefined for an account that is in no organisation. */
  of(account: string): Promise<OrganizationFacts | undefined>;
  /**
   * What is below a place of an organization.
   *
   * @param path `o-…/r-…`, then units and at last perhaps an account.
   * @param policyId a service control policy that is asked about.
   */
  reach?(path: string, policyId?: string): Promise<OrganizationReach | undefined>;
}

/** The accounts at and below a place, and what service control policies let them do. */
export interface OrganizationReach {
  readonly managementAccount: string;
  /** Level by level from the root down to the place; absent while service control policies are not enabled. */
  readonly serviceControl?: readonly PolicyProgram[];
  /** The policy that was asked about; absent when there is none. */
  readonly policy?: PolicyProgram;
  readonly accounts: readonly { readonly account: string; readonly path: string }[];
}
