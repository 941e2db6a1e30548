import type * as Sdk from '@aws-sdk/client-organizations';
import { ACCOUNTS } from '../../platform/accounts.ts';
import type { CallContext } from '../../platform/context.ts';
import { awsError, change, type Operations } from '../../platform/service.ts';
import { check, put } from '../../store/operations.ts';
import { accountArn, handshakeArn } from './arns.ts';
import { authorised } from './authorise.ts';
import { invitations, members, organizations } from './collections.ts';
import { notFound } from './errors.ts';
import { everyOf, type Found, organizationOf, ownOrganization } from './find.ts';
import { newId } from './ids.ts';
import { newMember } from './organization.ts';
import { pageOf } from './paging.ts';
import type { InvitationRecord } from './records.ts';
import { requestTags, withTags } from './tag-lists.ts';

const LIFE_MILLISECONDS = 15 * 24 * 3_600_000;

type State = InvitationRecord['state'] | 'EXPIRED';

function stateOf({ state, expiresAt }: InvitationRecord, now: Date): State {
  return state === 'OPEN' && expiresAt <= now.getTime() ? 'EXPIRED' : state;
}

function shown(invitation: InvitationRecord, now: Date): Sdk.Handshake {
  const { id, org, management, account, at, expiresAt, notes } = invitation;
  return {
    Id: id,
    Arn: handshakeArn(invitation, id),
    Action: 'INVITE',
    State: stateOf(invitation, now),
    RequestedTimestamp: new Date(at),
    ExpirationTimestamp: new Date(expiresAt),
    Parties: [
      { Id: org.slice('o-'.length), Type: 'ORGANIZATION' },
      { Id: account, Type: 'ACCOUNT' },
    ],
    Resources: [
      { Type: 'ORGANIZATION', Value: org, Resources: [{ Type: 'MASTER_NAME', Value: management }] },
      { Type: 'ACCOUNT', Value: account },
      ...(notes === undefined ? [] : [{ Type: 'NOTES' as const, Value: notes }]),
    ],
  };
}

/** The account that an invitation names by number or e-mail address. @throws AwsError AccountNotFound. */
async function invitedAccount({ Id, Type }: { Id: string; Type: string }, { store }: CallContext) {
  if (Type === 'ACCOUNT') {
    if ((await store.get(ACCOUNTS, Id)) === undefined) throw notFound('account');
    return Id;
  }
  const all = await everyOf(store, ACCOUNTS, {});
  const found = all.find(({ value }) => value.email.toLowerCase() === Id.toLowerCase());
  if (found === undefined) throw notFound('account');
  return found.key;
}

/** An invitation that concerns the caller, as the one who invites or the one who is invited. */
async function invitationOf(
  id: string,
  { store, account }: CallContext,
  side: 'management' | 'account',
): Promise<Found<InvitationRecord>> {
  const found = await store.get(invitations, id);
  if (found?.value[side] !== account) throw notFound('handshake');
  return found;
}

/** @throws AwsError for a handshake that is over. */
function demandOpen(invitation: InvitationRecord, wanted: State, now: Date): void {
  const state = stateOf(invitation, now);
  if (state === 'OPEN') return;
  if (state === wanted) {
    throw awsError(
      'HandshakeAlreadyInStateException',
      'The specified handshake is already in the requested state.',
    );
  }
  throw awsError(
    'InvalidHandshakeTransitionException',
    "You can't perform the operation on the handshake in its current state.",
  );
}

/** The handshakes of an account that may be in no organisation: its own policies decide. */
function ownHandshake(operation: string) {
  return async (input: { readonly HandshakeId: string }, { store, account }: CallContext) => {
    const found = (await store.get(invitations, input.HandshakeId))?.value;
    const resource = found ? handshakeArn(found, found.id) : '*';
    return [{ action: `organizations:${operation}`, resource, resourceAccount: account }];
  };
}

function ended(found: Found<InvitationRecord>, state: InvitationRecord['state'], now: Date) {
  const value = { ...found.value, state };
  return change({ Handshake: shown(value, now) }, [put(invitations, found.key, value, found.version)]);
}

/** Source: AWS Organizations API Reference, version 2016-11-28. */
export const invitationOperations = {
  InviteAccountToOrganization: {
    conditionKeys: ['aws:RequestTag/${TagKey}', 'aws:TagKeys'],
    authorise: authorised('InviteAccountToOrganization', 'management', (input, { org }) => [
      {
        resource: input.Target.Type === 'ACCOUNT' ? accountArn(org.value, input.Target.Id) : '*',
        context: requestTags(input.Tags),
      },
    ]),
    async handle(input, context) {
      const { store, now } = context;
      const org = (await ownOrganization(context)).value;
      const account = await invitedAccount(input.Target, context);
      if (await organizationOf(store, account)) {
        throw awsError(
          'HandshakeConstraintViolationException',
          'The handshake request is invalid: the account is already a member of an organization.',
          { fields: { Reason: 'ALREADY_IN_AN_ORGANIZATION' } },
        );
      }
      const earlier = await everyOf(store, invitations, { index: 'account', equals: account });
      if (earlier.some(({ value }) => value.org === org.org && stateOf(value, now) === 'OPEN')) {
        throw awsError(
          'DuplicateHandshakeException',
          'A handshake with the same action and target already exists.',
        );
      }
      const invitation: InvitationRecord = {
        org: org.org,
        id: newId.invitation(),
        management: org.management,
        account,
        at: now.getTime(),
        expiresAt: now.getTime() + LIFE_MILLISECONDS,
        state: 'OPEN',
        tags: withTags([], input.Tags),
        ...(input.Notes === undefined ? {} : { notes: input.Notes }),
      };
      return change({ Handshake: shown(invitation, now) }, [
        put(invitations, invitation.id, invitation, 'absent'),
      ]);
    },
  },

  AcceptHandshake: {
    authorise: ownHandshake('AcceptHandshake'),
    async handle(input, context) {
      const { store, account, now } = context;
      const found = await invitationOf(input.HandshakeId, context, 'account');
      demandOpen(found.value, 'ACCEPTED', now);
      const org = await store.get(organizations, found.value.org);
      if (org === undefined) throw notFound('handshake');
      if (await organizationOf(store, account)) {
        throw awsError(
          'HandshakeConstraintViolationException',
          'The account is already a member of an organization.',
          { fields: { Reason: 'ALREADY_IN_AN_ORGANIZATION' } },
        );
      }
      const value: InvitationRecord = { ...found.value, state: 'ACCEPTED' };
      const { tags } = value;
      const member = { ...newMember(org.key, account, org.value.id, 'INVITED', now.getTime()), tags };
      return change({ Handshake: shown(value, now) }, [
        put(invitations, found.key, value, found.version),
        put(members, account, member, 'absent'),
        check(organizations, org.key, org.version),
      ]);
    },
  },

  DeclineHandshake: {
    authorise: ownHandshake('DeclineHandshake'),
    async handle(input, context) {
      const found = await invitationOf(input.HandshakeId, context, 'account');
      demandOpen(found.value, 'DECLINED', context.now);
      return ended(found, 'DECLINED', context.now);
    },
  },

  CancelHandshake: {
    authorise: ownHandshake('CancelHandshake'),
    async handle(input, context) {
      const found = await invitationOf(input.HandshakeId, context, 'management');
      demandOpen(found.value, 'CANCELED', context.now);
      return ended(found, 'CANCELED', context.now);
    },
  },

  DescribeHandshake: {
    authorise: ownHandshake('DescribeHandshake'),
    async handle(input, context) {
      const { store, account, now } = context;
      const found = (await store.get(invitations, input.HandshakeId))?.value;
      if (found?.management !== account && found?.account !== account) throw notFound('handshake');
      return { Handshake: shown(found, now) };
    },
  },

  ListHandshakesForAccount: {
    authorise: () => [{ action: 'organizations:ListHandshakesForAccount', resource: '*' }],
    async handle(input, context) {
      const query = { index: 'account', equals: context.account };
      const all = await everyOf(context.store, invitations, query);
      const { items, next } = pageOf(all, ({ key }) => key, input);
      return { Handshakes: items.map(({ value }) => shown(value, context.now)), ...next };
    },
  },

  ListHandshakesForOrganization: {
    authorise: authorised('ListHandshakesForOrganization', 'reader'),
    async handle(input, context) {
      const org = (await ownOrganization(context)).value;
      const all = await everyOf(context.store, invitations, { index: 'org', equals: org.org });
      const { items, next } = pageOf(all, ({ key }) => key, input);
      return { Handshakes: items.map(({ value }) => shown(value, context.now)), ...next };
    },
  },
} satisfies Operations<typeof Sdk>;
