const NEWER_MEMBER = 'AWS answers the id of the key material since 2025; the recording is older';

/** Recordings that are not reproduced, with the reason. */
export const EXPECTED_RECORDINGS: Readonly<Record<string, string>> = {
  'test_generate_data_key generate-data-key-result': NEWER_MEMBER,
  'test_generate_data_key_without_plaintext generate-data-key-without-plaintext': NEWER_MEMBER,
  'test_re_encrypt[SYMMETRIC_DEFAULT-SYMMETRIC_DEFAULT] test_re_encrypt': NEWER_MEMBER,
  'test_invalid_verify_mac[HMAC_256-INVALID-some important message] verify-mac':
    'AWS lists the values of an enumeration in no order; Honmaru in that of the alphabet',
  'test_key_rotations_limits error-response':
    'a key can be rotated 25 times on demand since June 2025; the recording knows 10',
};

const GRANTEE = 'the principals of its grants do not exist, which AWS refuses';

/** Sequences whose expected outcome is that of another program and not AWS's, by the beginning of their names. */
const BY_BEGINNING: readonly (readonly [beginning: string, reason: string])[] = [
  ['test_tag_resource', 'it tags a key that is pending deletion, which AWS refuses'],
  ['test_list_resource_tags', 'it tags a key that is pending deletion, which AWS refuses'],
  ['test_decrypt_validates_key_id', 'AWS answers IncorrectKeyException, as recorded'],
  ['test_put_key_policy[', 'it puts a text that is no policy'],
  ['test_sign_and_verify_ignoring_grant_tokens', 'AWS refuses a grant token that is none'],
  [
    'test_sign_and_verify_digest',
    'it verifies as a message what was signed as a digest, or a digest of a wrong length',
  ],
  [
    'test_fail_verify_digest',
    'it verifies as a message what was signed as a digest, or a digest of a wrong length',
  ],
  [
    'test_invalid_signing_algorithm_for_key_spec',
    'AWS answers InvalidKeyUsageException, as recorded for MACs',
  ],
  ['test_sign_invalid_key_usage', 'AWS answers InvalidKeyUsageException, as recorded'],
  ['test_verify_happy_with_invalid_signature', 'AWS answers KMSInvalidSignatureException, as recorded'],
  ['test_generate_fails_for_invalid_key', 'AWS makes no key whose usage does not fit its spec'],
  ['test_create_multi_region_configuration_key', 'it replicates twice into one Region, which AWS refuses'],
  ['test_create_grant', GRANTEE],
  ['test_list_grants', GRANTEE],
  ['test_list_retirable_grants', GRANTEE],
  ['test_revoke_grant', GRANTEE],
  ['test_retire_grant_by', GRANTEE],
  ['test_policy__', 'it puts a policy that locks its owner out, which AWS refuses without a bypass'],
];

export function expectedScenario(name: string): string | undefined {
  return BY_BEGINNING.find(([beginning]) => name.startsWith(beginning))?.[1];
}
