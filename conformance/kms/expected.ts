const NEWER_MEMBER = 'AWS answers the id of the key material since 2025; the recording is older';
const NEWER_VALUES =
  'AWS lists the values of an enumeration in no order, and has had more of them since; Honmaru lists those of the client';

/** Recordings that are not reproduced, with the reason. */
export const EXPECTED_RECORDINGS: Readonly<Record<string, string>> = {
  'test_generate_data_key generate-data-key-result': NEWER_MEMBER,
  'test_generate_data_key_without_plaintext generate-data-key-without-plaintext': NEWER_MEMBER,
  'test_re_encrypt[SYMMETRIC_DEFAULT-SYMMETRIC_DEFAULT] test_re_encrypt': NEWER_MEMBER,
  'test_invalid_verify_mac[HMAC_256-INVALID-some important message] verify-mac': NEWER_VALUES,
  'test_hmac_create_key_invalid_operations create-hmac-key-invalid-spec': NEWER_VALUES,
  'test_hmac_create_key_invalid_operations create-hmac-key-invalid-key-usage': NEWER_VALUES,
  'test_key_rotations_limits error-response':
    'a key can be rotated 25 times on demand since June 2025; the recording knows 10',
  'test_rotate_key_on_demand_raises_error_given_key_with_imported_key_material error-response':
    'keys with imported material are rotated on demand since June 2025; later recordings of the same set show it',
};

/** What a sequence does otherwise than its author expects, and why AWS does so too. */
interface Deviation {
  /** Exactly these calls, with exactly these outcomes. */
  readonly differences: readonly string[];
  /** With the page of AWS's documentation, or the recording, that says so. */
  readonly reason: string;
}

const PENDING: Deviation = {
  differences: ['2 TagResource: KMSInvalidStateException instead of success'],
  reason: 'a key that is pending deletion takes no tags (Developer Guide, "Key states of AWS KMS keys")',
};
const NO_POLICY: Deviation = {
  differences: ['1 PutKeyPolicy: MalformedPolicyDocumentException instead of success'],
  reason: 'the text is no policy (API Reference, "PutKeyPolicy")',
};
const AS_MESSAGE: Deviation = {
  differences: ['2 Verify: KMSInvalidSignatureException instead of success'],
  reason:
    'a digest that was signed is verified as a message, which is hashed (API Reference, "Verify": MessageType), and a signature that does not verify is an error',
};
const WRONG_LENGTH: Deviation = {
  differences: [
    '1 Sign: ValidationException instead of success',
    '2 Verify: ValidationException instead of success',
  ],
  reason:
    'a digest of 32 bytes is given for a longer hash; AWS refuses it, as recorded ("Digest is invalid length"), so that there is no signature to verify',
};
const TWICE_AS_MESSAGE: Deviation = {
  differences: [
    '2 Verify: KMSInvalidSignatureException instead of success',
    '3 Verify: KMSInvalidSignatureException instead of success',
  ],
  reason: 'a signature that does not verify is an error and no answer (API Reference, "Verify")',
};
const TWICE_WRONG_LENGTH: Deviation = {
  ...WRONG_LENGTH,
  differences: [...WRONG_LENGTH.differences, '3 Verify: ValidationException instead of success'],
};
const WRONG_ALGORITHM: Deviation = {
  differences: ['1 Sign: InvalidKeyUsageException instead of ValidationException'],
  reason:
    'the algorithm is one of KMS and not of this key (API Reference, "Sign": InvalidKeyUsageException; recorded for Sign and GenerateMac)',
};
const USAGE_OF_SPEC: Deviation = {
  differences: [
    '0 CreateKey: ValidationException instead of success',
    '1 GenerateMac: ValidationException instead of InvalidKeyUsageException',
  ],
  reason: 'AWS makes no key whose usage does not fit its spec (API Reference, "CreateKey": KeyUsage)',
};
const NOT_ALLOWED: Deviation = {
  differences: ['2 DescribeKey: AccessDeniedException instead of success'],
  reason:
    'a key policy that allows nobody allows not even the root user (Developer Guide, "Key policies in AWS KMS")',
};

const RSA_KEYS = ['RSA_2048', 'RSA_3072', 'RSA_4096'];
const RSA_PADDINGS = ['RSASSA_PSS', 'RSASSA_PKCS1_V1_5'];

/** By the whole name of the test. */
const SCENARIOS: ReadonlyMap<string, Deviation> = new Map([
  [
    'test_create_multi_region_configuration_key',
    {
      differences: ['3 ReplicateKey: AlreadyExistsException instead of success'],
      reason: 'it replicates twice into one Region (API Reference, "ReplicateKey": AlreadyExistsException)',
    },
  ],
  ['test_tag_resource', PENDING],
  ['test_list_resource_tags', PENDING],
  ['test_list_resource_tags_with_arn', PENDING],
  [
    'test_decrypt_validates_key_id',
    {
      differences: ['5 Decrypt: IncorrectKeyException instead of AccessDeniedException'],
      reason: 'the ciphertext is of another key; AWS answers IncorrectKeyException, as recorded',
    },
  ],
  ['test_put_key_policy[KeyId]', NO_POLICY],
  ['test_put_key_policy[Arn]', NO_POLICY],
  [
    'test_sign_and_verify_ignoring_grant_tokens',
    {
      differences: [
        '1 Sign: InvalidGrantTokenException instead of success',
        '2 Verify: ValidationException instead of success',
      ],
      reason:
        'the grant token is none (API Reference, "Sign": InvalidGrantTokenException), so that there is no signature to verify',
    },
  ],
  ...RSA_KEYS.flatMap((key) =>
    RSA_PADDINGS.flatMap((padding) =>
      [256, 384, 512].map((bits): [string, Deviation] => [
        `test_sign_and_verify_digest_message_type_RSA[${key}-${padding}_SHA_${bits}]`,
        bits === 256 ? AS_MESSAGE : WRONG_LENGTH,
      ]),
    ),
  ),
  ['test_fail_verify_digest_message_type_RSA[RSASSA_PSS_SHA_256-RSASSA_PSS_SHA_384]', TWICE_AS_MESSAGE],
  ['test_fail_verify_digest_message_type_RSA[RSASSA_PSS_SHA_256-RSASSA_PSS_SHA_512]', TWICE_AS_MESSAGE],
  ['test_fail_verify_digest_message_type_RSA[RSASSA_PSS_SHA_384-RSASSA_PSS_SHA_512]', TWICE_WRONG_LENGTH],
  ...['sign_and_verify', 'fail_verify'].flatMap((what): [string, Deviation][] => [
    [`test_${what}_digest_message_type_ECDSA[ECC_NIST_P256-ECDSA_SHA_256]`, AS_MESSAGE],
    [`test_${what}_digest_message_type_ECDSA[ECC_SECG_P256K1-ECDSA_SHA_256]`, AS_MESSAGE],
    [`test_${what}_digest_message_type_ECDSA[ECC_NIST_P384-ECDSA_SHA_384]`, WRONG_LENGTH],
    [`test_${what}_digest_message_type_ECDSA[ECC_NIST_P521-ECDSA_SHA_512]`, WRONG_LENGTH],
  ]),
  ...[
    'ECC_NIST_P256-ECDSA_SHA_384-valid_signing_algorithms0',
    'ECC_SECG_P256K1-ECDSA_SHA_512-valid_signing_algorithms1',
    'ECC_NIST_P384-ECDSA_SHA_256-valid_signing_algorithms2',
    'ECC_NIST_P521-ECDSA_SHA_384-valid_signing_algorithms3',
  ].map((words): [string, Deviation] => [
    `test_invalid_signing_algorithm_for_key_spec_type_ECDSA[${words}]`,
    WRONG_ALGORITHM,
  ]),
  ['test_sign_invalid_key_usage', WRONG_ALGORITHM],
  [
    'test_verify_happy_with_invalid_signature',
    {
      differences: ['1 Verify: KMSInvalidSignatureException instead of success'],
      reason: TWICE_AS_MESSAGE.reason,
    },
  ],
  [
    'test_list_retirable_grants',
    {
      differences: [
        '3 CreateGrant: ValidationException instead of success',
        '5 CreateGrant: InvalidArnException instead of success',
      ],
      reason:
        'the retiring principals are "sth else" and "principal", which are no ARNs (API Reference, "CreateGrant": pattern, InvalidArnException)',
    },
  ],
  [
    'test_retire_grant_by_grant_id',
    {
      differences: ['4 RetireGrant: ValidationException instead of success'],
      reason: 'the key is to be named by its ARN here (API Reference, "RetireGrant": KeyId)',
    },
  ],
  ['test_generate_fails_for_invalid_key_usage', USAGE_OF_SPEC],
  ['test_generate_fails_for_invalid_key_spec', USAGE_OF_SPEC],
  ['test_policy__allow_based_on_actions[actions0]', NOT_ALLOWED],
  ['test_policy__allow_based_on_actions[actions1]', NOT_ALLOWED],
]);

const seen = new Set<string>();

/** The deviation of a sequence that is listed; it counts as seen. */
export function expectedScenario(name: string): Deviation | undefined {
  const found = SCENARIOS.get(name);
  if (found) seen.add(name);
  return found;
}

/** Listed sequences that did not come. */
export function unseenScenarios(): readonly string[] {
  return [...SCENARIOS.keys()].filter((name) => !seen.has(name));
}
