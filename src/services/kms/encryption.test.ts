import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { ACCOUNT, kms, kmsBed, statement } from './testing.ts';

describe('encryption', () => {
  let bed: Awaited<ReturnType<typeof kmsBed>>;
  before(async () => {
    bed = await kmsBed();
  });
  after(() => bed.close());

  const newKey = async (input: object = {}) => {
    const { KeyMetadata } = await bed.call(kms, 'CreateKey', input);
    return KeyMetadata?.KeyId ?? '';
  };
  const Plaintext = Buffer.from('attack at dawn');

  test('what Encrypt made, Decrypt opens, and says with which key and material', async () => {
    const KeyId = await newKey();
    const EncryptionContext = { app: 'web' };
    const { CiphertextBlob, KeyId: arn } = await bed.call(kms, 'Encrypt', {
      KeyId,
      Plaintext,
      EncryptionContext,
    });
    assert.equal(arn, `arn:aws:kms:us-east-1:${ACCOUNT}:key/${KeyId}`);
    const opened = await bed.call(kms, 'Decrypt', { CiphertextBlob, EncryptionContext });
    assert.deepEqual(opened.Plaintext, Plaintext);
    assert.equal(opened.KeyId, arn);
    assert.match(opened.KeyMaterialId ?? '', /^[0-9a-f]{64}$/);
  });

  test('DryRun checks everything and does nothing', async () => {
    const KeyId = await newKey();
    await assert.rejects(bed.call(kms, 'Encrypt', { KeyId, Plaintext, DryRun: true }), {
      code: 'DryRunOperationException',
    });
    const nobody = bed.principal({ name: 'nobody' });
    await assert.rejects(bed.call(kms, 'Encrypt', { KeyId, Plaintext, DryRun: true }, nobody), {
      code: 'AccessDeniedException',
    });
  });

  test('permissions are tried without a ciphertext where DryRunModifiers say so', async () => {
    const KeyId = await newKey();
    const tried = { KeyId, DryRun: true, DryRunModifiers: ['IGNORE_CIPHERTEXT' as const] };
    await assert.rejects(bed.call(kms, 'Decrypt', tried), { code: 'DryRunOperationException' });
    const nobody = bed.principal({ name: 'nobody-either' });
    await assert.rejects(bed.call(kms, 'Decrypt', tried, nobody), { code: 'AccessDeniedException' });
    await assert.rejects(bed.call(kms, 'Decrypt', { ...tried, DryRun: false }), {
      code: 'ValidationException',
    });
    const { KeyId: _key, ...unnamed } = { ...tried, CiphertextBlob: Plaintext };
    await assert.rejects(bed.call(kms, 'Decrypt', unnamed), { code: 'InvalidCiphertextException' });
    const again = { SourceKeyId: KeyId, DestinationKeyId: KeyId, DryRun: true };
    const modified = { ...again, DryRunModifiers: tried.DryRunModifiers };
    await assert.rejects(bed.call(kms, 'ReEncrypt', modified), { code: 'DryRunOperationException' });
    await bed.call(kms, 'DisableKey', { KeyId });
    await assert.rejects(bed.call(kms, 'Decrypt', tried), { code: 'DisabledException' });
  });

  test('old ciphertexts open after a rotation, and new ones have new material', async () => {
    const KeyId = await newKey();
    const before = await bed.call(kms, 'Encrypt', { KeyId, Plaintext });
    await bed.call(kms, 'RotateKeyOnDemand', { KeyId });
    const later = await bed.call(kms, 'Encrypt', { KeyId, Plaintext });
    const [old, fresh] = await Promise.all(
      [before, later].map(({ CiphertextBlob }) => bed.call(kms, 'Decrypt', { CiphertextBlob, KeyId })),
    );
    assert.deepEqual(old?.Plaintext, Plaintext);
    assert.notEqual(old?.KeyMaterialId, fresh?.KeyMaterialId);
    const { Rotations } = await bed.call(kms, 'ListKeyRotations', { KeyId });
    assert.equal(Rotations?.length, 1);
    assert.equal(Rotations?.[0]?.RotationType, 'ON_DEMAND');
  });

  test('data keys, with and without plaintext, and pairs', async () => {
    const KeyId = await newKey();
    const made = await bed.call(kms, 'GenerateDataKey', { KeyId, KeySpec: 'AES_128' });
    assert.equal(made.Plaintext?.length, 16);
    const { Plaintext: opened } = await bed.call(kms, 'Decrypt', { CiphertextBlob: made.CiphertextBlob });
    assert.deepEqual(opened, made.Plaintext);
    const hidden = await bed.call(kms, 'GenerateDataKeyWithoutPlaintext', { KeyId, NumberOfBytes: 64 });
    assert.deepEqual(Object.keys(hidden).sort(), ['CiphertextBlob', 'KeyId', 'KeyMaterialId']);
    await assert.rejects(bed.call(kms, 'GenerateDataKey', { KeyId }), {
      message: 'Please specify either number of bytes or key spec.',
    });
    const pair = await bed.call(kms, 'GenerateDataKeyPair', { KeyId, KeyPairSpec: 'ECC_NIST_P256' });
    const { Plaintext: der } = await bed.call(kms, 'Decrypt', {
      CiphertextBlob: pair.PrivateKeyCiphertextBlob,
    });
    assert.deepEqual(der, pair.PrivateKeyPlaintext);
  });

  test('ReEncrypt moves a ciphertext to another key and context', async () => {
    const [one, other] = [await newKey(), await newKey()];
    const { CiphertextBlob } = await bed.call(kms, 'Encrypt', {
      KeyId: one,
      Plaintext,
      EncryptionContext: { a: '1' },
    });
    const moved = await bed.call(kms, 'ReEncrypt', {
      CiphertextBlob,
      SourceEncryptionContext: { a: '1' },
      DestinationKeyId: other,
      DestinationEncryptionContext: { b: '2' },
    });
    const opened = await bed.call(kms, 'Decrypt', {
      CiphertextBlob: moved.CiphertextBlob,
      KeyId: other,
      EncryptionContext: { b: '2' },
    });
    assert.deepEqual(opened.Plaintext, Plaintext);
  });

  test('an RSA key encrypts up to its limit and needs its KeyId to decrypt', async () => {
    const KeyId = await newKey({ KeySpec: 'RSA_2048', KeyUsage: 'ENCRYPT_DECRYPT' });
    const EncryptionAlgorithm = 'RSAES_OAEP_SHA_256';
    const { CiphertextBlob } = await bed.call(kms, 'Encrypt', { KeyId, Plaintext, EncryptionAlgorithm });
    const opened = await bed.call(kms, 'Decrypt', { KeyId, CiphertextBlob, EncryptionAlgorithm });
    assert.deepEqual(opened.Plaintext, Plaintext);
    await assert.rejects(
      bed.call(kms, 'Encrypt', { KeyId, Plaintext: Buffer.alloc(191), EncryptionAlgorithm }),
      {
        message:
          'Algorithm RSAES_OAEP_SHA_256 and key spec RSA_2048 cannot encrypt data larger than 190 bytes.',
      },
    );
    await assert.rejects(bed.call(kms, 'Encrypt', { KeyId, Plaintext }), {
      code: 'InvalidKeyUsageException',
    });
  });

  test('no plaintext and no ciphertext stands in the audit trail', async () => {
    const KeyId = await newKey();
    const secret = Buffer.from('a canary that sings');
    const { CiphertextBlob } = await bed.call(kms, 'Encrypt', { KeyId, Plaintext: secret });
    await bed.call(kms, 'Decrypt', { CiphertextBlob });
    const written = JSON.stringify(await bed.audit());
    for (const form of ['utf8', 'base64', 'hex'] as const)
      assert.ok(!written.includes(secret.toString(form)), form);
    assert.match(written, /"eventName":"Decrypt"/);
  });

  test('a user needs both: the policy of the key and its own', async () => {
    const KeyId = await newKey();
    const able = bed.principal({ name: 'able', policies: [statement('Allow', 'kms:Encrypt')] });
    await bed.call(kms, 'Encrypt', { KeyId, Plaintext }, able);
    await assert.rejects(bed.call(kms, 'DescribeKey', { KeyId }, able), {
      message: /because no identity-based policy allows the kms:DescribeKey action$/,
    });
  });
});
