/** What a key spec can be used for. Source: AWS KMS API Reference, "CreateKey" and "KeyMetadata". */
export interface KeySpecFacts {
  /** The first is the usage that a key gets when none is asked for; only symmetric keys have one. */
  readonly usages: readonly string[];
  readonly encryption: readonly string[];
  readonly signing: readonly string[];
  readonly mac: readonly string[];
  /** Whether ECDH is done with it. */
  readonly agreement: boolean;
}

const NONE = { encryption: [], signing: [], mac: [], agreement: false } as const;

const RSA: KeySpecFacts = {
  ...NONE,
  usages: ['ENCRYPT_DECRYPT', 'SIGN_VERIFY'],
  encryption: ['RSAES_OAEP_SHA_1', 'RSAES_OAEP_SHA_256'],
  signing: [
    'RSASSA_PKCS1_V1_5_SHA_256',
    'RSASSA_PKCS1_V1_5_SHA_384',
    'RSASSA_PKCS1_V1_5_SHA_512',
    'RSASSA_PSS_SHA_256',
    'RSASSA_PSS_SHA_384',
    'RSASSA_PSS_SHA_512',
  ],
};

const curve = (hash: string, agreement = true): KeySpecFacts => ({
  ...NONE,
  usages: agreement ? ['SIGN_VERIFY', 'KEY_AGREEMENT'] : ['SIGN_VERIFY'],
  signing: [`ECDSA_SHA_${hash}`],
  agreement,
});
const hmac = (hash: string): KeySpecFacts => ({
  ...NONE,
  usages: ['GENERATE_VERIFY_MAC'],
  mac: [`HMAC_SHA_${hash}`],
});
const mlDsa: KeySpecFacts = { ...NONE, usages: ['SIGN_VERIFY'], signing: ['ML_DSA_SHAKE_256'] };
const mlKem: KeySpecFacts = { ...NONE, usages: ['ENCAPSULATE_DECAPSULATE'] };

const SPECS: Readonly<Record<string, KeySpecFacts>> = {
  SYMMETRIC_DEFAULT: { ...NONE, usages: ['ENCRYPT_DECRYPT'], encryption: ['SYMMETRIC_DEFAULT'] },
  RSA_2048: RSA,
  RSA_3072: RSA,
  RSA_4096: RSA,
  ECC_NIST_P256: curve('256'),
  ECC_NIST_P384: curve('384'),
  ECC_NIST_P521: curve('512'),
  ECC_SECG_P256K1: curve('256', false),
  ECC_NIST_EDWARDS25519: {
    ...NONE,
    usages: ['SIGN_VERIFY'],
    signing: ['ED25519_SHA_512', 'ED25519_PH_SHA_512'],
  },
  HMAC_224: hmac('224'),
  HMAC_256: hmac('256'),
  HMAC_384: hmac('384'),
  HMAC_512: hmac('512'),
  ML_DSA_44: mlDsa,
  ML_DSA_65: mlDsa,
  ML_DSA_87: mlDsa,
  ML_KEM_512: mlKem,
  ML_KEM_768: mlKem,
  ML_KEM_1024: mlKem,
};

/** Undefined for SM2, which AWS has in its Regions in China only. */
export function specFacts(spec: string): KeySpecFacts | undefined {
  return Object.hasOwn(SPECS, spec) ? SPECS[spec] : undefined;
}

const HASH_BYTES: Readonly<Record<string, number>> = { SHA_1: 20, SHA_256: 32 };

/** The longest plaintext of RSAES-OAEP. Source: RFC 8017, section 7.1.1. */
export function longestRsaPlaintext(spec: string, algorithm: string): number {
  const bytes = Number(spec.slice('RSA_'.length)) / 8;
  return bytes - 2 * (HASH_BYTES[algorithm.slice('RSAES_OAEP_'.length)] ?? 0) - 2;
}

/** `sha256` of `HMAC_SHA_256`. */
export function macHash(algorithm: string): string {
  return `sha${algorithm.slice('HMAC_SHA_'.length)}`;
}
