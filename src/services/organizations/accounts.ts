import type * as Sdk from '@aws-sdk/client-organizations';
import { ACCOUNTS, type Account, newAccountId } from '../../platform/accounts.ts';
import type { StoreReader } from '../../platform/context.ts';
import { awsError, change, type Operations } from '../../platform/service.ts';
import { put } from '../../store/operations.ts';
import { accountArn } from './arns.ts';
import { aboutPlace, authorised } from './authorise.ts';
import { creations, members, organizations } from './collections.ts';
import { constraint, notFound } from './errors.ts';
import {
  accountFacts,
  everyOf,
  type Found,
  holdParent,
  memberOf,
  ownOrganization,
  parentOf,
} from './find.ts';
import { newId } from './ids.ts';
import { newMember } from './organization.ts';
import { pageOf } from './paging.ts';
import type { CreationRecord, MemberRecord, OrganizationRecord } from './records.ts';
import { requestTags, withTags } from './tag-lists.ts';

/** The role of a new account that the management account may assume. */
const USUAL_ROLE = 'OrganizationAccountAccessRole';

export function shownAccount(org: OrganizationRecord, member: MemberRecord, facts: Account): Sdk.Account {
  return {
    Id: member.id,
    Arn: accountArn(org, member.id),
    Name: facts.name,
    Email: facts.email,
    Status: facts.status,
    State: facts.status,
    JoinedMethod: member.joinedBy,
    JoinedTimestamp: new Date(member.joinedAt),
  };
}

async function shownAccounts(
  store: StoreReader,
  org: OrganizationRecord,
  found: readonly Found<MemberRecord>[],
) {
  return Promise.all(
    found.map(async ({ value }) => shownAccount(org, value, await accountFacts(store, value.id))),
  );
}

function shownCreation(creation: CreationRecord): Sdk.CreateAccountStatus {
  const { id, name, at, account, failure } = creation;
  return {
    Id: id,
    AccountName: name,
    State: failure === undefined ? 'SUCCEEDED' : 'FAILED',
    RequestedTimestamp: new Date(at),
    CompletedTimestamp: new Date(at),
    ...(account === undefined ? {} : { AccountId: account }),
    ...(failure === undefined ? {} : { FailureReason: failure }),
  };
}

async function unusedAccountId(store: StoreReader): Promise<string> {
  for (;;) {
    const id = newAccountId();
    if ((await store.get(ACCOUNTS, id)) === undefined) return id;
  }
}

async function emailIsTaken(store: StoreReader, email: string): Promise<boolean> {
  const all = await everyOf(store, ACCOUNTS, {});
  return all.some(({ value }) => value.email.toLowerCase() === email.toLowerCase());
}

/** Source: AWS Organizations API Reference, version 2016-11-28. */
export const accountOperations = {
  /** An account is there at once: what AWS answers after a while is answered here right away. */
  CreateAccount: {
    conditionKeys: ['aws:RequestTag/${TagKey}', 'aws:TagKeys'],
    authorise: authorised('CreateAccount', 'management', (input) => [
      { resource: '*', context: requestTags(input.Tags) },
    ]),
    async handle(input, context) {
      const { store, ports, now } = context;
      const org = await ownOrganization(context);
      const tags = withTags([], input.Tags);
      const at = now.getTime();
      const request = { org: org.value.org, id: newId.creation(), name: input.AccountName, at };
      if (await emailIsTaken(store, input.Email)) {
        const failed: CreationRecord = { ...request, failure: 'EMAIL_ALREADY_EXISTS' };
        return change({ CreateAccountStatus: shownCreation(failed) }, [
          put(creations, failed.id, failed, 'absent'),
        ]);
      }
      const account = await unusedAccountId(store);
      const facts: Account = {
        id: account,
        name: input.AccountName,
        email: input.Email,
        created: now.toISOString(),
        status: 'ACTIVE',
      };
      const done: CreationRecord = { ...request, account };
      const member = { ...newMember(org.value.org, account, org.value.id, 'CREATED', at), tags };
      const role = { account, name: input.RoleName ?? USUAL_ROLE, trusts: org.value.management };
      return change({ CreateAccountStatus: shownCreation(done) }, [
        put(ACCOUNTS, account, facts, 'absent'),
        put(members, account, member, 'absent'),
        put(creations, done.id, done, 'absent'),
        // Written as it is, so that accounts are made one after the other: e-mail addresses stay unique.
        put(organizations, org.key, org.value, org.version),
        ...((await ports.identity.administratorRole?.(role, now)) ?? []),
      ]);
    },
  },

  DescribeCreateAccountStatus: {
    authorise: authorised('DescribeCreateAccountStatus', 'reader'),
    async handle(input, context) {
      const org = (await ownOrganization(context)).value;
      const found = await context.store.get(creations, input.CreateAccountRequestId);
      if (found?.value.org !== org.org) throw notFound('creation');
      return { CreateAccountStatus: shownCreation(found.value) };
    },
  },

  ListCreateAccountStatus: {
    authorise: authorised('ListCreateAccountStatus', 'reader'),
    async handle(input, context) {
      const org = (await ownOrganization(context)).value;
      const all = await everyOf(context.store, creations, { index: 'org', equals: org.org });
      const wanted = all
        .map(({ value }) => shownCreation(value))
        .filter(({ State }) => !input.States || input.States.some((each) => each === State));
      const { items, next } = pageOf(wanted, ({ Id }) => Id ?? '', input);
      return { CreateAccountStatuses: items, ...next };
    },
  },

  DescribeAccount: {
    conditionKeys: ['aws:ResourceTag/${TagKey}'],
    authorise: authorised('DescribeAccount', 'reader', async (input, scene) => [
      await aboutPlace(input.AccountId, scene),
    ]),
    async handle(input, context) {
      const org = (await ownOrganization(context)).value;
      const { value } = await memberOf(context.store, org.org, input.AccountId);
      return { Account: shownAccount(org, value, await accountFacts(context.store, value.id)) };
    },
  },

  ListAccounts: {
    authorise: authorised('ListAccounts', 'reader'),
    async handle(input, context) {
      const org = (await ownOrganization(context)).value;
      const all = await everyOf(context.store, members, { index: 'org', equals: org.org });
      const { items, next } = pageOf(all, ({ key }) => key, input);
      return { Accounts: await shownAccounts(context.store, org, items), ...next };
    },
  },

  ListAccountsForParent: {
    conditionKeys: ['aws:ResourceTag/${TagKey}'],
    authorise: authorised('ListAccountsForParent', 'reader', async (input, scene) => [
      await aboutPlace(input.ParentId, scene),
    ]),
    async handle(input, context) {
      const { store } = context;
      const org = await ownOrganization(context);
      if (!(await parentOf(store, org, input.ParentId))) throw notFound('parent');
      const all = await everyOf(store, members, { index: 'parent', equals: input.ParentId });
      const { items, next } = pageOf(all, ({ key }) => key, input);
      return { Accounts: await shownAccounts(store, org.value, items), ...next };
    },
  },

  MoveAccount: {
    conditionKeys: ['aws:ResourceTag/${TagKey}'],
    authorise: authorised('MoveAccount', 'delegable', async (input, scene) => [
      await aboutPlace(input.AccountId, scene),
      await aboutPlace(input.SourceParentId, scene),
      await aboutPlace(input.DestinationParentId, scene),
    ]),
    async handle(input, context) {
      const { store } = context;
      const org = await ownOrganization(context);
      const member = await memberOf(store, org.value.org, input.AccountId);
      if (!(await parentOf(store, org, input.SourceParentId))) throw notFound('sourceParent');
      const destination = await parentOf(store, org, input.DestinationParentId);
      if (destination === undefined) throw notFound('destinationParent');
      if (member.value.parent === input.DestinationParentId) {
        throw awsError(
          'DuplicateAccountException',
          'That account is already present in the specified destination.',
        );
      }
      if (member.value.parent !== input.SourceParentId) throw notFound('account');
      return change({}, [
        put(members, member.key, { ...member.value, parent: input.DestinationParentId }, member.version),
        holdParent(destination),
      ]);
    },
  },

  /** A closed account can do nothing any more, whoever acts in it. */
  CloseAccount: {
    conditionKeys: ['aws:ResourceTag/${TagKey}'],
    authorise: authorised('CloseAccount', 'management', async (input, scene) => [
      await aboutPlace(input.AccountId, scene),
    ]),
    async handle(input, context) {
      const { store } = context;
      const org = (await ownOrganization(context)).value;
      const member = await memberOf(store, org.org, input.AccountId);
      if (member.key === org.management) {
        throw constraint(
          'CANNOT_CLOSE_MANAGEMENT_ACCOUNT',
          'You attempted to close the management account. You can close the management account only from within that account.',
        );
      }
      const facts = await store.get(ACCOUNTS, member.key);
      if (facts === undefined) throw notFound('account');
      if (facts.value.status !== 'ACTIVE') {
        throw awsError(
          'AccountAlreadyClosedException',
          'You attempted to close an account that is already closed.',
        );
      }
      return change({}, [put(ACCOUNTS, facts.key, { ...facts.value, status: 'SUSPENDED' }, facts.version)]);
    },
  },
} satisfies Operations<typeof Sdk>;
