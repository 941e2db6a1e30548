import type * as Sdk from '@aws-sdk/client-organizations';
import { ACCOUNTS } from '../../platform/accounts.ts';
import type { CallContext } from '../../platform/context.ts';
import { awsError, change, type Operations } from '../../platform/service.ts';
import { check, put } from '../../store/operations.ts';
import { approved, enabled } from './all-features.ts';
import { accountArn, handshakeArn } from './arns.ts';
import { authorised } from './authorise.ts';
import { invitations, members, organizations } from './collections.ts';
import { notFound } from './errors.ts';
import { everyOf, organizationOf, ownOrganization } from './find.ts';
import {
  actionOf,
  demandOpen,
  ended,
  handshakeOf,
  pendingOf,
  shownHandshake,
  stateOf,
  violated,
} from './handshakes.ts';
import { newId } from './ids.ts';
import { newMember } from './organization.ts';
import { pageOf } from './paging.ts';
import type { InvitationRecord } from './records.ts';
import { requestTags, withTags } from './tag-lists.ts';

const LIFE_MILLISECONDS = 15 * 24 * 3_600_000;

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

/** The handshakes of an account that may be in no organisation: its own policies decide. Those of others are not shown. */
function ownHandshake(operation: string) {
  return async (input: { readonly HandshakeId: string }, { store, account }: CallContext) => {
    const found = (await store.get(invitations, input.HandshakeId))?.value;
    const concerned = found?.management === account || found?.account === account;
    const resource = found && concerned ? handshakeArn(found, found.id, actionOf(found)) : '*';
    return [{ action: `organizations:${operation}`, resource, resourceAccount: account }];
  };
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
        throw violated(
          'ALREADY_IN_AN_ORGANIZATION',
          'The handshake request is invalid: the account is already a member of an organization.',
        );
      }
      if ((await pendingOf(context, org.org, 'ENABLE_ALL_FEATURES')).length > 0) {
        throw violated(
          'INVITE_DISABLED_DURING_ENABLE_ALL_FEATURES',
          'Accounts cannot be invited while all features are being enabled.',
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
      return change({ Handshake: shownHandshake(invitation, now) }, [
        put(invitations, invitation.id, invitation, 'absent'),
      ]);
    },
  },

  AcceptHandshake: {
    authorise: ownHandshake('AcceptHandshake'),
    async handle(input, context) {
      const { store, account, now } = context;
      const found = await handshakeOf(input.HandshakeId, context, 'account');
      demandOpen(found.value, 'ACCEPTED', now);
      const org = await store.get(organizations, found.value.org);
      if (org === undefined) throw notFound('handshake');
      if (actionOf(found.value) === 'APPROVE_ALL_FEATURES') return approved(found, context);
      if (actionOf(found.value) === 'ENABLE_ALL_FEATURES') return enabled(found, org, now);
      if (await organizationOf(store, account)) {
        throw violated('ALREADY_IN_AN_ORGANIZATION', 'The account is already a member of an organization.');
      }
      const value: InvitationRecord = { ...found.value, state: 'ACCEPTED' };
      const { tags } = value;
      const member = { ...newMember(org.key, account, org.value.id, 'INVITED', now.getTime()), tags };
      return change({ Handshake: shownHandshake(value, now) }, [
        put(invitations, found.key, value, found.version),
        put(members, account, member, 'absent'),
        check(organizations, org.key, org.version),
      ]);
    },
  },

  DeclineHandshake: {
    authorise: ownHandshake('DeclineHandshake'),
    async handle(input, context) {
      const found = await handshakeOf(input.HandshakeId, context, 'account');
      demandOpen(found.value, 'DECLINED', context.now);
      return ended(found, 'DECLINED', context.now);
    },
  },

  CancelHandshake: {
    authorise: ownHandshake('CancelHandshake'),
    async handle(input, context) {
      const found = await handshakeOf(input.HandshakeId, context, 'management');
      demandOpen(found.value, 'CANCELED', context.now);
      const enabling = actionOf(found.value) === 'ENABLE_ALL_FEATURES';
      const { org } = found.value;
      const others = enabling ? await pendingOf(context, org, 'APPROVE_ALL_FEATURES') : [];
      return ended(found, 'CANCELED', context.now, others);
    },
  },

  DescribeHandshake: {
    authorise: ownHandshake('DescribeHandshake'),
    async handle(input, context) {
      const { store, account, now } = context;
      const found = (await store.get(invitations, input.HandshakeId))?.value;
      if (found?.management !== account && found?.account !== account) throw notFound('handshake');
      return { Handshake: shownHandshake(found, now) };
    },
  },

  ListHandshakesForAccount: {
    authorise: () => [{ action: 'organizations:ListHandshakesForAccount', resource: '*' }],
    async handle(input, context) {
      const query = { index: 'account', equals: context.account };
      const all = await everyOf(context.store, invitations, query);
      const { items, next } = pageOf(all, ({ key }) => key, input);
      return { Handshakes: items.map(({ value }) => shownHandshake(value, context.now)), ...next };
    },
  },

  ListHandshakesForOrganization: {
    authorise: authorised('ListHandshakesForOrganization', 'reader'),
    async handle(input, context) {
      const org = (await ownOrganization(context)).value;
      const all = await everyOf(context.store, invitations, { index: 'org', equals: org.org });
      const { items, next } = pageOf(all, ({ key }) => key, input);
      return { Handshakes: items.map(({ value }) => shownHandshake(value, context.now)), ...next };
    },
  },
} satisfies Operations<typeof Sdk>;
