import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TEST_ACCOUNT } from '../../platform/testing.ts';
import { withOrganizations } from './testing.ts';

test('a place reaches the accounts below it, with the policies on the way down', () =>
  withOrganizations(async ({ org, begin, account, unit, policy, ports }) => {
    const root = await begin();
    const shop = await account('shop');
    const unitId = await unit('web', root);
    await org('MoveAccount', { AccountId: shop, SourceParentId: root, DestinationParentId: unitId });
    const { Organization } = await org('DescribeOrganization');
    const path = `${Organization?.Id}/${root}`;
    const reach = async (at: string, policyId?: string) => (await ports()).organization.reach?.(at, policyId);

    assert.equal((await reach(path))?.serviceControl, undefined, 'not enabled yet');
    await org('EnablePolicyType', { RootId: root, PolicyType: 'SERVICE_CONTROL_POLICY' });
    const own = await policy('kms only', { Effect: 'Allow', Action: 'kms:*', Resource: '*' });

    const all = await reach(path);
    assert.deepEqual(
      all?.accounts.map((each) => each.path).toSorted(),
      [`${path}/${TEST_ACCOUNT}`, `${path}/${unitId}/${shop}`].toSorted(),
    );
    assert.equal(all?.managementAccount, TEST_ACCOUNT);
    const below = await reach(`${path}/${unitId}`, own);
    assert.deepEqual(below?.accounts, [{ account: shop, path: `${path}/${unitId}/${shop}` }]);
    assert.deepEqual([below?.serviceControl?.length, below?.policy?.policies.length], [2, 1]);
    assert.equal((await reach(`${path}/${unitId}/${shop}`))?.serviceControl?.length, 3);
    for (const wrong of [`${path}/${shop}`, 'o-0000000000/r-0000', path.slice(0, -1), '']) {
      assert.equal(await reach(wrong), undefined, wrong);
    }
    assert.equal((await reach(path, 'p-nothing1'))?.policy, undefined);
  }));
