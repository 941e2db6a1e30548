import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { IDENTITY_VERSION } from '../../platform/identity-version.ts';
import { doWhatIsDue } from './background.ts';
import { ACCOUNT, kms, kmsBed, statement } from './testing.ts';

const DAY = 24 * 3_600_000;
const Plaintext = Buffer.from('x');

describe('a key that was used a moment ago', () => {
  let bed: Awaited<ReturnType<typeof kmsBed>>;
  before(async () => {
    bed = await kmsBed();
  });
  after(() => bed.close());

  /** A key, with a user that just encrypted under it. */
  async function used(policies: readonly object[] = [statement('Allow', 'kms:*')]) {
    const { KeyMetadata } = await bed.call(kms, 'CreateKey', {});
    const KeyId = KeyMetadata?.KeyId ?? '';
    const user = bed.principal({ name: `user-${KeyId.slice(0, 8)}`, policies });
    const encrypt = (named = KeyId) => bed.call(kms, 'Encrypt', { KeyId: named, Plaintext }, user);
    return { KeyId, user, encrypt };
  }

  const refused = { code: 'AccessDeniedException' };

  const version = async () => (await bed.store.get(IDENTITY_VERSION, 'identity'))?.version ?? 0;

  test('is not forgotten because another one is made', async () => {
    const { KeyId } = await used();
    const before = await version();
    await bed.call(kms, 'CreateKey', {});
    assert.equal(await version(), before);
    await bed.call(kms, 'DisableKey', { KeyId });
    assert.ok((await version()) > before);
  });

  test('is disabled for the next request, and enabled', async () => {
    const { KeyId, encrypt } = await used();
    await encrypt();
    await bed.call(kms, 'DisableKey', { KeyId });
    await assert.rejects(encrypt(), { code: 'DisabledException' });
    await bed.call(kms, 'EnableKey', { KeyId });
    await encrypt();
  });

  test('is closed by a new policy', async () => {
    const { KeyId, encrypt } = await used();
    await encrypt();
    const Principal = { AWS: `arn:aws:iam::${ACCOUNT}:root` };
    const [own] = (statement('Allow', 'kms:*', { Principal }) as { Statement: object[] }).Statement;
    const [none] = (statement('Deny', 'kms:Encrypt', { Principal: '*' }) as { Statement: object[] })
      .Statement;
    const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [own, none] });
    await bed.call(kms, 'PutKeyPolicy', { KeyId, Policy });
    await assert.rejects(encrypt(), refused);
  });

  test('is opened by a grant, and closed when that is revoked', async () => {
    const { KeyId, user, encrypt } = await used([]);
    await assert.rejects(encrypt(), refused);
    const GranteePrincipal = user.arn;
    const grant = { KeyId, GranteePrincipal, Operations: ['Encrypt'] };
    const { GrantId } = await bed.call(kms, 'CreateGrant', grant);
    await encrypt();
    await bed.call(kms, 'RevokeGrant', { KeyId, GrantId });
    await assert.rejects(encrypt(), refused);
  });

  test('loses what its tags allowed', async () => {
    const tagged = { Condition: { StringEquals: { 'aws:ResourceTag/team': 'web' } } };
    const { KeyId, encrypt } = await used([statement('Allow', 'kms:Encrypt', tagged)]);
    await assert.rejects(encrypt(), refused);
    await bed.call(kms, 'TagResource', { KeyId, Tags: [{ TagKey: 'team', TagValue: 'web' }] });
    await encrypt();
    await bed.call(kms, 'UntagResource', { KeyId, TagKeys: ['team'] });
    await assert.rejects(encrypt(), refused);
  });

  test('is no longer meant by an alias that moved, or is gone', async () => {
    const [one, other] = [await used(), await used()];
    await bed.call(kms, 'CreateAlias', { AliasName: 'alias/moving', TargetKeyId: one.KeyId });
    assert.ok((await one.encrypt('alias/moving')).KeyId?.endsWith(one.KeyId));
    await bed.call(kms, 'UpdateAlias', { AliasName: 'alias/moving', TargetKeyId: other.KeyId });
    assert.ok((await one.encrypt('alias/moving')).KeyId?.endsWith(other.KeyId));
    await bed.call(kms, 'DeleteAlias', { AliasName: 'alias/moving' });
    await assert.rejects(one.encrypt('alias/moving'), { code: 'NotFoundException' });
  });

  test('rotates and is deleted in the background, and other nodes are told', async () => {
    const { KeyId, encrypt } = await used();
    await bed.call(kms, 'EnableKeyRotation', { KeyId, RotationPeriodInDays: 90 });
    const before = await encrypt();
    const material = async ({ CiphertextBlob }: typeof before) =>
      (await bed.call(kms, 'Decrypt', { CiphertextBlob })).KeyMaterialId;
    const first = await material(before);
    const due = async (days: number) => {
      bed.advance(days * DAY);
      const host = { store: bed.store, ports: await bed.ports(), region: 'us-east-1', now: () => bed.now() };
      const former = await version();
      await doWhatIsDue(host, (error) => assert.fail(String(error)));
      assert.ok((await version()) > former);
    };
    await due(91);
    assert.notEqual(await material(await encrypt()), first);
    assert.equal(await material(before), first);
    await bed.call(kms, 'ScheduleKeyDeletion', { KeyId, PendingWindowInDays: 7 });
    await assert.rejects(encrypt(), { code: 'KMSInvalidStateException' });
    await due(8);
    await assert.rejects(encrypt(), { code: 'NotFoundException' });
  });
});
