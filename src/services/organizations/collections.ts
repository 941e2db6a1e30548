import { collection } from '../../store/collection.ts';
import type {
  CreationRecord,
  InvitationRecord,
  MemberRecord,
  OrganizationRecord,
  PolicyRecord,
  UnitRecord,
} from './records.ts';

/** By the organisation's id. */
export const organizations = collection<OrganizationRecord>({
  name: 'organizations-organization',
  indexes: { management: (each) => each.management },
  unique: ['management'],
});

/** By the unit's id. */
export const units = collection<UnitRecord>({
  name: 'organizations-unit',
  indexes: {
    org: (unit) => unit.org,
    parent: (unit) => unit.parent,
    nameInParent: (unit) => `${unit.parent}/${unit.name.toLowerCase()}`,
  },
  unique: ['nameInParent'],
});

/** By the account's number: an account is in one organisation at most. */
export const members = collection<MemberRecord>({
  name: 'organizations-member',
  indexes: { org: (member) => member.org, parent: (member) => member.parent },
});

/** By the policy's id. */
export const policies = collection<PolicyRecord>({
  name: 'organizations-policy',
  indexes: {
    type: (policy) => `${policy.org}/${policy.type}`,
    name: (policy) => `${policy.org}/${policy.type}/${policy.name.toLowerCase()}`,
  },
  unique: ['name'],
});

/** By the request's id. */
export const creations = collection<CreationRecord>({
  name: 'organizations-creation',
  indexes: { org: (creation) => creation.org },
});

/** By the handshake's id. */
export const invitations = collection<InvitationRecord>({
  name: 'organizations-invitation',
  indexes: { org: (invitation) => invitation.org, account: (invitation) => invitation.account },
});

/** Everything that this service keeps; the store is opened with it before the service is loaded. */
export const COLLECTIONS = [organizations, units, members, policies, creations, invitations];
