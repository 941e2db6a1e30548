/** A KMS key in one Region. Related multi-Region keys have one each; what they share is written to all of them. */
export interface KeyRecord {
  readonly account: string;
  readonly region: string;
  readonly id: string;
  readonly createdAt: number;
  readonly description: string;
  readonly spec: string;
  readonly usage: string;
  readonly origin: 'AWS_KMS' | 'EXTERNAL' | 'AWS_CLOUDHSM' | 'EXTERNAL_KEY_STORE';
  /** Where the key is when it is in a custom key store. */
  readonly keyStore?: KeyInStore;
  /** Never stored: its key store is not connected at the moment when it is looked up. */
  readonly unavailable?: true;
  readonly enabled: boolean;
  /** When the key is deleted; the window in days. */
  readonly deletion?: { readonly at: number; readonly days: number };
  /** A primary key that waits until its replicas are gone. */
  readonly awaitsReplicas?: { readonly days: number };
  readonly materials: readonly MaterialFacts[];
  /** The id of the material that encrypts; undefined while an external key has none. */
  readonly current?: string;
  readonly rotation?: { readonly days: number; readonly next: number };
  readonly onDemandRotations: number;
  readonly tags: Readonly<Record<string, string>>;
  /** Names of its aliases (`alias/…`), so that conditions on them need no further look-up. */
  readonly aliases: readonly string[];
  /** SubjectPublicKeyInfo in base64. */
  readonly publicKey?: string;
  readonly multiRegion?: { readonly primary: string; readonly replicas: readonly string[] };
  /** Moved by every change of the key policy or a grant, so that what was compiled of them is made anew. */
  readonly revision: number;
}

/** What is known of key material besides the material. */
export interface MaterialFacts {
  readonly id: string;
  readonly state: 'CURRENT' | 'NON_CURRENT' | 'PENDING_ROTATION';
  /** When it became current by a rotation; the first material has none. */
  readonly rotatedAt?: number;
  readonly rotationType?: 'AUTOMATIC' | 'ON_DEMAND';
  readonly imported?: boolean;
  /** Imported material that expired or was deleted, and may be imported again. */
  readonly missing?: boolean;
  readonly expiresAt?: number;
  readonly description?: string;
}

export interface PolicyRecord {
  readonly text: string;
  /** The unique ids of the users and roles that the policy names by ARN. */
  readonly ids: Readonly<Record<string, string>>;
}

export interface MaterialRecord {
  readonly spec: string;
  /** Base64, sealed under the account's key by the keeper. */
  readonly wrapped: string;
}

export interface AccountKeyRecord {
  /** Base64, sealed under the root key by the keeper. */
  readonly wrapped: string;
}

/** The root key under which new account keys are sealed, by its id. */
export interface CurrentRootRecord {
  readonly rootId: string;
}

export interface AliasRecord {
  readonly account: string;
  readonly region: string;
  /** `alias/…` */
  readonly name: string;
  readonly keyId: string;
  readonly createdAt: number;
  readonly updatedAt: number;
}

export interface GrantRecord {
  readonly id: string;
  readonly account: string;
  readonly region: string;
  readonly keyId: string;
  readonly name?: string;
  readonly createdAt: number;
  readonly grantee: string;
  /** The grantee's unique id, where it is a user or role: its name may be given away again. */
  readonly granteeId?: string;
  /** `service`: the grantee is a service principal. */
  readonly granteeKind: 'principal' | 'service';
  readonly retiring?: string;
  readonly retiringId?: string;
  readonly retiringKind?: 'principal' | 'service';
  readonly issuingAccount: string;
  readonly operations: readonly string[];
  readonly subset?: Readonly<Record<string, string>>;
  readonly equals?: Readonly<Record<string, string>>;
  readonly sourceArn?: string;
  /** SHA-256 of the grant token. */
  readonly token: string;
}

/** What is remembered of a key whose material is gone for ever: what was under it cannot be read again. */
export interface GoneKeyRecord {
  readonly account: string;
  readonly region: string;
  readonly id: string;
  /** The aliases that it had at last. */
  readonly aliases: readonly string[];
  readonly at: number;
}

export interface LastUseRecord {
  readonly operation: string;
  readonly at: number;
  readonly requestId: string;
}

/** A key in a custom key store. */
export interface KeyInStore {
  readonly id: string;
  readonly clusterId?: string;
  /** The id of the key in the token, 32 hexadecimal digits. */
  readonly object?: string;
  /** The id of the key in the external key manager. */
  readonly xksKeyId?: string;
}

export interface KeyStoreRecord {
  readonly account: string;
  readonly region: string;
  /** `cks-…` */
  readonly id: string;
  readonly name: string;
  readonly createdAt: number;
  readonly state: 'CONNECTED' | 'DISCONNECTED' | 'FAILED';
  /** Why connecting failed: a `ConnectionErrorCode`. */
  readonly error?: string;
  readonly hsm?: HsmFacts;
  readonly xks?: XksFacts;
}

/** A key store in a hardware security module (`AWS_CLOUDHSM`). */
export interface HsmFacts {
  readonly clusterId: string;
  /** PEM, as it was given. */
  readonly trustAnchor: string;
  /** The password of the token's user in base64, sealed under the account's key by the keeper. */
  readonly password: string;
}

/** A key store behind a proxy of somebody else's key manager (`EXTERNAL_KEY_STORE`). */
export interface XksFacts {
  readonly endpoint: string;
  readonly path: string;
  readonly connectivity: 'PUBLIC_ENDPOINT' | 'VPC_ENDPOINT_SERVICE';
  readonly vpcService?: string;
  readonly vpcOwner?: string;
  readonly accessKeyId: string;
  /** Sealed by the platform. */
  readonly secret: string;
}
