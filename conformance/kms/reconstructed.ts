import { createHash, generateKeyPairSync, randomBytes } from 'node:crypto';
import type { Seen } from './call.ts';
import { wrapped } from './wrapping.ts';

/** Asks KMS; the answer as a client sees it. */
export type Ask = (operation: string, params: object) => Promise<Seen>;

/** Answers by the names of their recordings. */
type Answers = Readonly<Record<string, unknown>>;
type Sequence = (ask: Ask, words: readonly string[]) => Promise<Answers>;

const MESSAGE = Buffer.from('some message');
const NO_EXPIRY = 'KEY_MATERIAL_DOES_NOT_EXPIRE';

/**
 * The requests of recordings that came without them, put together anew from what was recorded: the answers name the
 * operation, the key and the algorithm. The words are those in brackets behind the name of a test.
 */
const SEQUENCES: Readonly<Record<string, Sequence>> = {
  async test_sign_verify(ask, [KeySpec, SigningAlgorithm = '']) {
    const KeyId = await keyOf(ask, { KeyUsage: 'SIGN_VERIFY', KeySpec });
    const hash = SigningAlgorithm.endsWith('512')
      ? 'sha512'
      : SigningAlgorithm.endsWith('384')
        ? 'sha384'
        : 'sha256';
    const asked = { KeyId, SigningAlgorithm, MessageType: 'DIGEST' };
    const digest = bytes(createHash(hash).update(MESSAGE).digest());
    const signature = await ask('Sign', { ...asked, Message: digest });
    const verified = { ...asked, Message: digest, Signature: signature.Signature };
    return {
      signature,
      verification: await ask('Verify', verified),
      'bad-digest': await ask('Verify', { ...verified, Message: bytes(Buffer.from('no digest')) }),
      'bad-signature': await ask('Verify', { ...verified, Signature: bytes(Buffer.from('no signature')) }),
    };
  },

  async test_derive_shared_secret(ask) {
    const agreement = { KeyUsage: 'KEY_AGREEMENT', KeySpec: 'ECC_NIST_P256' };
    const [own, other] = [await keyOf(ask, agreement), await keyOf(ask, agreement)];
    const { PublicKey } = await ask('GetPublicKey', { KeyId: other });
    const asked = { KeyId: own, KeyAgreementAlgorithm: 'ECDH', PublicKey };
    const derive = (more: object) => ask('DeriveSharedSecret', { ...asked, ...more });
    const signing = await keyOf(ask, { KeyUsage: 'SIGN_VERIFY', KeySpec: 'ECC_NIST_P256' });
    return {
      response: await derive({}),
      'response-invalid-key-usage': await derive({ KeyId: signing }),
      'response-invalid-key-spec': await ask('CreateKey', { KeyUsage: 'KEY_AGREEMENT', KeySpec: 'RSA_2048' }),
      'response-invalid-key-agreement-algo': await derive({ KeyAgreementAlgorithm: 'INVALID' }),
      'response-invalid-key': await derive({ KeyId: await keyOf(ask, {}) }),
      'response-invalid-public-key': await derive({ PublicKey: bytes(Buffer.from('InvalidPublicKey')) }),
    };
  },

  async test_derive_shared_secret_matches_openssl(ask) {
    const KeyId = await keyOf(ask, { KeyUsage: 'KEY_AGREEMENT', KeySpec: 'ECC_NIST_P256' });
    const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const PublicKey = bytes(publicKey.export({ format: 'der', type: 'spki' }));
    const asked = { KeyId, KeyAgreementAlgorithm: 'ECDH', PublicKey };
    return { 'derived-shared-key-resp': await ask('DeriveSharedSecret', asked) };
  },

  async test_import_key_ecc_keys(ask, [KeySpec = '']) {
    const namedCurve = CURVES[KeySpec] ?? '';
    const { privateKey } = generateKeyPairSync('ec', { namedCurve });
    const material = privateKey.export({ format: 'der', type: 'pkcs8' });
    const description = { Description: 'test ecc key import', KeyUsage: 'SIGN_VERIFY', KeySpec };
    const SigningAlgorithm = KeySpec.endsWith('521') ? 'ECDSA_SHA_512' : 'ECDSA_SHA_256';
    return imported(ask, description, material, async (KeyId) => {
      const asked = { KeyId, SigningAlgorithm, MessageType: 'RAW', Message: bytes(MESSAGE) };
      const signed = await ask('Sign', asked);
      const verified = await ask('Verify', { ...asked, Signature: signed.Signature });
      return { 'sign-result': signed, 'verify-result': verified };
    });
  },

  async test_import_key_hmac_keys(ask, [KeySpec = '']) {
    const description = { Description: 'test import hmac key', KeyUsage: 'GENERATE_VERIFY_MAC', KeySpec };
    return imported(ask, description, randomBytes(32), async (KeyId) => {
      const asked = { KeyId, MacAlgorithm: 'HMAC_SHA_256', Message: bytes(MESSAGE) };
      const made = await ask('GenerateMac', asked);
      const verified = await ask('VerifyMac', { ...asked, Mac: made.Mac });
      return { 'generate-mac-response': made, 'verify-mac-response': verified };
    });
  },

  async test_rotate_key_on_demand_updates_current_key_material_for_external_keys(ask) {
    const KeyId = await keyOf(ask, { Origin: 'EXTERNAL', Description: 'test-key' });
    const describe = () => ask('DescribeKey', { KeyId });
    const encrypt = () => ask('Encrypt', { KeyId, Plaintext: bytes(MESSAGE) });
    return {
      'get-import-parameters-response': await ask('GetParametersForImport', {
        KeyId,
        WrappingAlgorithm: 'RSAES_OAEP_SHA_256',
        WrappingKeySpec: 'RSA_2048',
      }),
      'describe-empty-key-response': await describe(),
      'import-key-material-response': await importInto(ask, KeyId, randomBytes(32)),
      'describe-key-with-material-response': await describe(),
      'kms-encrypt-initial-response': await encrypt(),
      'import-new-key-material-response': await importInto(ask, KeyId, randomBytes(32), NEW_MATERIAL),
      'describe-key-with-new-material-response': await describe(),
      'rotate-key-on-demand-response': await ask('RotateKeyOnDemand', { KeyId }),
      'describe-key-after-rotation': await describe(),
      'kms-encrypt-rotated-key-response': await encrypt(),
    };
  },

  async test_rotate_key_on_demand_for_external_keys_decrypts_with_previous_material(ask) {
    const KeyId = await keyOf(ask, { Origin: 'EXTERNAL' });
    const first = await importInto(ask, KeyId, randomBytes(32));
    const encrypted = await ask('Encrypt', { KeyId, Plaintext: bytes(MESSAGE) });
    await importInto(ask, KeyId, randomBytes(32), NEW_MATERIAL);
    return {
      'import-key-material-response': first,
      'kms-encrypt-initial-response': encrypted,
      'rotate-key-on-demand-response': await ask('RotateKeyOnDemand', { KeyId }),
    };
  },

  async test_import_key_material_raises_if_there_is_already_key_material_pending(ask) {
    const KeyId = await keyOf(ask, { Origin: 'EXTERNAL' });
    return {
      'import-initial-material-response': await importInto(ask, KeyId, randomBytes(32)),
      'import-pending-material-response': await importInto(ask, KeyId, randomBytes(32), NEW_MATERIAL),
      'existing-pending-material-error': await importInto(ask, KeyId, randomBytes(32), NEW_MATERIAL),
    };
  },

  async test_rotate_key_on_demand_raises_for_no_pending_key_material(ask) {
    const KeyId = await keyOf(ask, { Origin: 'EXTERNAL' });
    await importInto(ask, KeyId, randomBytes(32));
    return { 'rotate-key-on-demand-invalid-state-error': await ask('RotateKeyOnDemand', { KeyId }) };
  },

  async test_rotate_key_on_demand_raises_error_given_key_with_imported_key_material(ask) {
    const KeyId = await keyOf(ask, { Origin: 'EXTERNAL' });
    await importInto(ask, KeyId, randomBytes(32));
    return { 'error-response': await ask('RotateKeyOnDemand', { KeyId }) };
  },

  async test_rotate_key_on_demand_with_symmetric_key_and_automatic_rotation_enabled(ask) {
    const KeyId = await keyOf(ask, {});
    await ask('EnableKeyRotation', { KeyId });
    await ask('RotateKeyOnDemand', { KeyId });
    return { 'rotation-status-response-after-rotation': await ask('GetKeyRotationStatus', { KeyId }) };
  },

  async test_hmac_create_key_invalid_operations(ask) {
    return {
      'create-hmac-key-invalid-spec': await ask('CreateKey', {
        KeySpec: 'HMAC_random',
        KeyUsage: 'GENERATE_VERIFY_MAC',
      }),
      'create-hmac-key-invalid-key-usage': await ask('CreateKey', {
        KeySpec: 'HMAC_256',
        KeyUsage: 'RANDOM',
      }),
    };
  },

  async test_error_messaging_for_invalid_keys(ask) {
    const { CiphertextBlob } = await ask('Encrypt', {
      KeyId: await keyOf(ask, {}),
      Plaintext: bytes(MESSAGE),
    });
    const mac = await keyOf(ask, { KeySpec: 'HMAC_224', KeyUsage: 'GENERATE_VERIFY_MAC' });
    return { 'decrypt-invalid-key-id': await ask('Decrypt', { KeyId: mac, CiphertextBlob }) };
  },

  async test_get_parameters_for_import(ask) {
    const KeyId = await keyOf(ask, { KeyUsage: 'SIGN_VERIFY', KeySpec: 'ECC_NIST_P256' });
    const wrapping = { WrappingAlgorithm: 'RSAES_OAEP_SHA_256', WrappingKeySpec: 'RSA_4096' };
    return { 'response-error': await ask('GetParametersForImport', { KeyId, ...wrapping }) };
  },

  async test_generate_data_key_pair_without_plaintext_dry_run(ask) {
    const asked = { KeyId: await keyOf(ask, {}), KeyPairSpec: 'RSA_2048', DryRun: true };
    return { dryrun_exception: await ask('GenerateDataKeyPairWithoutPlaintext', asked) };
  },

  async test_generate_random(ask, [length]) {
    const { Plaintext } = await ask('GenerateRandom', { NumberOfBytes: Number(length) });
    return { result_length: bytesOf(Plaintext).length };
  },

  test_generate_random_invalid_number_of_bytes: async (ask) => ({
    'generate-random-exc': await ask('GenerateRandom', {}),
  }),
};

/**
 * The answers to the requests that a test must have made.
 *
 * @param id `tests/…::test_name[word-word]`
 * @returns undefined where nothing can be told of them.
 */
export function reconstructed(id: string, ask: Ask): Promise<Answers> | undefined {
  const [, name = '', words = ''] = /([^:[]+)(?:\[(.*)\])?$/.exec(id) ?? [];
  return SEQUENCES[name]?.(ask, words.split('-'));
}

const NEW_MATERIAL = { ImportType: 'NEW_KEY_MATERIAL' };
const CURVES: Readonly<Record<string, string>> = {
  ECC_NIST_P256: 'prime256v1',
  ECC_NIST_P521: 'secp521r1',
  ECC_SECG_P256K1: 'secp256k1',
};

function bytes(value: Buffer): object {
  return { $bytes: value.toString('base64') };
}

/** The bytes that an answer holds in base64, marked. */
function bytesOf(member: unknown): Buffer {
  return Buffer.from(String(member).replace(/^bytes:/, ''), 'base64');
}

async function keyOf(ask: Ask, params: object): Promise<string> {
  const { KeyMetadata } = (await ask('CreateKey', params)) as {
    readonly KeyMetadata?: { readonly KeyId: string };
  };
  return KeyMetadata?.KeyId ?? '';
}

async function importInto(ask: Ask, KeyId: string, material: Buffer, more: object = {}): Promise<Seen> {
  const wrapping = { WrappingAlgorithm: 'RSA_AES_KEY_WRAP_SHA_256', WrappingKeySpec: 'RSA_2048' };
  const { PublicKey, ImportToken } = await ask('GetParametersForImport', { KeyId, ...wrapping });
  return ask('ImportKeyMaterial', {
    KeyId,
    ImportToken,
    EncryptedKeyMaterial: bytes(wrapped(material, bytesOf(PublicKey))),
    ExpirationModel: NO_EXPIRY,
    ...more,
  });
}

/** A key before, with and after its imported material, and what was done with it. */
async function imported(
  ask: Ask,
  description: object,
  material: Buffer,
  used: (KeyId: string) => Promise<Answers>,
): Promise<Answers> {
  const KeyId = await keyOf(ask, { Origin: 'EXTERNAL', ...description });
  const before = await ask('DescribeKey', { KeyId });
  await importInto(ask, KeyId, material);
  const after = await ask('DescribeKey', { KeyId });
  const answers = await used(KeyId);
  await ask('DeleteImportedKeyMaterial', { KeyId });
  return {
    'describe-key-before-import': before,
    'describe-key-after-import': after,
    ...answers,
    'describe-key-after-deleted-import': await ask('DescribeKey', { KeyId }),
  };
}
