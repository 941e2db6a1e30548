/** The types of policy that decide who may do what. Every place has at least one of each that is enabled. */
export type AccessPolicyKind = 'SERVICE_CONTROL_POLICY' | 'RESOURCE_CONTROL_POLICY';
/** The types of policy that are enforced at the front door. */
export const POLICY_TYPES = ['SERVICE_CONTROL_POLICY', 'RESOURCE_CONTROL_POLICY', 'TAG_POLICY'] as const;
export type PolicyKind = (typeof POLICY_TYPES)[number];

export interface Tag {
  readonly Key: string;
  readonly Value: string;
}

/**
 * The policies attached to a place, by type. A list belongs to one enabling of its type (`epoch`): once the type
 * was disabled and enabled again, every place is back at the policy that allows everything.
 */
export type Attached = Readonly<
  Partial<Record<PolicyKind, { readonly epoch: number; readonly ids: readonly string[] }>>
>;

/** Something that policies attach to and that tags hang on. */
export interface Place {
  /** Of the organisation. */
  readonly org: string;
  /** `r-…`, `ou-…` or an account number. */
  readonly id: string;
  readonly tags: readonly Tag[];
  readonly attached: Attached;
}

export interface ServiceAccess {
  readonly principal: string;
  /** Milliseconds since the epoch, as all times here. */
  readonly since: number;
}

/** An organisation with its root, which is one and never goes. `id` is the root's. */
export interface OrganizationRecord extends Place {
  readonly management: string;
  readonly managementEmail: string;
  readonly features: 'ALL' | 'CONSOLIDATED_BILLING';
  readonly createdAt: number;
  /** Enabled types with the epoch of their enabling. */
  readonly enabled: Readonly<Partial<Record<PolicyKind, number>>>;
  readonly services: readonly ServiceAccess[];
  /** The policy that delegates to members. */
  readonly resourcePolicy?: ResourcePolicyRecord;
}

export interface ResourcePolicyRecord {
  readonly id: string;
  readonly content: string;
  readonly tags: readonly Tag[];
}

export interface UnitRecord extends Place {
  readonly name: string;
  readonly parent: string;
}

/** An account as a member of an organisation. Its name and state are the platform's. */
export interface MemberRecord extends Place {
  readonly parent: string;
  readonly joinedBy: 'CREATED' | 'INVITED';
  readonly joinedAt: number;
  /** Services that it administers for the organisation. */
  readonly administers: readonly ServiceAccess[];
  readonly administratorSince?: number;
}

export interface PolicyRecord {
  readonly org: string;
  readonly id: string;
  readonly type: PolicyKind;
  readonly name: string;
  readonly description: string;
  readonly content: string;
  readonly tags: readonly Tag[];
}

/** What became of a request to make an account. */
export interface CreationRecord {
  readonly org: string;
  readonly id: string;
  readonly name: string;
  readonly at: number;
  readonly account?: string;
  readonly failure?: 'EMAIL_ALREADY_EXISTS';
}

export type HandshakeAction = 'INVITE' | 'ENABLE_ALL_FEATURES' | 'APPROVE_ALL_FEATURES';

/** A handshake; `account` is the one that is asked. */
export interface InvitationRecord {
  readonly org: string;
  readonly id: string;
  readonly management: string;
  readonly account: string;
  readonly at: number;
  readonly expiresAt: number;
  /** `REQUESTED`: it waits for others before it can be accepted. */
  readonly state: 'REQUESTED' | 'OPEN' | 'CANCELED' | 'ACCEPTED' | 'DECLINED';
  /** Absent: `INVITE`. */
  readonly action?: HandshakeAction;
  readonly notes?: string;
  readonly tags: readonly Tag[];
}
