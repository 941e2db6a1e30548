import assert from 'node:assert/strict';
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { before, describe, test } from 'node:test';
import { buildClient, CommitmentPolicy, getClient, KMS, KmsKeyringNode } from '@aws-crypto/client-node';
import {
  CreateAliasCommand,
  DecryptCommand,
  DescribeKeyCommand,
  DisableKeyCommand,
  EncryptCommand,
  GenerateDataKeyCommand,
  RotateKeyOnDemandCommand,
} from '@aws-sdk/client-kms';
import { accountForAll, type KmsAccount } from './kms-account.ts';

const shared = accountForAll();
let account: KmsAccount;
let key = '';

before(async () => {
  account = await shared();
  key = await account.newKey();
});

describe('the calls of an awskms seal (Vault, OpenBao)', () => {
  const dataKey = randomBytes(32);
  let wrapped: Uint8Array;

  test('at start DescribeKey finds the key by id, ARN or alias', async () => {
    const AliasName = 'alias/vault-unseal';
    await account.kms.send(new CreateAliasCommand({ AliasName, TargetKeyId: key }));
    for (const KeyId of [key, key.split('/')[1], AliasName]) {
      const { KeyMetadata } = await account.kms.send(new DescribeKeyCommand({ KeyId }));
      assert.equal(KeyMetadata?.Arn, key);
      assert.equal(KeyMetadata?.KeyState, 'Enabled');
    }
  });

  test('Encrypt wraps a data key that the seal made, and says under which key', async () => {
    const { CiphertextBlob, KeyId } = await account.kms.send(
      new EncryptCommand({ KeyId: 'alias/vault-unseal', Plaintext: dataKey }),
    );
    assert.equal(KeyId, key);
    wrapped = CiphertextBlob ?? new Uint8Array();
    assert.equal(Buffer.from(wrapped).includes(dataKey), false);
  });

  test('Decrypt without a key id gives it back, before and after the key is rotated', async () => {
    const unwrap = () => account.kms.send(new DecryptCommand({ CiphertextBlob: wrapped }));
    assert.deepEqual(Buffer.from((await unwrap()).Plaintext ?? []), dataKey);
    await account.kms.send(new RotateKeyOnDemandCommand({ KeyId: key }));
    assert.deepEqual(Buffer.from((await unwrap()).Plaintext ?? []), dataKey);
  });
});

describe('a data key as sops uses it', () => {
  test('one key of the file, wrapped under two KMS keys; either opens it, each with its context', async () => {
    const keys = [key, await account.newKey()];
    const fileKey = randomBytes(32);
    const EncryptionContext = { Role: 'web', Environment: 'production' };
    const { value, tag, nonce } = sealedValue(fileKey, 'hunter2', 'database:password:');
    const blobs = await Promise.all(
      keys.map((KeyId) =>
        account.kms.send(new EncryptCommand({ KeyId, Plaintext: fileKey, EncryptionContext })),
      ),
    );
    for (const { CiphertextBlob } of blobs) {
      const { Plaintext } = await account.kms.send(new DecryptCommand({ CiphertextBlob, EncryptionContext }));
      const decipher = createDecipheriv('aes-256-gcm', Plaintext ?? Buffer.alloc(32), nonce, {
        authTagLength: 16,
      });
      decipher.setAAD(Buffer.from('database:password:')).setAuthTag(tag);
      assert.equal(Buffer.concat([decipher.update(value), decipher.final()]).toString(), 'hunter2');
      const wrong = new DecryptCommand({
        CiphertextBlob,
        EncryptionContext: { ...EncryptionContext, Role: 'batch' },
      });
      await assert.rejects(account.kms.send(wrong), { name: 'InvalidCiphertextException' });
    }
  });
});

/** A value of a sops file: AES-256-GCM with a nonce of 32 bytes and the path as additional data. */
function sealedValue(fileKey: Buffer, words: string, path: string) {
  const nonce = randomBytes(32);
  const cipher = createCipheriv('aes-256-gcm', fileKey, nonce).setAAD(Buffer.from(path));
  const value = Buffer.concat([cipher.update(words), cipher.final()]);
  return { value, tag: cipher.getAuthTag(), nonce };
}

describe('the AWS Encryption SDK', () => {
  const { encrypt, decrypt, encryptStream, decryptStream } = buildClient(
    CommitmentPolicy.REQUIRE_ENCRYPT_REQUIRE_DECRYPT,
  );
  const context = { tenant: 'blue', purpose: 'backup' };

  function keyring(generatorKeyId: string, keyIds: string[] = []) {
    const { url, accessKeyId, secretAccessKey } = account.running;
    const credentials = { accessKeyId, secretAccessKey };
    const clientProvider = getClient(KMS, { endpoint: url, credentials });
    return new KmsKeyringNode({ generatorKeyId, keyIds, clientProvider });
  }

  test('round trip with a signed message under two keys; each alone opens it', async () => {
    const second = await account.newKey();
    const plaintext = randomBytes(20_000);
    const { result } = await encrypt(keyring(key, [second]), plaintext, { encryptionContext: context });
    for (const one of [key, second]) {
      const { plaintext: opened, messageHeader } = await decrypt(keyring(one), result);
      assert.ok(opened.equals(plaintext));
      assert.equal(messageHeader.encryptionContext.tenant, 'blue');
      assert.equal(messageHeader.encryptedDataKeys.length, 2);
    }
  });

  test('as a stream', async () => {
    const plaintext = randomBytes(300_000);
    const through = encryptStream(keyring(key), { encryptionContext: context, frameLength: 4096 });
    const opened = through.pipe(decryptStream(keyring(key)));
    through.end(plaintext);
    const parts: Buffer[] = [];
    for await (const part of opened) parts.push(part);
    assert.ok(Buffer.concat(parts).equals(plaintext));
  });

  test('a changed message, another key or a disabled key opens nothing', async () => {
    const own = await account.newKey();
    const { result } = await encrypt(keyring(own), 'secret', { encryptionContext: context });
    for (const at of [60, Math.floor(result.length / 2), result.length - 150]) {
      const changed = Buffer.from(result);
      changed[at] = (changed[at] ?? 0) ^ 1;
      await assert.rejects(decrypt(keyring(own), changed), `byte ${at}`);
    }
    await assert.rejects(decrypt(keyring(key), result));
    await account.kms.send(new DisableKeyCommand({ KeyId: own }));
    await assert.rejects(decrypt(keyring(own), result), /DisabledException|is disabled/);
  });
});

test('GenerateDataKey gives every length that clients ask for', async () => {
  for (const [ask, length] of [
    [{ KeySpec: 'AES_128' }, 16],
    [{ KeySpec: 'AES_256' }, 32],
    [{ NumberOfBytes: 64 }, 64],
  ] as const) {
    const { Plaintext, CiphertextBlob } = await account.kms.send(
      new GenerateDataKeyCommand({ KeyId: key, ...ask }),
    );
    assert.equal(Plaintext?.length, length);
    const opened = await account.kms.send(new DecryptCommand({ CiphertextBlob, KeyId: key }));
    assert.deepEqual(opened.Plaintext, Plaintext);
  }
});
