import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { keeperInProcess, type TestToken, testToken } from '../../../keeper/testing.ts';
import { type TestBed, testPlatform } from '../../../platform/testing.ts';
import { doWhatIsDue } from '../background.ts';
import { COLLECTIONS } from '../collections.ts';
import { definition as kms } from '../service.ts';
import { integrityValue } from './xks/external-key.ts';
import { signedHeaders } from './xks/sign.ts';

const CLUSTER = 'cluster-abcdefghijk';
const OTHER_CLUSTER = 'cluster-abcdefghijm';
const UNRELATED_CLUSTER = 'cluster-abcdefghijn';
const PIN = 'token-pin';
/** Self-signed, `CN=cluster`; only its bytes matter. */
const CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBezCCASGgAwIBAgIUFlqBqVlsm619rKTFdHAHmTXh9qAwCgYIKoZIzj0EAwIw
EjEQMA4GA1UEAwwHY2x1c3RlcjAgFw0yNjExMjQxNTE3MTJaGA8yMTI2MTAzMTE1
MTcxMlowEjEQMA4GA1UEAwwHY2x1c3RlcjBZMBMGByqGSM49AgEGCCqGSM49AwEH
A0IABGpgVWZ9V8umD9XqI775MBBGazaUhtjPcYfrfyq+4fI/9PicGwn761R4ryMl
QSofxpcEBhEBt75NMQJBIKdb7U2jUzBRMB0GA1UdDgQWBBQtnbvCmaOy9/fdiAwN
4GL5GYsBmDAfBgNVHSMEGDAWgBQtnbvCmaOy9/fdiAwN4GL5GYsBmDAPBgNVHRMB
Af8EBTADAQH/MAoGCCqGSM49BAMCA0gAMEUCIAi61y9mJLkGfJK9fsTB+HUXiCJI
8yQjyBAXshsmPoq7AiEAiOm6iQgPmV0fug13tTVNe+iA08rmDnoDWbEeGzmdZCI=
-----END CERTIFICATE-----
`;

describe('custom key stores', () => {
  let folder = '';
  let token: TestToken;
  let bed: TestBed;
  let id = '';

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'honmaru-stores-'));
    const socket = join(folder, 'p11.sock');
    token = await testToken(socket, 'vault', PIN);
    writeFileSync(join(folder, 'ca.crt'), CERTIFICATE);
    const place = { socket, token: 'vault', trustAnchor: 'ca.crt' };
    const hsm = join(folder, 'hsm.json');
    const clusters = {
      [CLUSTER]: place,
      [OTHER_CLUSTER]: { ...place, token: 'another' },
      [UNRELATED_CLUSTER]: { socket, token: 'vault' },
    };
    writeFileSync(hsm, JSON.stringify({ schema: 'honmaru.hsm/1', clusters }), { mode: 0o600 });
    const keeper = keeperInProcess(Date.now, hsm);
    bed = await testPlatform({ services: [kms], collections: COLLECTIONS, keeper, region: 'us-east-1' });
  });
  after(async () => {
    await bed.close();
    await token.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const input = () => ({
    CustomKeyStoreName: 'vault',
    CloudHsmClusterId: CLUSTER,
    TrustAnchorCertificate: CERTIFICATE,
    KeyStorePassword: PIN,
  });
  const state = async () => {
    const { CustomKeyStores } = await bed.call(kms, 'DescribeCustomKeyStores', { CustomKeyStoreId: id });
    const [store] = CustomKeyStores ?? [];
    return [store?.ConnectionState, store?.ConnectionErrorCode];
  };
  const only = () => ({ CustomKeyStoreId: id });
  const newKey = () => bed.call(kms, 'CreateKey', { Origin: 'AWS_CLOUDHSM', ...only() });

  test('what does not fit is refused before anything is made', async () => {
    const refused: [object, string][] = [
      [{ CloudHsmClusterId: undefined }, 'ValidationException'],
      [{ XksProxyUriPath: '/kms/xks/v1' }, 'ValidationException'],
      [{ CloudHsmClusterId: 'cluster-zzzzzzzzzzz' }, 'CloudHsmClusterNotFoundException'],
      [{ TrustAnchorCertificate: 'none' }, 'IncorrectTrustAnchorException'],
      [{ CustomKeyStoreType: 'EXTERNAL_KEY_STORE' }, 'ValidationException'],
    ];
    for (const [more, code] of refused) {
      const { CloudHsmClusterId, ...rest } = { ...input(), ...more };
      const given = { ...rest, ...(CloudHsmClusterId !== undefined && { CloudHsmClusterId }) };
      await assert.rejects(bed.call(kms, 'CreateCustomKeyStore', given), { code });
    }
    assert.deepEqual((await bed.call(kms, 'DescribeCustomKeyStores', {})).CustomKeyStores, []);
  });

  test('name and cluster belong to one store; it is found by its name', async () => {
    id = (await bed.call(kms, 'CreateCustomKeyStore', input())).CustomKeyStoreId ?? '';
    assert.match(id, /^cks-[0-9a-f]{17}$/);
    await assert.rejects(bed.call(kms, 'CreateCustomKeyStore', input()), {
      code: 'CustomKeyStoreNameInUseException',
    });
    await assert.rejects(bed.call(kms, 'CreateCustomKeyStore', { ...input(), CustomKeyStoreName: 'b' }), {
      code: 'CloudHsmClusterInUseException',
    });
    const named = await bed.call(kms, 'DescribeCustomKeyStores', { CustomKeyStoreName: 'vault' });
    assert.equal(named.CustomKeyStores?.[0]?.CustomKeyStoreId, id);
    const none = { CustomKeyStoreName: 'none' };
    await assert.rejects(bed.call(kms, 'DescribeCustomKeyStores', none), {
      code: 'CustomKeyStoreNotFoundException',
    });
  });

  test('connection states: each operation only where AWS has it', async () => {
    await assert.rejects(newKey(), { code: 'CustomKeyStoreInvalidStateException' });
    await assert.rejects(bed.call(kms, 'DisconnectCustomKeyStore', only()), {
      code: 'CustomKeyStoreInvalidStateException',
    });
    token.pin = 'another-pin';
    await bed.call(kms, 'ConnectCustomKeyStore', only());
    assert.deepEqual(await state(), ['FAILED', 'INVALID_CREDENTIALS']);
    await assert.rejects(bed.call(kms, 'ConnectCustomKeyStore', only()), {
      code: 'CustomKeyStoreInvalidStateException',
    });
    await bed.call(kms, 'DisconnectCustomKeyStore', only());
    const moved = (CloudHsmClusterId: string) =>
      bed.call(kms, 'UpdateCustomKeyStore', { ...only(), CloudHsmClusterId });
    await assert.rejects(moved(UNRELATED_CLUSTER), { code: 'CloudHsmClusterNotRelatedException' });
    await moved(OTHER_CLUSTER);
    await bed.call(kms, 'ConnectCustomKeyStore', only());
    assert.deepEqual(await state(), ['FAILED', 'CLUSTER_NOT_FOUND']);
    await bed.call(kms, 'DisconnectCustomKeyStore', only());
    await moved(CLUSTER);
    token.pin = PIN;
    await bed.call(kms, 'ConnectCustomKeyStore', only());
    await bed.call(kms, 'ConnectCustomKeyStore', only());
    assert.deepEqual(await state(), ['CONNECTED', undefined]);
    const renamed = { ...only(), NewCustomKeyStoreName: 'renamed' };
    await bed.call(kms, 'UpdateCustomKeyStore', renamed);
    await assert.rejects(
      bed.call(kms, 'UpdateCustomKeyStore', { ...only(), KeyStorePassword: 'other-pin' }),
      {
        code: 'CustomKeyStoreInvalidStateException',
      },
    );
    await assert.rejects(bed.call(kms, 'DeleteCustomKeyStore', only()), {
      code: 'CustomKeyStoreInvalidStateException',
    });
  });

  test('every encryption and decryption asks the token', async () => {
    const KeyId = (await newKey()).KeyMetadata?.KeyId ?? '';
    const EncryptionContext = { app: 'web' };
    const made = await bed.call(kms, 'GenerateDataKey', { KeyId, NumberOfBytes: 20, EncryptionContext });
    const blob = { CiphertextBlob: made.CiphertextBlob ?? Buffer.alloc(0), EncryptionContext };
    assert.deepEqual((await bed.call(kms, 'Decrypt', blob)).Plaintext, made.Plaintext);
    const tampered = Buffer.from(blob.CiphertextBlob);
    tampered.writeUInt8(tampered.readUInt8(tampered.length - 20) ^ 1, tampered.length - 20);
    await assert.rejects(bed.call(kms, 'Decrypt', { ...blob, CiphertextBlob: tampered }), {
      code: 'InvalidCiphertextException',
    });
    const other = (await newKey()).KeyMetadata?.KeyId ?? '';
    await assert.rejects(bed.call(kms, 'Decrypt', { ...blob, KeyId: other }), {
      code: 'IncorrectKeyException',
    });
    await bed.call(kms, 'DisconnectCustomKeyStore', only());
    await assert.rejects(bed.call(kms, 'Decrypt', blob), { code: 'KMSInvalidStateException' });
    await bed.call(kms, 'DisableKey', { KeyId });
    assert.equal((await bed.call(kms, 'DescribeKey', { KeyId })).KeyMetadata?.KeyState, 'Unavailable');
    await bed.call(kms, 'ConnectCustomKeyStore', only());
    assert.equal((await bed.call(kms, 'DescribeKey', { KeyId })).KeyMetadata?.KeyState, 'Disabled');
    await bed.call(kms, 'EnableKey', { KeyId });
    assert.deepEqual((await bed.call(kms, 'Decrypt', blob)).Plaintext, made.Plaintext);
    token.keys.clear();
    await assert.rejects(bed.call(kms, 'Decrypt', blob), {
      code: 'KMSInvalidStateException',
      message: /key material is not in the cluster/,
    });
  });

  test('the end of a key is the end of the one in the token', async () => {
    const KeyId = (await newKey()).KeyMetadata?.KeyId ?? '';
    assert.equal(token.keys.size, 1);
    await bed.call(kms, 'ScheduleKeyDeletion', { KeyId, PendingWindowInDays: 7 });
    bed.advance(8 * 24 * 3_600_000);
    const host = {
      store: bed.store,
      ports: await bed.ports(),
      now: () => bed.platform.now(),
      region: 'us-east-1',
    };
    await doWhatIsDue(host, (error) => assert.fail(String(error)));
    assert.equal(token.keys.size, 0);
    await assert.rejects(bed.call(kms, 'DescribeKey', { KeyId }), { code: 'NotFoundException' });
  });

  test('a store with keys is not deleted, and the password is in no record', async () => {
    await bed.call(kms, 'DisconnectCustomKeyStore', only());
    await assert.rejects(bed.call(kms, 'DeleteCustomKeyStore', only()), {
      code: 'CustomKeyStoreHasCMKsException',
    });
    assert.equal(JSON.stringify(await bed.audit()).includes(PIN), false);
  });
});

test('what a proxy makes of the parts of a ciphertext is the value of the specification', () => {
  const parts = [
    Buffer.from('project=nile,department=marketing'),
    Buffer.from('key_version=1'),
    ...['HMrlRw85cAJUd5Ax', 'ghxkK1txeDNn3q8Y', 'vBxN2ncH1oEkR8WVXpmyYQ=='].map((each) =>
      Buffer.from(each, 'base64'),
    ),
  ];
  assert.equal(integrityValue(parts).toString('base64'), 'qHA/ImC9h5HsLRXqCyPmWgYx7tzyoTplzILbP0fPXsc=');
});

test('requests to a proxy are signed for it alone', () => {
  const made = signedHeaders({
    host: 'xks.example.com',
    path: '/kms/xks/v1/health',
    body: Buffer.from('{}'),
    region: 'eu-west-1',
    accessKeyId: 'ABCDEFGHIJKLMNOPQRST',
    secret: Buffer.from('secret'),
    at: new Date('2026-01-02T03:04:05.678Z'),
  });
  assert.equal(made['x-amz-date'], '20260102T030405Z');
  assert.match(
    made.authorization ?? '',
    /^AWS4-HMAC-SHA256 Credential=ABCDEFGHIJKLMNOPQRST\/20260102\/eu-west-1\/kms-xks-proxy\/aws4_request, SignedHeaders=content-type;host;x-amz-date, Signature=[0-9a-f]{64}$/,
  );
});
