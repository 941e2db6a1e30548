import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { keys } from './collections.ts';
import { deleteKey } from './deletion.ts';
import { ACCOUNT, kms, kmsBed, REGION } from './testing.ts';
import { troubledKeys } from './used-keys.ts';

const DAY = 24 * 3_600_000;

/** Everything, but a key that was used within the last two days is neither disabled nor deleted. */
const KEEPS_USED_KEYS = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` }, Action: 'kms:*', Resource: '*' },
    {
      Sid: 'KeepUsed',
      Effect: 'Deny',
      Principal: '*',
      Action: ['kms:DisableKey', 'kms:ScheduleKeyDeletion'],
      Resource: '*',
      Condition: { NumericLessThanEquals: { 'kms:TrailingDaysWithoutKeyUsage': '2' } },
    },
  ],
});

describe('kms:TrailingDaysWithoutKeyUsage', () => {
  test('counts whole days since the last use, else since the key was made', async () => {
    const bed = await kmsBed();
    const { KeyMetadata } = await bed.call(kms, 'CreateKey', { Policy: KEEPS_USED_KEYS });
    const KeyId = KeyMetadata?.KeyId ?? '';
    const denied = { code: 'AccessDeniedException', message: /explicit deny in a resource-based policy/ };
    await assert.rejects(bed.call(kms, 'DisableKey', { KeyId }), denied);
    bed.advance(3 * DAY - 1_000);
    await assert.rejects(bed.call(kms, 'ScheduleKeyDeletion', { KeyId }), denied, '2.99 days are 2');
    await bed.call(kms, 'Encrypt', { KeyId, Plaintext: Buffer.from('x') });
    bed.advance(2 * DAY);
    await assert.rejects(bed.call(kms, 'ScheduleKeyDeletion', { KeyId }), denied);
    bed.advance(DAY);
    await bed.call(kms, 'ScheduleKeyDeletion', { KeyId });
    await bed.close();
  });
});

describe('keys under which an environment keeps data', () => {
  test('are lost without a word by default, as on AWS', async () => {
    const bed = await kmsBed();
    bed.platform.dependents.toldBy(async () => ['Database']);
    const { KeyMetadata } = await bed.call(kms, 'CreateKey', {});
    await bed.call(kms, 'ScheduleKeyDeletion', { KeyId: KeyMetadata?.KeyId ?? '' });
    await bed.close();
  });

  test('are kept where the installation is set to it, and the refusal names what depends on them', async () => {
    const bed = await kmsBed(REGION, true);
    const asked: string[] = [];
    let users = ['Database', 'Bucket', 'Topic', 'Queue'];
    bed.platform.dependents.toldBy(async ({ id, aliases }) => {
      asked.push(id, ...aliases);
      return users;
    });
    const { KeyMetadata } = await bed.call(kms, 'CreateKey', {});
    const { KeyId = '' } = KeyMetadata ?? {};
    await bed.call(kms, 'CreateAlias', { AliasName: 'alias/orders', TargetKeyId: KeyId });
    const refused = {
      code: 'KMSInvalidStateException',
      message: /in use by Database, Bucket, Topic and 1 more; .*--protect-used-keys/,
    };
    await assert.rejects(bed.call(kms, 'ScheduleKeyDeletion', { KeyId }), refused);
    await assert.rejects(bed.call(kms, 'DisableKey', { KeyId }), refused);
    assert.deepEqual(asked.slice(0, 2), [KeyId, 'alias/orders']);
    users = [];
    await bed.call(kms, 'DisableKey', { KeyId });
    await bed.close();
  });

  test('the keys in trouble are told with their state and date', async () => {
    const bed = await kmsBed();
    const made = async () => (await bed.call(kms, 'CreateKey', {})).KeyMetadata?.KeyId ?? '';
    const [, disabled, deleted] = [await made(), await made(), await made()];
    await bed.call(kms, 'DisableKey', { KeyId: disabled });
    await bed.call(kms, 'ScheduleKeyDeletion', { KeyId: deleted, PendingWindowInDays: 7 });
    const told = await troubledKeys(bed.store, ACCOUNT, bed.now().getTime());
    assert.deepEqual(
      new Map(told.map(({ id, state, deletionDate }) => [id, [state, deletionDate]])),
      new Map([
        [disabled, ['Disabled', undefined]],
        [deleted, ['PendingDeletion', new Date(bed.now().getTime() + 7 * DAY).toISOString()]],
      ]),
    );
    const gone = await made();
    await bed.call(kms, 'CreateAlias', { AliasName: 'alias/gone', TargetKeyId: gone });
    const stored = await bed.store.get(keys, `${ACCOUNT}/${REGION}/${gone}`);
    if (stored) await deleteKey(bed.store, stored, bed.now().getTime());
    const lost = async () =>
      (await troubledKeys(bed.store, ACCOUNT, 0)).find(({ state }) => state === 'Deleted');
    assert.deepEqual([(await lost())?.id, (await lost())?.aliases], [gone, ['alias/gone']]);
    await bed.call(kms, 'CreateAlias', { AliasName: 'alias/gone', TargetKeyId: disabled });
    assert.deepEqual((await lost())?.aliases, [], 'the alias means another key now');

    await bed.call(kms, 'CancelKeyDeletion', { KeyId: deleted });
    await bed.call(kms, 'EnableKey', { KeyId: deleted });
    await bed.call(kms, 'EnableKey', { KeyId: disabled });
    const left = await troubledKeys(bed.store, ACCOUNT, bed.now().getTime());
    assert.deepEqual(
      left.map(({ id }) => id),
      [gone],
    );
    await bed.close();
  });
});
