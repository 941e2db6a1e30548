import type * as Sdk from '@aws-sdk/client-organizations';
import type { Caller } from '../../platform/caller.ts';
import type { AnyService, InputOf, OperationName, OutputOf } from '../../platform/service.ts';
import { type TestBed, testPlatform } from '../../platform/testing.ts';
import { COLLECTIONS } from './collections.ts';
import { definition } from './service.ts';

type Client = typeof Sdk;
type Name = OperationName<Client>;

/** The service on a store in memory. */
export interface OrganizationsBed extends TestBed {
  /** Calls an operation; as root of the account of tests unless somebody is named. */
  org<N extends Name>(
    operation: N,
    input?: { readonly [Key in keyof InputOf<Client, N>]?: unknown },
    caller?: Caller,
  ): Promise<OutputOf<Client, N>>;
  /** Makes an organisation and answers the id of its root. */
  begin(): Promise<string>;
  /** Makes an account in the organisation and answers its number. */
  account(name: string): Promise<string>;
  unit(name: string, parent: string): Promise<string>;
  /** Writes a service control policy with one statement and answers its id. */
  policy(name: string, statement: object, type?: string): Promise<string>;
}

export async function organizationsBed(others: readonly AnyService[] = []): Promise<OrganizationsBed> {
  const bed = await testPlatform({ services: [definition, ...others], collections: COLLECTIONS });
  const org: OrganizationsBed['org'] = (operation, input, caller) =>
    bed.call(definition, operation, (input ?? {}) as never, caller);
  return {
    ...bed,
    org,
    async begin() {
      await org('CreateOrganization');
      const { Roots } = await org('ListRoots');
      return Roots?.[0]?.Id ?? '';
    },
    async account(name) {
      const made = await org('CreateAccount', { AccountName: name, Email: `${name}@example.com` });
      return made.CreateAccountStatus?.AccountId ?? '';
    },
    async unit(Name, ParentId) {
      const made = await org('CreateOrganizationalUnit', { Name, ParentId });
      return made.OrganizationalUnit?.Id ?? '';
    },
    async policy(Name, statement, Type = 'SERVICE_CONTROL_POLICY') {
      const Content = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
      const made = await org('CreatePolicy', { Name, Description: '', Type, Content });
      return made.Policy?.PolicySummary?.Id ?? '';
    },
  };
}

/** Opens the service, hands it to a test, and closes it. */
export async function withOrganizations(
  work: (bed: OrganizationsBed) => Promise<void>,
  others: readonly AnyService[] = [],
): Promise<void> {
  const bed = await organizationsBed(others);
  try {
    await work(bed);
  } finally {
    await bed.close();
  }
}
