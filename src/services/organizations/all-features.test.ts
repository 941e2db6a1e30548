import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { rootCaller } from '../../platform/sign-in.ts';
import { type OrganizationsBed, withOrganizations } from './testing.ts';

/** An organisation for billing with a member that it made, and one that was invited. */
async function billing({ org, account }: OrganizationsBed) {
  await org('CreateOrganization', { FeatureSet: 'CONSOLIDATED_BILLING' });
  await account('made');
  const invited = await account('invited');
  await org('RemoveAccountFromOrganization', { AccountId: invited });
  const { Handshake } = await org('InviteAccountToOrganization', {
    Target: { Id: invited, Type: 'ACCOUNT' },
  });
  await org('AcceptHandshake', { HandshakeId: Handshake?.Id }, rootCaller(invited));
  return invited;
}

async function approvalOf({ org }: OrganizationsBed, account: string): Promise<string | undefined> {
  const { Handshakes } = await org('ListHandshakesForAccount', {}, rootCaller(account));
  return Handshakes?.find(({ Action, State }) => Action === 'APPROVE_ALL_FEATURES' && State === 'OPEN')?.Id;
}

describe('all features', () => {
  test('are enabled once every invited member agreed and the management account finished', () =>
    withOrganizations(async (bed) => {
      const { org } = bed;
      const invited = await billing(bed);
      const { Roots } = await org('ListRoots');
      const policies = { RootId: Roots?.[0]?.Id, PolicyType: 'SERVICE_CONTROL_POLICY' };
      await assert.rejects(org('EnablePolicyType', policies), {
        code: 'PolicyTypeNotAvailableForOrganizationException',
      });
      const { Handshake } = await org('EnableAllFeatures');
      assert.deepEqual([Handshake?.Action, Handshake?.State], ['ENABLE_ALL_FEATURES', 'REQUESTED']);
      assert.match(Handshake?.Arn ?? '', /:handshake\/o-\w+\/enable_all_features\/h-\w+$/);
      const own = { HandshakeId: Handshake?.Id };
      await assert.rejects(org('AcceptHandshake', own), { code: 'InvalidHandshakeTransitionException' });
      await assert.rejects(org('EnableAllFeatures'), {
        fields: { Reason: 'ORGANIZATION_IS_ALREADY_PENDING_ALL_FEATURES_MIGRATION' },
      });
      const other = await bed.account('other');
      await org('RemoveAccountFromOrganization', { AccountId: other });
      await assert.rejects(org('InviteAccountToOrganization', { Target: { Id: other, Type: 'ACCOUNT' } }), {
        fields: { Reason: 'INVITE_DISABLED_DURING_ENABLE_ALL_FEATURES' },
      });
      await org('AcceptHandshake', { HandshakeId: await approvalOf(bed, invited) }, rootCaller(invited));
      assert.equal((await org('DescribeHandshake', own)).Handshake?.State, 'OPEN');
      assert.equal((await org('AcceptHandshake', own)).Handshake?.State, 'ACCEPTED');
      assert.equal((await org('DescribeOrganization')).Organization?.FeatureSet, 'ALL');
      await org('EnablePolicyType', policies);
      await assert.rejects(org('EnableAllFeatures'), {
        fields: { Reason: 'ORGANIZATION_ALREADY_HAS_ALL_FEATURES' },
      });
    }));

  test('need nobody’s consent in an organisation of accounts that it made', () =>
    withOrganizations(async ({ org, account }) => {
      await org('CreateOrganization', { FeatureSet: 'CONSOLIDATED_BILLING' });
      await account('made');
      const { Handshake } = await org('EnableAllFeatures');
      assert.equal(Handshake?.State, 'OPEN');
    }));

  test('wait for ever for a member that declines; cancelling begins anew', () =>
    withOrganizations(async (bed) => {
      const { org } = bed;
      const invited = await billing(bed);
      const first = (await org('EnableAllFeatures')).Handshake?.Id;
      await org('DeclineHandshake', { HandshakeId: await approvalOf(bed, invited) }, rootCaller(invited));
      assert.equal((await org('DescribeHandshake', { HandshakeId: first })).Handshake?.State, 'REQUESTED');
      await org('CancelHandshake', { HandshakeId: first });
      bed.advance(1_000);
      const second = (await org('EnableAllFeatures')).Handshake?.Id;
      await org('AcceptHandshake', { HandshakeId: await approvalOf(bed, invited) }, rootCaller(invited));
      assert.equal((await org('AcceptHandshake', { HandshakeId: second })).Handshake?.State, 'ACCEPTED');
    }));
});
