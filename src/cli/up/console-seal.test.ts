import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import type { KeeperStatus, SealMethod } from '../../keeper/client/index.ts';
import { consoleSeal, sealOf } from './console-seal.ts';

const STATUS: KeeperStatus = {
  sealed: true,
  method: undefined,
  threshold: 3,
  progress: 1,
  rootId: '',
  previousRoots: 0,
  keyFile: '/keys/keeper.key',
};

test('each seal names what opens it and the command, and no place of a key', () => {
  const names: Readonly<Record<SealMethod, readonly [RegExp, RegExp]>> = {
    'key-file': [/key file back/, /鍵ファイル/],
    passphrase: [/passphrase/, /パスフレーズ/],
    shamir: [/3 people .* \(given so far: 1\)/, /3人.*入力済み: 1個/],
    pkcs11: [/PIN/, /PIN/],
    kms: [/Another KMS/, /別のKMS/],
  };
  for (const [method, [en, ja]] of Object.entries(names)) {
    const seal = sealOf({ ...STATUS, method: method as SealMethod });
    assert.equal(seal?.command, 'honmaru kms unseal');
    assert.match(seal?.message.en ?? '', en);
    assert.match(seal?.message.ja ?? '', ja);
    assert.doesNotMatch(JSON.stringify(seal), /\/keys/);
  }
  assert.equal(sealOf({ ...STATUS, sealed: false }), undefined);
});

test('a keeper that does not answer is told as well', async () => {
  const seal = await consoleSeal(join(import.meta.dirname, 'no-such-folder'));
  assert.equal(seal?.kind, 'unreachable');
});
