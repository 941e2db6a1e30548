import type * as Sdk from '@aws-sdk/client-organizations';
import type { CallContext } from '../../platform/context.ts';
import { awsError, change, type Operations } from '../../platform/service.ts';
import { put } from '../../store/operations.ts';
import { shownAccount } from './accounts.ts';
import { aboutPlace, authorised, type Scene, type Subject } from './authorise.ts';
import { members } from './collections.ts';
import { constraint, notFound } from './errors.ts';
import { accountFacts, everyOf, type Found, memberOf, ownOrganization } from './find.ts';
import { aboutService } from './organization.ts';
import { pageOf } from './paging.ts';
import type { MemberRecord } from './records.ts';

interface Delegation {
  readonly AccountId: string;
  readonly ServicePrincipal: string;
}

async function aboutDelegation(input: Delegation, scene: Scene): Promise<readonly Subject[]> {
  const place = await aboutPlace(input.AccountId, scene);
  return [{ ...place, context: { ...place.context, ...aboutService(input).context } }];
}

/** A member that may administer a service. @throws AwsError AccountNotFound, ConstraintViolation. */
async function candidateOf(input: Delegation, context: CallContext): Promise<Found<MemberRecord>> {
  const org = (await ownOrganization(context)).value;
  const member = await memberOf(context.store, org.org, input.AccountId);
  if (member.key === org.management) {
    throw constraint(
      'CANNOT_REGISTER_MASTER_AS_DELEGATED_ADMINISTRATOR',
      'You cannot register the management account as a delegated administrator for your organization.',
    );
  }
  const facts = await accountFacts(context.store, member.key);
  if (facts.status !== 'ACTIVE') {
    throw constraint(
      'CANNOT_REGISTER_SUSPENDED_ACCOUNT_AS_DELEGATED_ADMINISTRATOR',
      'You cannot register a suspended account as a delegated administrator.',
    );
  }
  if (!org.services.some(({ principal }) => principal === input.ServicePrincipal)) {
    throw constraint(
      'SERVICE_ACCESS_NOT_ENABLED',
      'You cannot register a delegated administrator before you enable trusted access for the service.',
    );
  }
  return member;
}

const KEYS = ['aws:ResourceTag/${TagKey}', 'organizations:ServicePrincipal'];

/** Source: AWS Organizations API Reference, version 2016-11-28. */
export const delegationOperations = {
  RegisterDelegatedAdministrator: {
    conditionKeys: KEYS,
    authorise: authorised('RegisterDelegatedAdministrator', 'management', aboutDelegation),
    async handle(input, context) {
      const { key, value, version } = await candidateOf(input, context);
      const principal = input.ServicePrincipal;
      if (value.administers.some((each) => each.principal === principal)) {
        throw awsError(
          'AccountAlreadyRegisteredException',
          'The specified account is already a delegated administrator for this AWS service.',
        );
      }
      const since = context.now.getTime();
      const changed: MemberRecord = {
        ...value,
        administers: [...value.administers, { principal, since }],
        administratorSince: value.administratorSince ?? since,
      };
      return change({}, [put(members, key, changed, version)]);
    },
  },

  DeregisterDelegatedAdministrator: {
    conditionKeys: KEYS,
    authorise: authorised('DeregisterDelegatedAdministrator', 'management', aboutDelegation),
    async handle(input, context) {
      const org = (await ownOrganization(context)).value;
      const { key, value, version } = await memberOf(context.store, org.org, input.AccountId);
      const administers = value.administers.filter(({ principal }) => principal !== input.ServicePrincipal);
      if (administers.length === value.administers.length) throw notRegistered();
      const { administratorSince, ...rest } = value;
      const still = administers.length > 0 && administratorSince !== undefined;
      const changed: MemberRecord = { ...rest, administers, ...(still ? { administratorSince } : {}) };
      return change({}, [put(members, key, changed, version)]);
    },
  },

  ListDelegatedAdministrators: {
    conditionKeys: ['organizations:ServicePrincipal'],
    authorise: authorised('ListDelegatedAdministrators', 'reader', (input) => [aboutService(input)]),
    async handle(input, context) {
      const { store } = context;
      const org = (await ownOrganization(context)).value;
      const all = await everyOf(store, members, { index: 'org', equals: org.org });
      const wanted = all.filter(({ value }) =>
        value.administers.some(
          ({ principal }) => input.ServicePrincipal === undefined || principal === input.ServicePrincipal,
        ),
      );
      const { items, next } = pageOf(wanted, ({ key }) => key, input);
      const shown = items.map(async ({ value }) => ({
        ...shownAccount(org, value, await accountFacts(store, value.id)),
        DelegationEnabledDate: new Date(value.administratorSince ?? value.joinedAt),
      }));
      const withoutPaths = (await Promise.all(shown)).map(({ Paths: _paths, ...each }) => each);
      return { DelegatedAdministrators: withoutPaths, ...next };
    },
  },

  ListDelegatedServicesForAccount: {
    conditionKeys: ['aws:ResourceTag/${TagKey}'],
    authorise: authorised('ListDelegatedServicesForAccount', 'reader', async (input, scene) => [
      await aboutPlace(input.AccountId, scene),
    ]),
    async handle(input, context) {
      const org = (await ownOrganization(context)).value;
      const found = await context.store.get(members, input.AccountId);
      if (found?.value.org !== org.org) throw notFound('account');
      if (found.value.administers.length === 0) throw notRegistered();
      const { items, next } = pageOf(found.value.administers, ({ principal }) => principal, input);
      return {
        DelegatedServices: items.map(({ principal, since }) => ({
          ServicePrincipal: principal,
          DelegationEnabledDate: new Date(since),
        })),
        ...next,
      };
    },
  },
} satisfies Operations<typeof Sdk>;

function notRegistered() {
  return awsError(
    'AccountNotRegisteredException',
    'The specified account is not a delegated administrator for this AWS service.',
  );
}
