import assert from 'node:assert/strict';
import { test } from 'node:test';
import type * as Organizations from '@aws-sdk/client-organizations';
import { service } from '../../platform/service.ts';
import { TEST_ACCOUNT } from '../../platform/testing.ts';
import { iamBed, statementOf } from './testing.ts';

const tagRules = [{ key: 'Team', values: ['blue'], resources: ['iam:policy', 'iam:mfa'] }];
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

test('tags that the tag policies of the organization do not take are refused where those are enforced', async () => {
  const { iam, close } = await iamBed([organizations]);
  const PolicyDocument = JSON.stringify(statementOf('Allow', 's3:*'));
  const Tags = (Value: string, Key = 'Team') => [{ Key, Value }];
  const refused = {
    code: 'TagPolicyViolation',
    message: "The tag policy does not allow the specified value for the following tag key: 'Team'.",
  };
  const make = (tags: object) => iam('CreatePolicy', { PolicyName: 'p', PolicyDocument, Tags: tags });
  await assert.rejects(make(Tags('red')), refused);
  await assert.rejects(make(Tags('blue', 'TEAM')), { code: 'TagPolicyViolation' });
  const { Policy } = await make(Tags('blue'));
  await assert.rejects(iam('TagPolicy', { PolicyArn: Policy?.Arn, Tags: Tags('red') }), refused);
  const device = { VirtualMFADeviceName: 'phone', Tags: Tags('red') };
  await assert.rejects(iam('CreateVirtualMFADevice', device), refused);
  await iam('CreateUser', { UserName: 'alice', Tags: Tags('red') });
  await close();
});
