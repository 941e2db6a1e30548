import type * as Sdk from '@aws-sdk/client-organizations';
import { ACCOUNTS } from '../../platform/accounts.ts';
import { awsError, change, type Operations } from '../../platform/service.ts';
import { put, remove } from '../../store/operations.ts';
import { accountArn, organizationArn, placeArn } from './arns.ts';
import { ANY, authorised, type Subject } from './authorise.ts';
import { invitations, members, organizations, policies, units } from './collections.ts';
import { constraint } from './errors.ts';
import { everyOf, memberOf, organizationOf, ownOrganization } from './find.ts';
import { newId } from './ids.ts';
import { pageOf } from './paging.ts';
import type { MemberRecord, OrganizationRecord } from './records.ts';

/** Invitations that go with their organisation: a transaction takes no more than 1,000 steps. */
const MOST_REMOVED = 900;
const BACK_IN_NONE = 'The management account cannot leave its organization.';

function shownOrganization(org: OrganizationRecord): Sdk.Organization {
  return {
    Id: org.org,
    Arn: organizationArn(org),
    FeatureSet: org.features,
    MasterAccountArn: accountArn(org, org.management),
    MasterAccountId: org.management,
    MasterAccountEmail: org.managementEmail,
    AvailablePolicyTypes:
      org.features === 'ALL'
        ? [
            { Type: 'SERVICE_CONTROL_POLICY', Status: 'ENABLED' },
            { Type: 'RESOURCE_CONTROL_POLICY', Status: 'ENABLED' },
            { Type: 'TAG_POLICY', Status: 'ENABLED' },
          ]
        : [],
  };
}

export function shownRoot(org: OrganizationRecord): Sdk.Root {
  return {
    Id: org.id,
    Arn: placeArn(org, org.id),
    Name: 'Root',
    PolicyTypes: Object.keys(org.enabled).map((Type) => ({
      Type: Type as Sdk.PolicyType,
      Status: 'ENABLED',
    })),
  };
}

/** An account as a member at a place, with nothing attached yet. */
export function newMember(
  org: string,
  account: string,
  parent: string,
  joinedBy: MemberRecord['joinedBy'],
  joinedAt: number,
): MemberRecord {
  return { org, id: account, parent, joinedBy, joinedAt, administers: [], tags: [], attached: {} };
}

/** Source: AWS Organizations API Reference, version 2016-11-28. */
export const organizationOperations = {
  CreateOrganization: {
    authorise: () => [{ action: 'organizations:CreateOrganization', resource: '*' }],
    async handle(input, { store, account, now }) {
      if (await organizationOf(store, account)) {
        throw awsError(
          'AlreadyInOrganizationException',
          'The provided account is already a member of an organization.',
        );
      }
      const facts = (await store.get(ACCOUNTS, account))?.value;
      const org = newId.organization();
      const record: OrganizationRecord = {
        org,
        id: newId.root(),
        tags: [],
        attached: {},
        management: account,
        managementEmail: facts?.email ?? '',
        features: input.FeatureSet ?? 'ALL',
        createdAt: now.getTime(),
        enabled: {},
        services: [],
      };
      return change({ Organization: shownOrganization(record) }, [
        put(organizations, org, record, 'absent'),
        put(members, account, newMember(org, account, record.id, 'INVITED', now.getTime()), 'absent'),
      ]);
    },
  },

  DescribeOrganization: {
    authorise: authorised('DescribeOrganization', 'member'),
    async handle(_input, context) {
      return { Organization: shownOrganization((await ownOrganization(context)).value) };
    },
  },

  DeleteOrganization: {
    authorise: authorised('DeleteOrganization', 'management'),
    async handle(_input, context) {
      const { store, account } = context;
      const org = await ownOrganization(context);
      const id = org.value.org;
      const others = await store.count(members, { index: 'org', equals: id });
      const written = [
        ...(await everyOf(store, units, { index: 'org', equals: id })),
        ...(await everyOf(store, policies, { index: 'type', prefix: `${id}/` })),
      ];
      if (others > 1 || written.length > 0) {
        throw awsError(
          'OrganizationNotEmptyException',
          "The organization isn't empty. To delete an organization, you must first remove all accounts except the management account, delete all OUs, and delete all policies.",
        );
      }
      const invited = await store.list(invitations, { index: 'org', equals: id, limit: MOST_REMOVED });
      return change({}, [
        remove(organizations, id, org.version),
        remove(members, account),
        // The rest of very many invite to an organisation that is not there, and are answered so.
        ...invited.records.map(({ key }) => remove(invitations, key)),
      ]);
    },
  },

  ListRoots: {
    authorise: authorised('ListRoots', 'reader'),
    async handle(input, context) {
      const org = (await ownOrganization(context)).value;
      const { items, next } = pageOf([org], (each) => each.id, input);
      return { Roots: items.map(shownRoot), ...next };
    },
  },

  LeaveOrganization: {
    authorise: authorised('LeaveOrganization', 'member'),
    async handle(_input, context) {
      const { store, account } = context;
      const org = (await ownOrganization(context)).value;
      if (account === org.management) {
        throw awsError('MasterCannotLeaveOrganizationException', BACK_IN_NONE);
      }
      const member = await memberOf(store, org.org, account);
      demandRemovable(member.value);
      return change({}, [remove(members, account, member.version)]);
    },
  },

  RemoveAccountFromOrganization: {
    conditionKeys: ['aws:ResourceTag/${TagKey}'],
    authorise: authorised('RemoveAccountFromOrganization', 'management', async (input, { org }) => [
      { resource: accountArn(org.value, input.AccountId) },
    ]),
    async handle(input, context) {
      const org = (await ownOrganization(context)).value;
      const member = await memberOf(context.store, org.org, input.AccountId);
      if (input.AccountId === org.management) {
        throw awsError('MasterCannotLeaveOrganizationException', BACK_IN_NONE);
      }
      demandRemovable(member.value);
      return change({}, [remove(members, input.AccountId, member.version)]);
    },
  },

  EnableAWSServiceAccess: {
    conditionKeys: ['organizations:ServicePrincipal'],
    authorise: authorised('EnableAWSServiceAccess', 'management', (input) => [aboutService(input)]),
    async handle(input, context) {
      const org = await ownOrganization(context);
      const principal = input.ServicePrincipal;
      if (org.value.services.some((each) => each.principal === principal)) return {};
      const services = [...org.value.services, { principal, since: context.now.getTime() }];
      return change({}, [put(organizations, org.key, { ...org.value, services }, org.version)]);
    },
  },

  DisableAWSServiceAccess: {
    conditionKeys: ['organizations:ServicePrincipal'],
    authorise: authorised('DisableAWSServiceAccess', 'management', (input) => [aboutService(input)]),
    async handle(input, context) {
      const org = await ownOrganization(context);
      const services = org.value.services.filter(({ principal }) => principal !== input.ServicePrincipal);
      return change({}, [put(organizations, org.key, { ...org.value, services }, org.version)]);
    },
  },

  ListAWSServiceAccessForOrganization: {
    authorise: authorised('ListAWSServiceAccessForOrganization', 'reader'),
    async handle(input, context) {
      const { services } = (await ownOrganization(context)).value;
      const { items, next } = pageOf(services, ({ principal }) => principal, input);
      return {
        EnabledServicePrincipals: items.map(({ principal, since }) => ({
          ServicePrincipal: principal,
          DateEnabled: new Date(since),
        })),
        ...next,
      };
    },
  },
} satisfies Operations<typeof Sdk>;

/** The service that a request names, for the policies. */
export function aboutService({
  ServicePrincipal,
}: {
  readonly ServicePrincipal?: string | undefined;
}): Subject {
  if (ServicePrincipal === undefined) return ANY;
  return { resource: '*', context: { 'organizations:ServicePrincipal': ServicePrincipal } };
}

function demandRemovable(member: MemberRecord): void {
  if (member.administers.length === 0) return;
  throw constraint(
    'CANNOT_REMOVE_DELEGATED_ADMINISTRATOR_FROM_ORG',
    'You cannot remove an account that is a delegated administrator from the organization.',
  );
}
