import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type * as Organizations from '@aws-sdk/client-organizations';
import type { OrganizationFacts } from '../../platform/identity.ts';
import { service } from '../../platform/service.ts';
import { TEST_ACCOUNT } from '../../platform/testing.ts';
import { iamBed } from './testing.ts';

const FACTS: OrganizationFacts = {
  id: 'o-1234567890',
  managementAccount: TEST_ACCOUNT,
  path: 'o-1234567890/r-1234/',
  services: { allFeatures: true, trusted: ['iam.amazonaws.com'], administers: [] },
};

/** IAM in an account of which the organization says this. */
async function within(facts: OrganizationFacts | undefined) {
  const organizations = service<typeof Organizations>({
    id: 'organizations',
    load: () => import('@aws-sdk/client-organizations'),
    operations: {},
    provides: { organization: () => ({ of: async () => facts }) },
  });
  return iamBed([organizations]);
}

describe('central root access', () => {
  test('is enabled feature by feature', async () => {
    const { iam, close } = await within(FACTS);
    const shown = { OrganizationId: FACTS.id, EnabledFeatures: ['RootSessions'] };
    assert.deepEqual(await iam('EnableOrganizationsRootSessions'), shown);
    await iam('EnableOrganizationsRootSessions');
    const both = await iam('EnableOrganizationsRootCredentialsManagement');
    assert.deepEqual(both.EnabledFeatures, ['RootCredentialsManagement', 'RootSessions']);
    await iam('DisableOrganizationsRootCredentialsManagement');
    assert.deepEqual(await iam('ListOrganizationsFeatures'), shown);
    const none = await iam('DisableOrganizationsRootSessions');
    assert.deepEqual(none.EnabledFeatures, []);
    await close();
  });

  test('is refused to whoever has no organization of that kind', async () => {
    const { services = { allFeatures: true, trusted: [], administers: [] }, ...bare } = FACTS;
    const rows = [
      [undefined, 'OrganizationNotFoundException'],
      [
        { ...bare, services: { ...services, allFeatures: false } },
        'OrganizationNotInAllFeaturesModeException',
      ],
      [{ ...bare, services: { ...services, trusted: [] } }, 'ServiceAccessNotEnabledException'],
      [{ ...FACTS, managementAccount: '000087654321' }, 'CallerIsNotManagementAccountException'],
    ] as const;
    for (const [facts, code] of rows) {
      const { iam, close } = await within(facts);
      await assert.rejects(iam('EnableOrganizationsRootSessions'), { code });
      await close();
    }
  });

  test('is shown to members only when they administer IAM', async () => {
    const member = { ...FACTS, managementAccount: '000087654321' };
    const { iam, close } = await within(member);
    await assert.rejects(iam('ListOrganizationsFeatures'), {
      code: 'AccountNotManagementOrDelegatedAdministratorException',
    });
    await close();
    const services = {
      allFeatures: true,
      trusted: ['iam.amazonaws.com'],
      administers: ['iam.amazonaws.com'],
    };
    const other = await within({ ...member, services });
    assert.deepEqual((await other.iam('ListOrganizationsFeatures')).EnabledFeatures, []);
    await other.close();
  });
});
