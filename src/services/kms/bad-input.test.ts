import assert from 'node:assert/strict';
import { createPublicKey, publicEncrypt, randomBytes } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { decodedMessage } from '../../platform/authorization-message.ts';
import { AwsError } from '../../platform/service.ts';
import { ACCOUNT, kms, kmsBed, OTHER_ACCOUNT, REGION, statement } from './testing.ts';

/**
 * What AWS checks, each by itself, with AWS's name and message: those of recorded answers, else of the API Reference.
 */
describe('bad input to KMS', () => {
  let bed: Awaited<ReturnType<typeof kmsBed>>;
  let KeyId = '';
  let arn = '';
  let CiphertextBlob: Uint8Array = new Uint8Array();
  const EncryptionContext = { app: 'web' };
  const Plaintext = Buffer.from('hello');

  before(async () => {
    bed = await kmsBed();
    ({ KeyId, arn } = await newKey());
    const encrypted = await bed.call(kms, 'Encrypt', { KeyId, Plaintext, EncryptionContext });
    CiphertextBlob = encrypted.CiphertextBlob ?? CiphertextBlob;
  });
  after(() => bed.close());

  async function newKey(input: Readonly<Record<string, string>> = {}) {
    const { KeyMetadata } = await bed.call(kms, 'CreateKey', input);
    return { KeyId: KeyMetadata?.KeyId ?? '', arn: KeyMetadata?.Arn ?? '' };
  }
  const encrypt = (given: string, plaintext: Uint8Array = Plaintext) =>
    bed.call(kms, 'Encrypt', { KeyId: given, Plaintext: plaintext });
  const refused = (asked: Promise<unknown>, code: string, message: string) =>
    assert.rejects(asked, { code, message });

  test('a ciphertext with one changed bit, wherever it is, one cut short, one with more behind it', async () => {
    const blob = Buffer.from(CiphertextBlob);
    for (let at = 0; at < blob.length; at += 5) {
      const changed = Buffer.from(blob);
      changed[at] = (changed[at] ?? 0) ^ 1;
      const asked = bed.call(kms, 'Decrypt', { CiphertextBlob: changed, EncryptionContext });
      await assert.rejects(asked, ({ code, message }) => {
        // A blob that names another key is one of a key that nobody may use.
        return code === 'InvalidCiphertextException' ? message === '' : code === 'AccessDeniedException';
      });
    }
    for (const changed of [
      blob.subarray(0, -1),
      Buffer.concat([blob, Buffer.from([0])]),
      Buffer.from('nonsense'),
    ]) {
      const asked = bed.call(kms, 'Decrypt', { KeyId, CiphertextBlob: changed, EncryptionContext });
      await refused(asked, 'InvalidCiphertextException', '');
    }
  });

  test('a wrong encryption context: another value, another name in capitals, more, less, none', async () => {
    for (const wrong of [{ app: 'db' }, { App: 'web' }, { app: 'web', more: 'x' }, {}, undefined]) {
      const asked = bed.call(kms, 'Decrypt', {
        CiphertextBlob,
        ...(wrong && { EncryptionContext: wrong as Record<string, string> }),
      });
      await refused(asked, 'InvalidCiphertextException', '');
    }
  });

  test('a ciphertext of another key', async () => {
    const other = await newKey();
    const asked = bed.call(kms, 'Decrypt', { KeyId: other.KeyId, CiphertextBlob, EncryptionContext });
    const message = 'The key ID in the request does not identify a CMK that can perform this operation.';
    await refused(asked, 'IncorrectKeyException', message);
  });

  test('a ciphertext of another key goes before the usage of the key that is named', async () => {
    const mac = await newKey({ KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' });
    const asked = bed.call(kms, 'Decrypt', { KeyId: mac.KeyId, CiphertextBlob, EncryptionContext });
    await assert.rejects(asked, { code: 'IncorrectKeyException' });
  });

  test('a disabled key', async () => {
    const key = await newKey();
    await bed.call(kms, 'DisableKey', { KeyId: key.KeyId });
    await refused(encrypt(key.KeyId), 'DisabledException', `${key.arn} is disabled.`);
    await bed.call(kms, 'EnableKey', { KeyId: key.KeyId });
    const { CiphertextBlob: under } = await encrypt(key.KeyId);
    await bed.call(kms, 'DisableKey', { KeyId: key.KeyId });
    const asked = bed.call(kms, 'Decrypt', { CiphertextBlob: under });
    await refused(asked, 'DisabledException', `${key.arn} is disabled.`);
  });

  test('a key that is pending deletion', async () => {
    const key = await newKey();
    const scheduled = await bed.call(kms, 'ScheduleKeyDeletion', { KeyId: key.KeyId });
    assert.deepEqual([scheduled.KeyState, scheduled.PendingWindowInDays], ['PendingDeletion', 30]);
    await refused(encrypt(key.KeyId), 'KMSInvalidStateException', `${key.arn} is pending deletion.`);
  });

  test('imported material that has expired', async () => {
    const key = await newKey({ Origin: 'EXTERNAL' });
    const { PublicKey = new Uint8Array(), ImportToken } = await bed.call(kms, 'GetParametersForImport', {
      KeyId: key.KeyId,
      WrappingAlgorithm: 'RSAES_OAEP_SHA_256',
      WrappingKeySpec: 'RSA_2048',
    });
    const wrapping = createPublicKey({ key: Buffer.from(PublicKey), format: 'der', type: 'spki' });
    await bed.call(kms, 'ImportKeyMaterial', {
      KeyId: key.KeyId,
      ImportToken,
      EncryptedKeyMaterial: publicEncrypt({ key: wrapping, oaepHash: 'sha256' }, randomBytes(32)),
      ExpirationModel: 'KEY_MATERIAL_EXPIRES',
      ValidTo: new Date(bed.now().getTime() + 3_600_000),
    });
    await encrypt(key.KeyId);
    bed.advance(3_600_000);
    await refused(encrypt(key.KeyId), 'KMSInvalidStateException', `${key.arn} is pending import.`);
  });

  test('a key of another usage', async () => {
    const key = await newKey({ KeyUsage: 'SIGN_VERIFY', KeySpec: 'ECC_NIST_P256' });
    await refused(
      encrypt(key.KeyId),
      'InvalidKeyUsageException',
      `${key.arn} key usage is SIGN_VERIFY which is not valid for Encrypt.`,
    );
  });

  test('a plaintext that is too long: for KMS, and for the key', async () => {
    await refused(
      encrypt(KeyId, Buffer.alloc(4_097)),
      'ValidationException',
      "1 validation error detected: Value at 'plaintext' failed to satisfy constraint: Member must have length less than or equal to 4096",
    );
    const rsa = await newKey({ KeySpec: 'RSA_2048', KeyUsage: 'ENCRYPT_DECRYPT' });
    const asked = { KeyId: rsa.KeyId, EncryptionAlgorithm: 'RSAES_OAEP_SHA_256' } as const;
    await bed.call(kms, 'Encrypt', { ...asked, Plaintext: Buffer.alloc(190) });
    await refused(
      bed.call(kms, 'Encrypt', { ...asked, Plaintext: Buffer.alloc(191) }),
      'ValidationException',
      'Algorithm RSAES_OAEP_SHA_256 and key spec RSA_2048 cannot encrypt data larger than 190 bytes.',
    );
  });

  test('an id that is none, one that nobody has, an alias that nobody has, another Region', async () => {
    const nobody = '00000000-0000-0000-0000-000000000000';
    const place = `arn:aws:kms:${REGION}:${ACCOUNT}`;
    for (const [given, message] of [
      ['nonsense', "Invalid keyId 'nonsense'"],
      [nobody, `Key '${place}:key/${nobody}' does not exist`],
      [`${place}:key/${nobody}`, `Key '${place}:key/${nobody}' does not exist`],
      ['alias/nobody', `Alias ${place}:alias/nobody is not found.`],
      [arn.replace(REGION, 'eu-west-1'), 'Invalid arn eu-west-1'],
    ] as const) {
      await refused(encrypt(given), 'NotFoundException', message);
    }
  });

  test('a key of a foreign account: whether it exists is not told', async () => {
    const stranger = bed.principal({
      name: 'stranger',
      account: OTHER_ACCOUNT,
      policies: [{ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'kms:*', Resource: '*' }] }],
    });
    const said = async (given: string) => {
      const asked = bed.call(kms, 'Encrypt', { KeyId: given, Plaintext }, stranger);
      const { code, message } = await asked.then(
        () => ({ code: 'none', message: '' }),
        (error: { code: string; message: string }) => error,
      );
      return `${code} ${message.replaceAll(given, 'KEY')}`;
    };
    const there = await said(arn);
    assert.match(there, /^AccessDeniedException .* because the resource does not exist in this Region/);
    assert.equal(
      await said(`arn:aws:kms:${REGION}:${ACCOUNT}:key/00000000-0000-0000-0000-000000000000`),
      there,
    );
    await bed.call(kms, 'CreateAlias', { AliasName: 'alias/closed', TargetKeyId: KeyId });
    const aliasArn = (name: string) => `arn:aws:kms:${REGION}:${ACCOUNT}:alias/${name}`;
    const alias = (name: string) => said(aliasArn(name));
    const powerless = bed.principal({ name: 'powerless', account: OTHER_ACCOUNT, policies: [] });
    const Policy = JSON.stringify(statement('Allow', 'kms:*', { Principal: '*' }));
    const open = (await bed.call(kms, 'CreateKey', { Policy })).KeyMetadata?.KeyId ?? '';
    assert.deepEqual([await alias('closed'), await alias('none')], [there, there]);
    await bed.call(kms, 'CreateAlias', { AliasName: 'alias/open', TargetKeyId: open });
    const denied = bed.call(kms, 'Encrypt', { KeyId: aliasArn('open'), Plaintext }, powerless);
    const refusal = await denied.catch((error: AwsError) => error);
    assert.ok(refusal instanceof AwsError);
    assert.match(refusal.message, /on resource: \S+:alias\/open because no identity-based policy allows/);
    const encoded = refusal.headers?.['x-honmaru-authorization-message'] ?? '';
    const decoded = await decodedMessage(encoded, OTHER_ACCOUNT, (await bed.ports()).seal);
    assert.match(decoded ?? '', /alias\/open/);
    for (const text of [refusal.message, decoded, JSON.stringify(refusal.evidence)]) {
      assert.ok(!text?.includes(open), text);
    }
    const none = `arn:aws:kms:${REGION}:${ACCOUNT}:key/00000000-0000-0000-0000-000000000000`;
    for (const given of [arn, none]) {
      const tried = { KeyId: given, Plaintext, GrantTokens: ['none'] };
      await assert.rejects(bed.call(kms, 'Encrypt', tried, stranger), { code: 'InvalidGrantTokenException' });
    }
    const asked = bed.call(kms, 'Decrypt', { CiphertextBlob, EncryptionContext }, stranger);
    await refused(
      asked,
      'AccessDeniedException',
      'The ciphertext refers to a customer master key that does not exist, does not exist in this region, or you are not allowed to access.',
    );
  });

  test('an encryption context that is too large for the keeper', async () => {
    const key = await newKey();
    const sized = (letters: number) => ({ name: 'v'.repeat(letters) });
    const encrypted = (letters: number) =>
      bed.call(kms, 'Encrypt', { KeyId: key.KeyId, Plaintext, EncryptionContext: sized(letters) });
    const { CiphertextBlob: blob } = await encrypted(16_372);
    const message = 'Encryption context must not be larger than 16384 bytes.';
    for (const letters of [16_373, 500_000])
      await refused(encrypted(letters), 'ValidationException', message);
    await bed.call(kms, 'ReEncrypt', {
      CiphertextBlob: blob,
      DestinationKeyId: key.KeyId,
      SourceEncryptionContext: sized(16_372),
      DestinationEncryptionContext: { other: 'v'.repeat(16_371) },
    });
    const into = bed.call(kms, 'ReEncrypt', {
      CiphertextBlob: blob,
      DestinationKeyId: key.KeyId,
      SourceEncryptionContext: sized(16_372),
      DestinationEncryptionContext: sized(20_000),
    });
    await refused(into, 'ValidationException', message);
  });

  test('a number of days or bytes that is no integer', async () => {
    const key = await newKey();
    for (const NumberOfBytes of [1.5, Number.NaN]) {
      const asked = bed.call(kms, 'GenerateRandom', { NumberOfBytes });
      await assert.rejects(asked, { code: 'ValidationException', message: /Member must be an integer$/ });
    }
    for (const PendingWindowInDays of [7.5, Number.NaN]) {
      const asked = bed.call(kms, 'ScheduleKeyDeletion', { KeyId: key.KeyId, PendingWindowInDays });
      await assert.rejects(asked, { code: 'ValidationException', message: /Member must be an integer$/ });
    }
  });

  test('a sealed keeper: unavailable, with what to do', async () => {
    bed.keeper.seal();
    await assert.rejects(encrypt(KeyId), {
      code: 'KMSInternalException',
      message: /sealed: unseal them with `honmaru kms unseal`/,
    });
  });
});
