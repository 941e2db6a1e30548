import assert from 'node:assert/strict';
import {
  constants,
  createCipheriv,
  createPublicKey,
  generateKeyPairSync,
  publicEncrypt,
  randomBytes,
  verify,
} from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { dispatch } from '../../platform/dispatch.ts';
import { doWhatIsDue } from './background.ts';
import { keys, materials } from './collections.ts';
import { ACCOUNT, kms, kmsBed, statement } from './testing.ts';

const DAY = 24 * 3_600_000;
const Plaintext = Buffer.from('attack at dawn');

describe('the life of a key', () => {
  let bed: Awaited<ReturnType<typeof kmsBed>>;
  before(async () => {
    bed = await kmsBed();
  });
  after(() => bed.close());

  const newKey = async (input: object = {}) => {
    const { KeyMetadata } = await bed.call(kms, 'CreateKey', input);
    return KeyMetadata?.KeyId ?? '';
  };
  const stateOf = async (KeyId: string) =>
    (await bed.call(kms, 'DescribeKey', { KeyId })).KeyMetadata?.KeyState;
  const due = async () => {
    const { store, platform } = bed;
    const host = { store, region: platform.region, now: bed.now, ports: await bed.ports() };
    await doWhatIsDue(host, (error) => {
      throw error;
    });
  };
  /** The same operation in another Region. */
  const inRegion = async (
    region: string,
    operation: string,
    input: object,
  ): Promise<Record<string, unknown>> => {
    const service = await bed.platform.service('kms');
    assert.ok(service);
    const outcome = await dispatch(bed.platform, {
      service,
      operation,
      input,
      caller: bed.root,
      ports: await bed.ports(),
      request: { sourceIp: '192.0.2.1', userAgent: '', secureTransport: true, host: '' },
      requestId: 'r',
      now: bed.now(),
      region,
    });
    if ('error' in outcome) throw outcome.error;
    return outcome.output as Record<string, unknown>;
  };

  test('is over at the end of its waiting period, with its material', async () => {
    const KeyId = await newKey();
    await assert.rejects(bed.call(kms, 'ScheduleKeyDeletion', { KeyId, PendingWindowInDays: 6 }), {
      code: 'ValidationException',
    });
    await bed.call(kms, 'ScheduleKeyDeletion', { KeyId, PendingWindowInDays: 7 });
    await bed.call(kms, 'CancelKeyDeletion', { KeyId });
    assert.equal(await stateOf(KeyId), 'Disabled');
    await bed.call(kms, 'ScheduleKeyDeletion', { KeyId, PendingWindowInDays: 7 });
    bed.advance(7 * DAY - 1);
    await due();
    assert.equal(await stateOf(KeyId), 'PendingDeletion');
    bed.advance(1);
    await due();
    await assert.rejects(stateOf(KeyId), { code: 'NotFoundException' });
    const left = await bed.store.list(materials, { prefix: `${ACCOUNT}/${KeyId}/` });
    assert.equal(left.records.length, 0);
  });

  test('has rotations by itself when they are switched on', async () => {
    const KeyId = await newKey();
    await bed.call(kms, 'EnableKeyRotation', { KeyId, RotationPeriodInDays: 90 });
    const { CiphertextBlob } = await bed.call(kms, 'Encrypt', { KeyId, Plaintext });
    bed.advance(90 * DAY);
    await due();
    await due();
    const { Rotations } = await bed.call(kms, 'ListKeyRotations', { KeyId });
    assert.deepEqual(
      Rotations?.map(({ RotationType }) => RotationType),
      ['AUTOMATIC'],
    );
    assert.deepEqual((await bed.call(kms, 'Decrypt', { CiphertextBlob })).Plaintext, Plaintext);
    await bed.call(kms, 'DisableKeyRotation', { KeyId });
    assert.equal((await bed.call(kms, 'GetKeyRotationStatus', { KeyId })).KeyRotationEnabled, false);
    const asymmetric = await newKey({ KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' });
    await assert.rejects(bed.call(kms, 'EnableKeyRotation', { KeyId: asymmetric }), {
      code: 'UnsupportedOperationException',
    });
  });

  /** Wraps material as a client does. */
  async function wrapped(
    KeyId: string,
    material: Buffer,
    WrappingAlgorithm: string,
    WrappingKeySpec: string,
  ) {
    const asked = { KeyId, WrappingAlgorithm, WrappingKeySpec };
    const { PublicKey = new Uint8Array(), ImportToken } = await bed.call(
      kms,
      'GetParametersForImport',
      asked,
    );
    const key = createPublicKey({ key: Buffer.from(PublicKey), format: 'der', type: 'spki' });
    const oaepHash = WrappingAlgorithm.endsWith('SHA_1') ? 'sha1' : 'sha256';
    const oaep = (bytes: Buffer) =>
      publicEncrypt({ key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash }, bytes);
    if (WrappingAlgorithm.startsWith('RSAES'))
      return { KeyId, ImportToken, EncryptedKeyMaterial: oaep(material) };
    const aes = randomBytes(32);
    const cipher = createCipheriv('id-aes256-wrap-pad', aes, Buffer.from('a65959a6', 'hex'));
    const inner = Buffer.concat([cipher.update(material), cipher.final()]);
    return { KeyId, ImportToken, EncryptedKeyMaterial: Buffer.concat([oaep(aes), inner]) };
  }

  const FOR_EVER = { ExpirationModel: 'KEY_MATERIAL_DOES_NOT_EXPIRE' };

  for (const algorithm of [
    'RSAES_OAEP_SHA_1',
    'RSAES_OAEP_SHA_256',
    'RSA_AES_KEY_WRAP_SHA_1',
    'RSA_AES_KEY_WRAP_SHA_256',
  ]) {
    test(`takes imported material, wrapped with ${algorithm}`, async () => {
      const KeyId = await newKey({ Origin: 'EXTERNAL' });
      assert.equal(await stateOf(KeyId), 'PendingImport');
      const sent = await wrapped(KeyId, randomBytes(32), algorithm, 'RSA_2048');
      await bed.call(kms, 'ImportKeyMaterial', { ...sent, ...FOR_EVER });
      const { CiphertextBlob } = await bed.call(kms, 'Encrypt', { KeyId, Plaintext });
      assert.deepEqual((await bed.call(kms, 'Decrypt', { CiphertextBlob })).Plaintext, Plaintext);
    });
  }

  test('takes back only the material that it had, until it rotates to new one', async () => {
    const KeyId = await newKey({ Origin: 'EXTERNAL' });
    const [first, second] = [randomBytes(32), randomBytes(32)];
    const send = async (material: Buffer, more: object = {}) =>
      bed.call(kms, 'ImportKeyMaterial', {
        ...(await wrapped(KeyId, material, 'RSAES_OAEP_SHA_256', 'RSA_2048')),
        ...FOR_EVER,
        ...more,
      });
    const { KeyMaterialId } = await send(first);
    const { CiphertextBlob } = await bed.call(kms, 'Encrypt', { KeyId, Plaintext });
    await bed.call(kms, 'DeleteImportedKeyMaterial', { KeyId });
    await assert.rejects(bed.call(kms, 'Decrypt', { CiphertextBlob }), { code: 'KMSInvalidStateException' });
    await assert.rejects(send(second), { code: 'IncorrectKeyMaterialException' });
    assert.equal((await send(first)).KeyMaterialId, KeyMaterialId);
    assert.deepEqual((await bed.call(kms, 'Decrypt', { CiphertextBlob })).Plaintext, Plaintext);
    await assert.rejects(bed.call(kms, 'RotateKeyOnDemand', { KeyId }), {
      message: `No available key material pending rotation for the key: arn:aws:kms:us-east-1:${ACCOUNT}:key/${KeyId}.`,
    });
    await send(second, { ImportType: 'NEW_KEY_MATERIAL' });
    await assert.rejects(send(randomBytes(32), { ImportType: 'NEW_KEY_MATERIAL' }), /is pending rotation/);
    await bed.call(kms, 'RotateKeyOnDemand', { KeyId });
    assert.deepEqual((await bed.call(kms, 'Decrypt', { CiphertextBlob })).Plaintext, Plaintext);
  });

  test('cannot be used from the moment when its imported material expires', async () => {
    const KeyId = await newKey({ Origin: 'EXTERNAL' });
    const sent = await wrapped(KeyId, randomBytes(32), 'RSAES_OAEP_SHA_256', 'RSA_2048');
    await assert.rejects(bed.call(kms, 'ImportKeyMaterial', sent), /validTo date must be set/);
    await bed.call(kms, 'ImportKeyMaterial', { ...sent, ValidTo: new Date(bed.now().getTime() + DAY) });
    await bed.call(kms, 'Encrypt', { KeyId, Plaintext });
    bed.advance(DAY);
    await assert.rejects(bed.call(kms, 'Encrypt', { KeyId, Plaintext }), {
      code: 'KMSInvalidStateException',
    });
    await due();
    assert.equal(await stateOf(KeyId), 'PendingImport');
    const stored = await bed.store.list(materials, { prefix: `${ACCOUNT}/${KeyId}/` });
    assert.deepEqual(stored.records, []);
    await bed.call(kms, 'ImportKeyMaterial', { ...sent, ExpirationModel: 'KEY_MATERIAL_DOES_NOT_EXPIRE' });
    await bed.call(kms, 'Encrypt', { KeyId, Plaintext });
  });

  test('is refused an import with a wrong token, a late one, or of another kind of key', async () => {
    const KeyId = await newKey({ Origin: 'EXTERNAL' });
    const sent = await wrapped(KeyId, randomBytes(32), 'RSAES_OAEP_SHA_256', 'RSA_2048');
    const token = Buffer.from(sent.ImportToken ?? []);
    token[40] = (token[40] ?? 0) ^ 1;
    await assert.rejects(bed.call(kms, 'ImportKeyMaterial', { ...sent, ...FOR_EVER, ImportToken: token }), {
      code: 'InvalidImportTokenException',
    });
    const short = await wrapped(KeyId, randomBytes(16), 'RSAES_OAEP_SHA_256', 'RSA_2048');
    await assert.rejects(bed.call(kms, 'ImportKeyMaterial', { ...short, ...FOR_EVER }), {
      code: 'IncorrectKeyMaterialException',
    });
    await assert.rejects(
      bed.call(kms, 'ImportKeyMaterial', { ...sent, ...FOR_EVER, EncryptedKeyMaterial: randomBytes(256) }),
      { code: 'InvalidCiphertextException' },
    );
  });

  test('an imported private key signs as the one outside', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'secp256k1' });
    const KeyId = await newKey({ Origin: 'EXTERNAL', KeySpec: 'ECC_SECG_P256K1', KeyUsage: 'SIGN_VERIFY' });
    const der = privateKey.export({ type: 'pkcs8', format: 'der' });
    const sent = await wrapped(KeyId, der, 'RSA_AES_KEY_WRAP_SHA_256', 'RSA_3072');
    await bed.call(kms, 'ImportKeyMaterial', { ...sent, ...FOR_EVER });
    const { Signature } = await bed.call(kms, 'Sign', {
      KeyId,
      Message: Plaintext,
      SigningAlgorithm: 'ECDSA_SHA_256',
    });
    assert.ok(verify('sha256', Plaintext, publicKey, Buffer.from(Signature ?? [])));
    const answered = await bed.call(kms, 'GetPublicKey', { KeyId });
    assert.deepEqual(
      Buffer.from(answered.PublicKey ?? []),
      publicKey.export({ type: 'spki', format: 'der' }),
    );
  });

  test('a multi-Region key opens in each of its Regions, and deletes the primary last', async () => {
    const KeyId = await newKey({ MultiRegion: true });
    assert.match(KeyId, /^mrk-/);
    const { CiphertextBlob } = await bed.call(kms, 'Encrypt', { KeyId, Plaintext });
    await bed.call(kms, 'ReplicateKey', { KeyId, ReplicaRegion: 'eu-west-1' });
    const opened = await inRegion('eu-west-1', 'Decrypt', { CiphertextBlob, KeyId });
    assert.deepEqual(opened.Plaintext, Plaintext);
    await bed.call(kms, 'RotateKeyOnDemand', { KeyId });
    const later = await inRegion('eu-west-1', 'Encrypt', { KeyId, Plaintext });
    assert.deepEqual(
      (await bed.call(kms, 'Decrypt', { CiphertextBlob: later.CiphertextBlob, KeyId })).Plaintext,
      Plaintext,
    );
    const { KeyState } = await bed.call(kms, 'ScheduleKeyDeletion', { KeyId, PendingWindowInDays: 7 });
    assert.equal(KeyState, 'PendingReplicaDeletion');
    await inRegion('eu-west-1', 'ScheduleKeyDeletion', { KeyId, PendingWindowInDays: 7 });
    bed.advance(7 * DAY);
    await due();
    assert.equal(await stateOf(KeyId), 'PendingDeletion');
    bed.advance(7 * DAY);
    await due();
    await assert.rejects(stateOf(KeyId), { code: 'NotFoundException' });
  });

  test('the primary Region moves', async () => {
    const KeyId = await newKey({ MultiRegion: true });
    await bed.call(kms, 'ReplicateKey', { KeyId, ReplicaRegion: 'eu-west-1' });
    await bed.call(kms, 'UpdatePrimaryRegion', { KeyId, PrimaryRegion: 'eu-west-1' });
    const { KeyMetadata } = await bed.call(kms, 'DescribeKey', { KeyId });
    assert.equal(KeyMetadata?.MultiRegionConfiguration?.MultiRegionKeyType, 'REPLICA');
    assert.equal(KeyMetadata?.MultiRegionConfiguration?.PrimaryKey?.Region, 'eu-west-1');
  });

  test('aliases are created, moved, listed and deleted', async () => {
    const [one, other] = [await newKey(), await newKey()];
    const AliasName = 'alias/orders';
    await bed.call(kms, 'CreateAlias', { AliasName, TargetKeyId: one });
    await assert.rejects(bed.call(kms, 'CreateAlias', { AliasName, TargetKeyId: other }), {
      code: 'AlreadyExistsException',
    });
    await bed.call(kms, 'UpdateAlias', { AliasName, TargetKeyId: other });
    const { Aliases } = await bed.call(kms, 'ListAliases', { KeyId: other });
    assert.deepEqual(
      Aliases?.map(({ AliasArn }) => AliasArn),
      [`arn:aws:kms:us-east-1:${ACCOUNT}:alias/orders`],
    );
    assert.equal((await bed.call(kms, 'ListAliases', { KeyId: one })).Aliases?.length, 0);
    await bed.call(kms, 'DeleteAlias', { AliasName });
    await assert.rejects(bed.call(kms, 'DescribeKey', { KeyId: AliasName }), {
      message: `Alias arn:aws:kms:us-east-1:${ACCOUNT}:alias/orders is not found.`,
    });
    await assert.rejects(bed.call(kms, 'CreateAlias', { AliasName: 'alias/aws/s3', TargetKeyId: one }), {
      code: 'NotAuthorizedException',
    });
  });

  test('grants are passed on only as far as they go, retired by whom they name, and revoked', async () => {
    const KeyId = await newKey();
    const [bob, carol] = [bed.principal({ name: 'bob' }), bed.principal({ name: 'carol' })];
    const context = { app: 'web' };
    const { GrantId, GrantToken } = await bed.call(kms, 'CreateGrant', {
      KeyId,
      GranteePrincipal: bob.arn,
      RetiringPrincipal: carol.arn,
      Operations: ['Decrypt', 'Encrypt', 'CreateGrant'],
      Constraints: { EncryptionContextSubset: context },
    });
    const pass = (Operations: readonly string[], more: object = {}) =>
      bed.call(kms, 'CreateGrant', { KeyId, GranteePrincipal: carol.arn, Operations, ...more }, bob);
    await assert.rejects(pass(['Decrypt']), { code: 'AccessDeniedException' });
    const same = { Constraints: { EncryptionContextSubset: context } };
    await assert.rejects(pass(['GenerateDataKey'], same), { code: 'AccessDeniedException' });
    await pass(['Decrypt'], same);
    const { Grants } = await bed.call(kms, 'ListGrants', { KeyId });
    assert.equal(Grants?.length, 2);
    const asked = { KeyId, Plaintext, EncryptionContext: context, GrantTokens: [GrantToken] };
    await bed.call(kms, 'Encrypt', asked, bob);
    await assert.rejects(bed.call(kms, 'Encrypt', { ...asked, GrantTokens: ['x'] }, bob), {
      code: 'InvalidGrantTokenException',
    });
    const KeyArn = `arn:aws:kms:us-east-1:${ACCOUNT}:key/${KeyId}`;
    await assert.rejects(bed.call(kms, 'RetireGrant', { KeyId: KeyArn, GrantId }, bob), {
      code: 'AccessDeniedException',
    });
    await bed.call(kms, 'RetireGrant', { GrantToken }, carol);
    await assert.rejects(bed.call(kms, 'Encrypt', { ...asked, GrantTokens: [] }, bob), {
      code: 'AccessDeniedException',
    });
    const [left] = (await bed.call(kms, 'ListGrants', { KeyId })).Grants ?? [];
    await bed.call(kms, 'RevokeGrant', { KeyId, GrantId: left?.GrantId });
    assert.equal((await bed.call(kms, 'ListGrants', { KeyId })).Grants?.length, 0);
    await assert.rejects(bed.call(kms, 'RevokeGrant', { KeyId, GrantId: left?.GrantId }), {
      message: `Grant ID ${left?.GrantId} not found`,
    });
  });

  test('a grant constrains at most 8 pairs, with values of at most 384 characters', async () => {
    const KeyId = await newKey();
    const { arn: GranteePrincipal } = bed.principal({ name: 'dave' });
    const grant = (EncryptionContextSubset: Readonly<Record<string, string>>) =>
      bed.call(kms, 'CreateGrant', {
        KeyId,
        GranteePrincipal,
        Operations: ['Encrypt'],
        Constraints: { EncryptionContextSubset },
      });
    const pairs = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, at) => [`name-${at}`, 'value']));
    await grant(pairs(8));
    await grant({ name: 'v'.repeat(384) });
    await assert.rejects(grant(pairs(9)), { code: 'ValidationException', message: /at most 8 pairs/ });
    await assert.rejects(grant({ name: 'v'.repeat(385) }), { code: 'ValidationException' });
  });

  test('a policy that locks its writer out is refused, unless the check is bypassed', async () => {
    const KeyId = await newKey();
    const Policy = JSON.stringify(statement('Allow', 'kms:Encrypt', { Principal: { AWS: ACCOUNT } }));
    await assert.rejects(bed.call(kms, 'PutKeyPolicy', { KeyId, Policy }), {
      code: 'MalformedPolicyDocumentException',
      message: 'The new key policy will not allow you to update the key policy in the future.',
    });
    const nobody = JSON.stringify(
      statement('Allow', 'kms:*', { Principal: { AWS: `arn:aws:iam::${ACCOUNT}:user/x` } }),
    );
    await assert.rejects(bed.call(kms, 'PutKeyPolicy', { KeyId, Policy: nobody }), {
      message: 'Policy contains a statement with one or more invalid principals.',
    });
    await bed.call(kms, 'PutKeyPolicy', { KeyId, Policy, BypassPolicyLockoutSafetyCheck: true });
    await assert.rejects(bed.call(kms, 'GetKeyPolicy', { KeyId }), { code: 'AccessDeniedException' });
  });

  test('the last use of a key is remembered', async () => {
    const KeyId = await newKey();
    assert.deepEqual((await bed.call(kms, 'GetKeyLastUsage', { KeyId })).KeyLastUsage, {});
    await bed.call(kms, 'GenerateDataKey', { KeyId, KeySpec: 'AES_256' });
    const { KeyLastUsage } = await bed.call(kms, 'GetKeyLastUsage', { KeyId });
    assert.equal(KeyLastUsage?.Operation, 'GenerateDataKey');
  });

  test('MACs, shared secrets and encapsulated ones', async () => {
    const mac = await newKey({ KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' });
    const MacAlgorithm = 'HMAC_SHA_256';
    const { Mac = new Uint8Array() } = await bed.call(kms, 'GenerateMac', {
      KeyId: mac,
      Message: Plaintext,
      MacAlgorithm,
    });
    const asked = { KeyId: mac, Message: Plaintext, MacAlgorithm };
    assert.equal((await bed.call(kms, 'VerifyMac', { ...asked, Mac })).MacValid, true);
    await assert.rejects(bed.call(kms, 'VerifyMac', { ...asked, Mac: Mac.slice(1) }), {
      code: 'KMSInvalidMacException',
    });
    const kem = await newKey({ KeySpec: 'ML_KEM_768', KeyUsage: 'ENCAPSULATE_DECAPSULATE' });
    const EncapsulationAlgorithm = 'ML_KEM';
    const made = await bed.call(kms, 'Encapsulate', { KeyId: kem, EncapsulationAlgorithm });
    const { SharedSecretCiphertextBlob } = made;
    const again = await bed.call(kms, 'Decapsulate', {
      KeyId: kem,
      EncapsulationAlgorithm,
      SharedSecretCiphertextBlob,
    });
    assert.deepEqual(again.SharedSecret, made.SharedSecret);
    const [one, other] = await Promise.all(
      ['KEY_AGREEMENT', 'KEY_AGREEMENT'].map((KeyUsage) => newKey({ KeySpec: 'ECC_NIST_P384', KeyUsage })),
    );
    const secretOf = async (KeyId: string, peer: string) => {
      const { PublicKey } = await bed.call(kms, 'GetPublicKey', { KeyId: peer });
      return (await bed.call(kms, 'DeriveSharedSecret', { KeyId, KeyAgreementAlgorithm: 'ECDH', PublicKey }))
        .SharedSecret;
    };
    assert.deepEqual(await secretOf(one ?? '', other ?? ''), await secretOf(other ?? '', one ?? ''));
    await assert.rejects(
      bed.call(kms, 'DeriveSharedSecret', {
        KeyId: one,
        KeyAgreementAlgorithm: 'ECDH',
        PublicKey: Buffer.from('no'),
      }),
      { code: 'ValidationException' },
    );
  });

  test('SM2 is refused clearly', async () => {
    await assert.rejects(
      newKey({ KeySpec: 'SM2', KeyUsage: 'SIGN_VERIFY' }),
      /only supported in China Regions/,
    );
    assert.ok((await bed.store.count(keys)) > 0);
  });
});
