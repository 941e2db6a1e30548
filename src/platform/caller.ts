import type { Caller as PolicyCaller } from '../iam/caller.ts';
import type { Principal } from './identity.ts';

/** Facts of a temporary session; they travel sealed inside the session token, so that nothing is looked up. */
export interface Session {
  /**
   * `role`: of AssumeRole…; `federated-user`: of GetFederationToken; `session`: of GetSessionToken (the
   * caller stays the user or root user).
   */
  readonly kind: 'role' | 'federated-user' | 'session';
  readonly account: string;
  /** {@link Principal.id} of the role, user or root user behind the session. */
  readonly principalId: string;
  /** The role session's or federated user's name; empty for `session`. */
  readonly name: string;
  /** Milliseconds since the epoch. */
  readonly issuedAt: number;
  readonly expiresAt: number;
  /** When the MFA code was given; absent without MFA. */
  readonly mfaAt?: number;
  readonly tags?: Readonly<Record<string, string>>;
  readonly transitiveTagKeys?: readonly string[];
  readonly sourceIdentity?: string;
  /** Session policies as JSON texts and as ARNs of managed policies. */
  readonly policies?: readonly string[];
  readonly policyArns?: readonly string[];
  /** Whether the role was assumed with temporary credentials of another role. */
  readonly chained?: boolean;
  /** `aws:FederatedProvider`: ARN or host name. */
  readonly federatedProvider?: string;
  /** Policies of GetScopedCredentials, as JSON texts: each limits everything that the session may do. */
  readonly scopes?: readonly string[];
  /** Whether it is the root user of a member account, for one task of whoever manages the organization. */
  readonly assumedRoot?: true;
  /** Further condition keys that stay with the session, such as `accounts.example.com:aud`. */
  readonly context?: Readonly<Record<string, string | readonly string[]>>;
}

/** Who makes a request, after its signature was verified. */
export interface Caller {
  readonly kind: 'root' | 'user' | 'role' | 'federated-user' | 'anonymous';
  /** As GetCallerIdentity answers it; for an anonymous caller empty. */
  readonly arn: string;
  /** `AIDA…`, `AROA…:session`, `account:name` of a federated user, the account number of root. */
  readonly userId: string;
  /** For an anonymous caller the account that the endpoint serves by default. */
  readonly account: string;
  readonly accessKeyId: string;
  /** The user, role or root user behind the credentials; undefined for an anonymous caller. */
  readonly principal: Principal | undefined;
  readonly session: Session | undefined;
  /** The caller as the policy engine knows it. */
  readonly policyCaller: PolicyCaller;
}
