import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { checkAction } from './known-action.ts';

describe('an action that somebody asks about', () => {
  test('is one of the reference, whatever its case, or one that a service here has', async () => {
    for (const name of ['kms:Decrypt', 'KMS:decrypt', 's3:GetObject', 'kms:Encapsulate']) {
      assert.equal(await checkAction(name), undefined, name);
    }
  });

  test('is refused where its service has no such action', async () => {
    await assert.rejects(checkAction('kms:Decryptt'), {
      code: 'no-action',
      message: 'there is no action "kms:Decryptt"; did you mean "kms:Decrypt"?',
    });
    for (const name of ['kms:Foo', 'kms:*', 's3:Get*']) {
      await assert.rejects(checkAction(name), { code: 'no-action', message: /^there is no action/ }, name);
    }
  });

  test('is refused where it is no action at all', async () => {
    for (const name of ['', 'Decrypt', 'kms:', ':Decrypt', 'kms:Decrypt:more', '*']) {
      await assert.rejects(checkAction(name), { code: 'no-action', message: /is no action/ }, name);
    }
  });

  test('of a service that nobody here knows is told to be unchecked', async () => {
    const told = await checkAction('kmss:Decrypt');
    assert.match(told?.en ?? '', /"kmss" is not known here \(did you mean "kms"\?\).*not checked/);
    assert.match(told?.ja ?? '', /確認していません/);
    assert.match((await checkAction('constructor:toString'))?.en ?? '', /not known here/);
  });
});
