import type * as Sdk from '@aws-sdk/client-organizations';
import { service } from '../../platform/service.ts';
import { accountOperations } from './accounts.ts';
import { allFeaturesOperations } from './all-features.ts';
import { attachmentOperations } from './attachments.ts';
import { delegationOperations } from './delegation.ts';
import { effectivePolicyOperations } from './effective-policy.ts';
import { organizationSource } from './facts.ts';
import { invitationOperations } from './invitations.ts';
import { NOT_BUILT } from './not-built.ts';
import { organizationOperations } from './organization.ts';
import { policyOperations } from './policies.ts';
import { policyTypeOperations } from './policy-types.ts';
import { reachOf } from './reach.ts';
import { resourcePolicyOperations } from './resource-policy.ts';
import { tagOperations } from './tags.ts';
import { unitOperations } from './units.ts';

/** AWS Organizations. Source: AWS Organizations API Reference, version 2016-11-28. */
export const definition = service<typeof Sdk>({
  id: 'organizations',
  global: true,
  changesIdentity: true,
  load: () => import('@aws-sdk/client-organizations'),
  operations: {
    ...organizationOperations,
    ...accountOperations,
    ...unitOperations,
    ...policyOperations,
    ...policyTypeOperations,
    ...attachmentOperations,
    ...effectivePolicyOperations,
    ...delegationOperations,
    ...resourcePolicyOperations,
    ...invitationOperations,
    ...allFeaturesOperations,
    ...tagOperations,
  },
  notBuilt: NOT_BUILT,
  provides: {
    organization: (host) => ({
      ...organizationSource(host),
      reach: (path, policyId) => reachOf(host.store, path, policyId),
    }),
  },
});
