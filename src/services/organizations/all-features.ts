import type * as Sdk from '@aws-sdk/client-organizations';
import type { CallContext } from '../../platform/context.ts';
import { change, type Operations } from '../../platform/service.ts';
import { put } from '../../store/operations.ts';
import { authorised } from './authorise.ts';
import { invitations, members, organizations } from './collections.ts';
import { everyOf, type Found, ownOrganization } from './find.ts';
import { actionOf, moved, pendingOf, shownHandshake, violated } from './handshakes.ts';
import { newId } from './ids.ts';
import type { HandshakeAction, InvitationRecord, OrganizationRecord } from './records.ts';

const LIFE_MILLISECONDS = 90 * 24 * 3_600_000;

function handshake(
  { org, management }: OrganizationRecord,
  account: string,
  action: HandshakeAction,
  state: InvitationRecord['state'],
  now: Date,
): InvitationRecord {
  const at = now.getTime();
  const times = { at, expiresAt: at + LIFE_MILLISECONDS };
  return { org, id: newId.invitation(), management, account, action, state, ...times, tags: [] };
}

/** A member agrees; when it is the last one, the management account can finish. */
export async function approved(found: Found<InvitationRecord>, context: CallContext) {
  const { org } = found.value;
  const all = await everyOf(context.store, invitations, { index: 'org', equals: org });
  const others = all.filter(
    ({ key, value }) =>
      key !== found.key && actionOf(value) === 'APPROVE_ALL_FEATURES' && value.at === found.value.at,
  );
  const isLast = others.every(({ value }) => value.state === 'ACCEPTED');
  const ready = isLast ? await pendingOf(context, org, 'ENABLE_ALL_FEATURES') : [];
  const Handshake = shownHandshake({ ...found.value, state: 'ACCEPTED' }, context.now);
  return change({ Handshake }, [moved(found, 'ACCEPTED'), ...ready.map((each) => moved(each, 'OPEN'))]);
}

/** The management account finishes: from the next request on policies can be enabled. */
export function enabled(found: Found<InvitationRecord>, org: Found<OrganizationRecord>, now: Date) {
  const Handshake = shownHandshake({ ...found.value, state: 'ACCEPTED' }, now);
  return change({ Handshake }, [
    moved(found, 'ACCEPTED'),
    put(organizations, org.key, { ...org.value, features: 'ALL' as const }, org.version),
  ]);
}

/**
 * Invited members have to agree, accounts that the organization made have not. Source: AWS Organizations User
 * Guide, "Enabling all features for an organization with AWS Organizations".
 */
export const allFeaturesOperations = {
  EnableAllFeatures: {
    authorise: authorised('EnableAllFeatures', 'management'),
    async handle(_input, context) {
      const { store, now } = context;
      const org = (await ownOrganization(context)).value;
      if (org.features === 'ALL') {
        throw violated(
          'ORGANIZATION_ALREADY_HAS_ALL_FEATURES',
          'The handshake request is invalid: the organization has all features enabled already.',
        );
      }
      if ((await pendingOf(context, org.org, 'ENABLE_ALL_FEATURES')).length > 0) {
        throw violated(
          'ORGANIZATION_IS_ALREADY_PENDING_ALL_FEATURES_MIGRATION',
          'The handshake request is invalid: all features are being enabled already.',
        );
      }
      const all = await everyOf(store, members, { index: 'org', equals: org.org });
      const asked = all
        .filter(({ value }) => value.joinedBy === 'INVITED' && value.id !== org.management)
        .map(({ value }) => handshake(org, value.id, 'APPROVE_ALL_FEATURES', 'OPEN', now));
      const state = asked.length > 0 ? 'REQUESTED' : 'OPEN';
      const own = handshake(org, org.management, 'ENABLE_ALL_FEATURES', state, now);
      return change(
        { Handshake: shownHandshake(own, now) },
        [own, ...asked].map((each) => put(invitations, each.id, each, 'absent')),
      );
    },
  },
} satisfies Operations<typeof Sdk>;
