import assert from 'node:assert/strict';
import {
  createCipheriv,
  createHash,
  createPublicKey,
  createSecretKey,
  randomBytes,
  sign,
  verify,
} from 'node:crypto';
import { describe, test } from 'node:test';
import { readBlobHead } from '../client/blob.ts';
import { contextBytes } from '../client/context.ts';
import type { Material } from '../client/keeper.ts';
import { keeperInProcess } from '../testing.ts';
import { decrypt } from './envelope.ts';
import { random } from './random.ts';
import { xaesKeys } from './xaes.ts';

const ACCOUNT = '000012345678';
const KEY = '11112222-3333-4444-5555-666677778888';

async function made(spec: string, keyId = KEY, keeper = keeperInProcess()) {
  const [accountKey = Buffer.alloc(0)] = await keeper.ask('new-account-key', [ACCOUNT]);
  const { materialId, wrapped, publicKey } = await keeper.generate(ACCOUNT, accountKey, keyId, spec);
  const material: Material = {
    account: ACCOUNT,
    keyId,
    materialId,
    load: async () => ({ spec, wrapped, accountKey }),
  };
  const use = async (operation: string, ...fields: readonly (string | Uint8Array)[]) =>
    (await keeper.use(material, operation, ...fields))[0] ?? Buffer.alloc(0);
  return { keeper, material, use, wrapped, accountKey, publicKey };
}

describe('ciphertexts under symmetric material', () => {
  const context = contextBytes({ app: 'web', tenant: 'a' });

  test('open with the same context in any order, and name their key', async () => {
    const { use } = await made('SYMMETRIC_DEFAULT');
    const blob = await use('encrypt', Buffer.from('secret'), context);
    assert.equal(
      (await use('decrypt', blob, contextBytes({ tenant: 'a', app: 'web' }))).toString(),
      'secret',
    );
    assert.deepEqual(
      { ...readBlobHead(blob), material: '' },
      { version: 2, account: ACCOUNT, keyId: KEY, material: '' },
    );
  });

  test('are refused when any byte is another one, or the context', async () => {
    const { use } = await made('SYMMETRIC_DEFAULT');
    const blob = await use('encrypt', Buffer.from('secret'), context);
    for (let at = 0; at < blob.length; at += 1) {
      const changed = Buffer.from(blob);
      changed[at] = (changed[at] ?? 0) ^ 1;
      await assert.rejects(use('decrypt', changed, context), { code: 'ciphertext' }, `byte ${at}`);
    }
    const others: readonly Record<string, string>[] = [
      {},
      { app: 'web' },
      { app: 'web', tenant: 'b' },
      { apptenant: 'weba' },
    ];
    for (const other of others) {
      await assert.rejects(use('decrypt', blob, contextBytes(other)), { code: 'ciphertext' });
    }
    await assert.rejects(use('decrypt', blob.subarray(0, 60), context), { code: 'ciphertext' });
  });

  test('of another material of the same key are refused', async () => {
    const keeper = keeperInProcess();
    const [one, other] = [
      await made('SYMMETRIC_DEFAULT', KEY, keeper),
      await made('SYMMETRIC_DEFAULT', KEY, keeper),
    ];
    const blob = await one.use('encrypt', Buffer.from('x'), Buffer.alloc(0));
    await assert.rejects(other.use('decrypt', blob, Buffer.alloc(0)), { code: 'ciphertext' });
  });

  test('never repeat', async () => {
    const { use } = await made('SYMMETRIC_DEFAULT', 'mrk-11112222333344445555666677778888');
    const blobs = await Promise.all(
      Array.from({ length: 50 }, () => use('encrypt', Buffer.alloc(8), context)),
    );
    assert.equal(new Set(blobs.map((blob) => blob.toString('hex', 43))).size, 50);
  });
});

describe('the derivation of message keys', () => {
  const rows: readonly [byte: number, additional: string, ciphertext: string][] = [
    [1, '', 'ce546ef63c9cc60765923609b33a9a1974e96e52daf2fcf7075e2271'],
    [3, 'c2sp.org/XAES-256-GCM', '986ec1832593df5443a179437fd083bf3fdb41abd740a21f71eb769d'],
  ];
  for (const [byte, additional, ciphertext] of rows) {
    test(`is that of XAES-256-GCM: the published test vector with a key of 0x0${byte}`, () => {
      const keys = xaesKeys(createSecretKey(Buffer.alloc(32, byte)));
      const nonce = Buffer.from('ABCDEFGHIJKLMNOPQRSTUVWX');
      const cipher = createCipheriv('aes-256-gcm', keys.keyFor(nonce), keys.ivIn(nonce));
      cipher.setAAD(Buffer.from(additional));
      const parts = [cipher.update('XAES-256-GCM'), cipher.final(), cipher.getAuthTag()];
      assert.equal(Buffer.concat(parts).toString('hex'), ciphertext);
    });
  }

  test('of an older version still opens what that version wrote', () => {
    const reference = { account: ACCOUNT, keyId: KEY, materialId: 'ab'.repeat(32) };
    const held = { reference, spec: 'SYMMETRIC_DEFAULT', key: createSecretKey(Buffer.alloc(32, 5)) };
    const blob = Buffer.from(
      'SE1LAQAAAAC8YU4RESIiMzNERFVVZmZ3d4iIq6urq6urq6urq6urq6urq2aVY7ubQDCYx0jrBs01RxCeDwML6xUmUh4ezud1' +
        'Fmk+gjAIZOtUPfFEqZGBQL4hy/JYY9grwOIWbJcg',
      'base64',
    );
    const context = contextBytes({ app: 'web', tenant: 'a' });
    assert.equal(decrypt(held, blob, context).toString(), 'written by an older version');
    for (const at of [3, 30, 50, 70]) {
      const changed = Buffer.from(blob);
      changed[at] = (changed[at] ?? 0) ^ 1;
      assert.throws(() => decrypt(held, changed, context), { code: 'ciphertext' }, `byte ${at}`);
    }
  });
});

test('random bytes of the pool are handed out once', () => {
  const seen = new Set(Array.from({ length: 1_000 }, () => random(16).toString('hex')));
  assert.equal(seen.size, 1_000);
  assert.equal(random(1_024).length, 1_024);
});

describe('wrapped material', () => {
  test('opens only in its own place', async () => {
    const { keeper, material, wrapped, accountKey } = await made('SYMMETRIC_DEFAULT');
    const moved: Material = {
      ...material,
      keyId: '99992222-3333-4444-5555-666677778888',
      load: async () => ({ spec: 'SYMMETRIC_DEFAULT', wrapped, accountKey }),
    };
    await assert.rejects(keeper.use(moved, 'encrypt', Buffer.from('x'), ''), { code: 'wrapped' });
  });

  test('does not hold the key in the clear', async () => {
    const { wrapped, publicKey } = await made('ECC_NIST_P256');
    assert.equal(wrapped.includes(publicKey.subarray(-65)), false);
  });
});

describe('signatures', () => {
  const message = randomBytes(100);
  const digestOf = (hash: string) => createHash(hash).update(message).digest();

  const rows: readonly [spec: string, algorithm: string, hash: string][] = [
    ['ECC_NIST_P256', 'ECDSA_SHA_256', 'sha256'],
    ['ECC_NIST_P384', 'ECDSA_SHA_384', 'sha384'],
    ['ECC_NIST_P521', 'ECDSA_SHA_512', 'sha512'],
    ['ECC_SECG_P256K1', 'ECDSA_SHA_256', 'sha256'],
    ['RSA_2048', 'RSASSA_PKCS1_V1_5_SHA_256', 'sha256'],
    ['RSA_2048', 'RSASSA_PSS_SHA_256', 'sha256'],
    ['RSA_2048', 'RSASSA_PSS_SHA_512', 'sha512'],
  ];
  for (const [spec, algorithm, hash] of rows) {
    test(`${algorithm} of ${spec}: a signed digest is what OpenSSL verifies for the message`, async () => {
      const { use, publicKey } = await made(spec);
      const key = createPublicKey({ key: publicKey, format: 'der', type: 'spki' });
      const padding = algorithm.startsWith('RSASSA_PSS') ? { padding: 6, saltLength: -1 } : {};
      for (const [type, given] of [
        ['DIGEST', digestOf(hash)],
        ['RAW', message],
      ] as const) {
        const signature = await use('sign', algorithm, type, given);
        assert.ok(verify(hash, message, { key, ...padding }, signature), type);
        await use('verify', algorithm, 'RAW', message, signature);
        await use('verify', algorithm, 'DIGEST', digestOf(hash), signature);
        const changed = Buffer.from(signature);
        changed[20] = (changed[20] ?? 0) ^ 1;
        await assert.rejects(use('verify', algorithm, type, given, changed), { code: 'signature' });
      }
    });
  }

  test('Ed25519 and its prehashed variant', async () => {
    const { use, publicKey } = await made('ECC_NIST_EDWARDS25519');
    const key = createPublicKey({ key: publicKey, format: 'der', type: 'spki' });
    assert.ok(verify(null, message, key, await use('sign', 'ED25519_SHA_512', 'RAW', message)));
    const prehashed = await use('sign', 'ED25519_PH_SHA_512', 'DIGEST', digestOf('sha512'));
    await use('verify', 'ED25519_PH_SHA_512', 'DIGEST', digestOf('sha512'), prehashed);
    await assert.rejects(use('verify', 'ED25519_SHA_512', 'RAW', message, prehashed), { code: 'signature' });
  });

  test('ML-DSA, also of a message representative', async () => {
    const { use, publicKey } = await made('ML_DSA_44');
    const key = createPublicKey({ key: publicKey, format: 'der', type: 'spki' });
    const raw = Buffer.from((key.export({ format: 'jwk' }) as { pub: string }).pub, 'base64url');
    const shake = (...parts: readonly Uint8Array[]) =>
      createHash('shake256', { outputLength: 64 }).update(Buffer.concat(parts)).digest();
    const mu = shake(shake(raw), Buffer.of(0, 0), message);
    const signature = await use('sign', 'ML_DSA_SHAKE_256', 'EXTERNAL_MU', mu);
    assert.ok(verify(null, message, key, signature));
    await use(
      'verify',
      'ML_DSA_SHAKE_256',
      'EXTERNAL_MU',
      mu,
      await use('sign', 'ML_DSA_SHAKE_256', 'RAW', message),
    );
  });

  test('RFC 8032, section 7.3: the published Ed25519ph signature', async () => {
    const { signPrehashed } = await import('./ed25519ph.ts');
    const { createPrivateKey } = await import('node:crypto');
    const seed = Buffer.from('833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42', 'hex');
    const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]);
    const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
    const expected =
      '98a70222f0b8121aa9d30f813d683f809e462b469c7ff87639499bb94e6dae4131f85042463c2a355a2003d062adf5aaa10b8c61e636062aaad11c2a26083406';
    assert.equal(signPrehashed(key, createHash('sha512').update('abc').digest()).toString('hex'), expected);
    assert.ok(sign(null, message, key));
  });
});

test('a data key is random, and its ciphertext opens to it', async () => {
  const { keeper, material, use } = await made('SYMMETRIC_DEFAULT');
  const [blob = Buffer.alloc(0), plain] = await keeper.use(material, 'data-key', '32', '', 'show');
  assert.deepEqual(await use('decrypt', blob, ''), plain);
  assert.equal((await keeper.use(material, 'data-key', '32', '', 'hide')).length, 1);
});

test('a shared secret is the same on both sides, encapsulated or derived', async () => {
  const { keeper, material, use } = await made('ML_KEM_512');
  const [shared, ciphertext = Buffer.alloc(0)] = await keeper.use(material, 'encapsulate');
  assert.deepEqual(await use('decapsulate', ciphertext), shared);
  const [alice, bob] = [await made('ECC_NIST_P256'), await made('ECC_NIST_P256')];
  const one = await alice.use('derive', bob.publicKey.subarray(-64));
  assert.deepEqual(await bob.use('derive', alice.publicKey.subarray(-64)), one);
  await assert.rejects(alice.use('derive', Buffer.alloc(64, 1)), { code: 'material' });
});
