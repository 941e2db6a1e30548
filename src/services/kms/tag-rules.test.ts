import assert from 'node:assert/strict';
import { test } from 'node:test';
import type * as Organizations from '@aws-sdk/client-organizations';
import { keeperInProcess } from '../../keeper/testing.ts';
import { service } from '../../platform/service.ts';
import { TEST_ACCOUNT, testPlatform } from '../../platform/testing.ts';
import { COLLECTIONS } from './collections.ts';
import { kms } from './testing.ts';

const tagRules = [{ key: 'Team', values: ['blue', 'green-*'], resources: ['kms:*'] }];
const organizations = service<typeof Organizations>({
  id: 'organizations',
  load: () => import('@aws-sdk/client-organizations'),
  operations: {},
  provides: {
    organization: () => ({
      of: async () => ({
        id: 'o-1234567890',
        managementAccount: TEST_ACCOUNT,
        path: 'o-1234567890/r-1234/',
        tagRules,
      }),
    }),
  },
});

test('tags that the tag policies of the organization do not take are refused', async () => {
  const services = [kms, organizations];
  const bed = await testPlatform({ services, collections: COLLECTIONS, keeper: keeperInProcess() });
  const tag = (TagValue: string) => [{ TagKey: 'Team', TagValue }];
  const refused = { code: 'TagException', message: /does not allow the specified value .* 'Team'\.$/ };
  await assert.rejects(bed.call(kms, 'CreateKey', { Tags: tag('red') }), refused);
  const { KeyMetadata } = await bed.call(kms, 'CreateKey', { Tags: tag('blue') });
  const { KeyId } = KeyMetadata ?? {};
  await assert.rejects(bed.call(kms, 'TagResource', { KeyId, Tags: tag('red') }), refused);
  await bed.call(kms, 'TagResource', { KeyId, Tags: tag('green-1') });
  await bed.close();
});
