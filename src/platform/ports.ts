import type { Keeper } from '../keeper/client/index.ts';
import type { Session } from './caller.ts';
import type { DependentsPort } from './dependents.ts';
import type { IdentitySource, OrganizationSource } from './identity.ts';

/** Temporary credentials as STS hands them out. */
export interface TemporaryCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
  readonly expiration: Date;
}

export interface CredentialPort {
  /** Makes temporary credentials; the token seals the session and the secret, nothing is stored. */
  mintSession(session: Session): Promise<TemporaryCredentials>;
  /** The session inside a token, also an expired one; undefined when it is none of ours or was tampered with. */
  openSession(sessionToken: string): Promise<(Session & { readonly accessKeyId: string }) | undefined>;
  /** A fresh long-term key pair, with our own prefix and the account inside the id. Store the secret sealed. */
  mintAccessKey(account: string): { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** The account that an access key id names, also of a deleted key; undefined when the id is none of ours. */
  accountOf(accessKeyId: string): string | undefined;
  /** A unique id such as `AIDA…` (`prefix` has four letters). */
  mintUniqueId(prefix: string): string;
  /** How full a session's policies and tags make a token, in percent (`PackedPolicySize`). Above 100: refuse. */
  packedSize(session: Session): number;
}

/** Encrypts what must not lie on the disk as it is. `purpose` is bound to the text and must be the same again. */
export interface SealPort {
  seal(plain: string | Uint8Array, purpose: string): Promise<string>;
  /** @throws HonmaruError `seal-broken` when the text was changed or sealed for another purpose or key. */
  open(sealed: string, purpose: string): Promise<Buffer>;
}

export interface KeyUse {
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** Signing name of the service, such as `iam`. */
  readonly service: string;
  readonly region: string;
}

/** What was used when, gathered by the front door and written every few seconds. */
export interface UsagePort {
  lastUseOfKey(accessKeyId: string): Promise<KeyUse | undefined>;
  /** The last authenticated attempt per service of a principal (by its ARN and unique id), newest first. */
  lastUsesOfPrincipal(principalId: string): Promise<readonly KeyUse[]>;
}

/** What services ask of each other and of the platform, without knowing who answers. */
export interface Ports {
  /** Cached answers of the service `iam`, of the version that is in force for this request. */
  readonly identity: IdentitySource;
  readonly organization: OrganizationSource;
  readonly credentials: CredentialPort;
  readonly seal: SealPort;
  readonly usage: UsagePort;
  /** The process that holds key material; for the service `kms`. */
  readonly keeper: Keeper;
  /** What keeps its data under keys of this installation; for the service `kms`. */
  readonly dependents: DependentsPort;
  readonly settings: OperatorSettings;
}

/** What the operator decided for this installation. */
export interface OperatorSettings {
  /** CIDR blocks where identity providers may be, whatever these addresses are. */
  readonly issuerNetworks: readonly string[];
  /** In PEM: who this installation is to proxies of external key stores that ask for a certificate. */
  readonly proxyClient?: ClientCertificate;
}

export interface ClientCertificate {
  readonly cert: Buffer;
  readonly key: Buffer;
}
