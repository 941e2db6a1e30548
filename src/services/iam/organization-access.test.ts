import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type * as Organizations from '@aws-sdk/client-organizations';
import { compilePolicies, parsePolicyText } from '../../iam/engine.ts';
import type { OrganizationReach } from '../../platform/identity.ts';
import { service } from '../../platform/service.ts';
import { TEST_ACCOUNT } from '../../platform/testing.ts';
import { iamBed, statementOf } from './testing.ts';

const PATH = 'o-1234567890/r-1234';

function programOf(action: string | readonly string[]) {
  return compilePolicies([parsePolicyText(JSON.stringify(statementOf('Allow', action)))]);
}

const REACH: OrganizationReach = {
  managementAccount: TEST_ACCOUNT,
  serviceControl: [programOf('*'), programOf(['iam:*', 'kms:*'])],
  policy: programOf('kms:Decrypt'),
  accounts: [{ account: TEST_ACCOUNT, path: `${PATH}/${TEST_ACCOUNT}` }],
};

async function within(reach: OrganizationReach, managementAccount = TEST_ACCOUNT) {
  const organizations = service<typeof Organizations>({
    id: 'organizations',
    load: () => import('@aws-sdk/client-organizations'),
    operations: {},
    provides: {
      organization: () => ({
        of: async () => ({ id: 'o-1234567890', managementAccount, path: `${PATH}/` }),
        reach: async (path, policyId) => {
          const { policy, ...rest } = reach;
          if (path !== PATH) return undefined;
          return { ...rest, ...(policyId !== undefined && policy && { policy }) };
        },
      }),
    },
  });
  return iamBed([organizations]);
}

describe('a report of access in an organization', () => {
  test('names the services that its policies allow, and who used them last', async () => {
    const { iam, ports, platform, userWith, now, close } = await within(REACH);
    const alice = await userWith('alice');
    const at = now().getTime();
    platform.usage.note(alice.accessKeyId, alice.userId, { at, service: 'iam', region: 'us-east-1' });
    assert.ok(await ports());
    const { JobId } = await iam('GenerateOrganizationsAccessReport', { EntityPath: PATH });
    const report = await iam('GetOrganizationsAccessReport', { JobId });
    assert.deepEqual(
      report.AccessDetails?.map(({ ServiceNamespace }) => ServiceNamespace),
      ['iam', 'kms'],
    );
    assert.deepEqual([report.NumberOfServicesAccessible, report.NumberOfServicesNotAccessed], [2, 1]);
    const [used, unused] = report.AccessDetails ?? [];
    assert.equal(used?.EntityPath, `${PATH}/${TEST_ACCOUNT}`);
    assert.equal(used?.TotalAuthenticatedEntities, 1);
    assert.equal(used?.LastAuthenticatedTime?.getTime(), Math.floor(at / 1000) * 1000);
    assert.equal(unused?.LastAuthenticatedTime, undefined);
    const SortKey = 'SERVICE_NAMESPACE_DESCENDING';
    const turned = await iam('GetOrganizationsAccessReport', { JobId, SortKey, MaxItems: 1 });
    assert.deepEqual([turned.AccessDetails?.[0]?.ServiceNamespace, turned.IsTruncated], ['kms', true]);
    const of = { EntityPath: PATH, OrganizationsPolicyId: 'p-12345678' };
    const one = await iam('GenerateOrganizationsAccessReport', of);
    const narrower = await iam('GetOrganizationsAccessReport', { JobId: one.JobId });
    assert.deepEqual(
      narrower.AccessDetails?.map(({ ServiceNamespace }) => ServiceNamespace),
      ['kms'],
    );
    await close();
  });

  test('is for the management account, about its own organization', async () => {
    const { iam, close } = await within(REACH);
    await assert.rejects(iam('GenerateOrganizationsAccessReport', { EntityPath: 'o-0987654321/r-1234' }), {
      code: 'ValidationError',
    });
    await assert.rejects(iam('GetOrganizationsAccessReport', { JobId: crypto.randomUUID() }), {
      code: 'NoSuchEntity',
    });
    await close();
    const { serviceControl: _off, ...disabled } = REACH;
    const without = await within(disabled);
    await assert.rejects(without.iam('GenerateOrganizationsAccessReport', { EntityPath: PATH }), {
      message: /not enabled/,
    });
    await without.close();
    const member = await within(REACH, '000087654321');
    await assert.rejects(member.iam('GenerateOrganizationsAccessReport', { EntityPath: PATH }), {
      code: 'AccessDenied',
    });
    await member.close();
  });
});
