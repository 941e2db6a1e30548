import type { RootFeature } from '../../platform/identity.ts';

/** A tag as IAM keeps it: keys are distinguished without regard to case. */
export interface Tag {
  readonly Key: string;
  readonly Value: string;
}

/** What every named thing of an account has. Times are milliseconds since the epoch. */
export interface Named {
  readonly account: string;
  /** `AIDA…`, `AROA…`, …: never given away again. */
  readonly id: string;
  readonly name: string;
  readonly path: string;
  readonly createdAt: number;
  readonly tags: readonly Tag[];
}

/** A key for identity tokens: PKCS #8, sealed. */
export interface SealedTokenKey {
  readonly algorithm: 'RS256' | 'ES384';
  readonly id: string;
  readonly sealed: string;
}

/** A policy that is part of its user, group or role. */
export interface InlinePolicy {
  readonly name: string;
  readonly document: string;
}

/** What a user, a group and a role have in common. */
export interface PolicyHolder extends Named {
  readonly inline: readonly InlinePolicy[];
  /** ARNs of managed policies. */
  readonly attached: readonly string[];
}

export type Status = 'Active' | 'Inactive';

export interface SshKey {
  readonly id: string;
  readonly body: string;
  readonly fingerprint: string;
  readonly status: Status;
  readonly uploadedAt: number;
}

export interface SigningCertificate {
  readonly id: string;
  readonly body: string;
  readonly status: Status;
  readonly uploadedAt: number;
}

export interface ServiceCredential {
  readonly id: string;
  readonly service: string;
  readonly serviceUser: string;
  /** Sealed by the platform. */
  readonly password: string;
  readonly status: Status;
  readonly createdAt: number;
  readonly expiresAt?: number;
}

export interface LoginProfile {
  /** See `passwords.ts`. */
  readonly hash: string;
  /** Hashes of the passwords before, newest first. */
  readonly earlier: readonly string[];
  readonly createdAt: number;
  readonly changedAt: number;
  readonly resetRequired: boolean;
}

/** A user; also the root user of an account, whose id is the account number and who has no place in lists. */
export interface UserRecord extends PolicyHolder {
  /** Unique ids of groups. */
  readonly groups: readonly string[];
  /** The ARN of the permissions boundary. */
  readonly boundary?: string;
  /** Ids of access keys; the keys themselves are records of their own. */
  readonly accessKeys: readonly string[];
  /** Serial numbers. */
  readonly mfaDevices: readonly string[];
  readonly login?: LoginProfile;
  /** When the password was last used to sign in. */
  readonly passwordLastUsed?: number;
  readonly sshKeys: readonly SshKey[];
  readonly signingCertificates: readonly SigningCertificate[];
  readonly serviceCredentials: readonly ServiceCredential[];
}

export interface GroupRecord extends PolicyHolder {
  /** Unique ids of users. */
  readonly members: readonly string[];
}

export interface RoleRecord extends PolicyHolder {
  readonly description?: string;
  readonly trust: TrustDocument;
  readonly maxSessionSeconds: number;
  readonly boundary?: string;
  /** Unique ids of instance profiles. */
  readonly profiles: readonly string[];
  /** Of a service-linked role: the service principal. */
  readonly linkedTo?: string;
}

/** A trust policy with the unique ids that its users and roles had when it was written. */
export interface TrustDocument {
  readonly text: string;
  /** ARN in the text → unique id. */
  readonly ids: Readonly<Record<string, string>>;
}

export interface InstanceProfileRecord extends Named {
  /** The unique id of the role. */
  readonly role?: string;
}

export interface PolicyVersionRecord {
  /** `v1` */
  readonly id: string;
  readonly document: string;
  readonly createdAt: number;
}

/** A customer managed policy. */
export interface PolicyRecord extends Named {
  readonly description?: string;
  readonly versions: readonly PolicyVersionRecord[];
  readonly defaultVersion: string;
  /** The number of the version that was made last, also when it is deleted. */
  readonly lastVersion: number;
  readonly updatedAt: number;
  readonly attachments: number;
  readonly boundaries: number;
}

/** How often an account uses a policy of AWS's. Key: account and ARN. */
export interface PolicyUseRecord {
  readonly account: string;
  readonly arn: string;
  readonly attachments: number;
  readonly boundaries: number;
}

export interface AccessKeyRecord {
  readonly accessKeyId: string;
  readonly account: string;
  /** The unique id of the user. */
  readonly userId: string;
  /** The secret, sealed by the platform. */
  readonly secret: string;
  readonly status: Status;
  readonly createdAt: number;
}

/** Key: the serial number. */
export interface MfaDeviceRecord {
  readonly account: string;
  readonly serial: string;
  readonly name: string;
  readonly path: string;
  readonly tags: readonly Tag[];
  readonly createdAt: number;
  readonly kind: 'virtual' | 'fido';
  /** The seed of a virtual device, sealed by the platform. */
  readonly seed?: string;
  /** Steps that the device's clock is ahead of ours. */
  readonly drift: number;
  /** The last step of which a code was taken: no code is taken twice. */
  readonly lastStep: number;
  readonly userId?: string;
  readonly enabledAt?: number;
  readonly certifications?: Readonly<Record<string, string>>;
}

/** Key: the ARN. */
export interface OidcProviderRecord {
  readonly account: string;
  readonly arn: string;
  /** Without `https://`. */
  readonly host: string;
  readonly clientIds: readonly string[];
  readonly thumbprints: readonly string[];
  readonly tags: readonly Tag[];
  readonly createdAt: number;
}

/** Key: the ARN. */
export interface SamlProviderRecord {
  readonly account: string;
  readonly arn: string;
  readonly id: string;
  readonly name: string;
  readonly metadata: string;
  readonly validUntil: number;
  readonly tags: readonly Tag[];
  readonly createdAt: number;
  readonly encryption?: 'Required' | 'Allowed';
  /** Private keys for encrypted assertions, sealed by the platform. */
  readonly keys: readonly { readonly id: string; readonly key: string; readonly addedAt: number }[];
}

export interface ServerCertificateRecord extends Named {
  readonly body: string;
  readonly chain?: string;
  /** The private key, sealed by the platform. */
  readonly key: string;
  readonly expiresAt: number;
}

export interface PasswordPolicy {
  readonly MinimumPasswordLength: number;
  readonly RequireSymbols: boolean;
  readonly RequireNumbers: boolean;
  readonly RequireUppercaseCharacters: boolean;
  readonly RequireLowercaseCharacters: boolean;
  readonly AllowUsersToChangePassword: boolean;
  readonly ExpirePasswords: boolean;
  readonly MaxPasswordAge?: number;
  readonly PasswordReusePrevention?: number;
  readonly HardExpiry?: boolean;
}

/** Settings of an account. Key: the account. */
export interface AccountRecord {
  readonly account: string;
  readonly alias?: string;
  readonly passwordPolicy?: PasswordPolicy;
  readonly tokenVersion?: 'v1Token' | 'v2Token';
  readonly report?: { readonly csv: string; readonly generatedAt: number };
  /** How the account signs identity tokens for outside services. */
  readonly outbound?: {
    readonly issuer: string;
    readonly enabled: boolean;
    readonly keys: readonly SealedTokenKey[];
  };
  /** Of the management account of an organization: what it may do as the root users of its members. */
  readonly rootAccess?: { readonly organizationId: string; readonly features: readonly RootFeature[] };
}

/** A report job of service-last-accessed data, or the deletion of a service-linked role. Key: account and id. */
export interface JobRecord {
  readonly account: string;
  readonly id: string;
  readonly kind: 'last-accessed' | 'organization-access' | 'role-deletion';
  readonly createdAt: number;
  readonly detail: Readonly<Record<string, unknown>>;
}
