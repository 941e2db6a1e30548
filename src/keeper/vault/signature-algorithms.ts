/** How a signing algorithm of KMS is done. */
export interface SignatureAlgorithm {
  readonly family: 'pss' | 'pkcs1' | 'ecdsa' | 'ed25519' | 'ed25519ph' | 'ml-dsa';
  /** Hash of the algorithm, where it has one that the caller may apply. */
  readonly hash: string;
  readonly digestBytes: number;
}

const SIZES: Readonly<Record<string, number>> = { '256': 32, '384': 48, '512': 64 };

/** Undefined for a name that is none of KMS's, or SM2. */
export function signatureAlgorithm(name: string): SignatureAlgorithm | undefined {
  if (name === 'ED25519_SHA_512') return { family: 'ed25519', hash: '', digestBytes: 0 };
  if (name === 'ED25519_PH_SHA_512') return { family: 'ed25519ph', hash: 'sha512', digestBytes: 64 };
  if (name === 'ML_DSA_SHAKE_256') return { family: 'ml-dsa', hash: '', digestBytes: 64 };
  const [, kind, size = ''] = /^(RSASSA_PSS|RSASSA_PKCS1_V1_5|ECDSA)_SHA_(256|384|512)$/.exec(name) ?? [];
  if (kind === undefined) return undefined;
  const family = kind === 'ECDSA' ? 'ecdsa' : kind === 'RSASSA_PSS' ? 'pss' : 'pkcs1';
  return { family, hash: `sha${size}`, digestBytes: SIZES[size] ?? 0 };
}
