import { randomUUID } from 'node:crypto';
import type { AccessDetail } from '@aws-sdk/client-iam';
import type { PolicyProgram } from '../../iam/engine.ts';
import type { CallContext } from '../../platform/context.ts';
import type { OrganizationReach } from '../../platform/identity.ts';
import { awsError, change } from '../../platform/service.ts';
import { roles, users } from './collections.ts';
import { NO_SUCH, validationError } from './errors.ts';
import { everyNamespace, servicesGranted } from './granted-services.ts';
import type { Handlers } from './handlers.ts';
import { jobOf, saveJob } from './jobs.ts';
import { everyRecord, pageOf, paging } from './paging.ts';
import { serviceNameOf } from './service-names.ts';
import { moment } from './shown.ts';

/** The latest attempt of an account to use a service. */
interface Use {
  readonly service: string;
  readonly path: string;
  readonly at: number;
  readonly region: string;
}

interface ServiceUse {
  readonly namespace: string;
  /** The latest of all accounts, and how many accounts tried. */
  readonly latest?: Use;
  readonly accounts: number;
}

/** @throws AwsError AccessDenied, ValidationError. */
async function reachFor(path: string, policyId: string | undefined, { ports, account }: CallContext) {
  const own = await ports.organization.of(account);
  if (own?.managementAccount !== account) {
    throw awsError(
      'AccessDenied',
      'Only the management account of an organization may ask for its reports.',
      {
        status: 403,
      },
    );
  }
  const reach = await ports.organization.reach?.(path, policyId);
  if (reach?.managementAccount !== account) throw validationError(`Invalid entity path: ${path}`);
  if (reach.serviceControl === undefined) {
    throw validationError('Service control policies are not enabled for the organization.');
  }
  if (policyId !== undefined && reach.policy === undefined) {
    throw validationError(`Invalid policy: ${policyId}`);
  }
  return reach;
}

/** The services that a program allows something of; every level has to. */
async function allowedServices({
  serviceControl = [],
  policy,
}: OrganizationReach): Promise<readonly string[]> {
  let left = await everyNamespace();
  for (const program of policy ? [policy] : serviceControl) left = await allowedBy(program, left);
  return left;
}

async function allowedBy({ policies }: PolicyProgram, namespaces: readonly string[]) {
  const granted = await Promise.all(policies.map((policy) => servicesGranted(policy, namespaces)));
  const union = new Set(granted.flat());
  return namespaces.filter((namespace) => union.has(namespace));
}

/** The latest use of each service by anybody of an account. */
async function usesIn(
  { store, ports }: CallContext,
  { account, path }: OrganizationReach['accounts'][number],
): Promise<readonly Use[]> {
  const [people, parts] = await Promise.all([
    everyRecord(store, users, account),
    everyRecord(store, roles, account),
  ]);
  const ids = [account, ...people.map(({ key }) => key), ...parts.map(({ key }) => key)];
  const latest = new Map<string, Use>();
  for (const uses of await Promise.all(ids.map((id) => ports.usage.lastUsesOfPrincipal(id)))) {
    for (const { service, at, region } of uses) {
      if ((latest.get(service)?.at ?? 0) < at) latest.set(service, { service, path, at, region });
    }
  }
  return [...latest.values()];
}

async function serviceUses(reach: OrganizationReach, context: CallContext): Promise<readonly ServiceUse[]> {
  const all = (await Promise.all(reach.accounts.map((each) => usesIn(context, each)))).flat();
  return (await allowedServices(reach)).map((namespace) => {
    const uses = all.filter(({ service }) => service === namespace).toSorted((a, b) => b.at - a.at);
    const [latest] = uses;
    return { namespace, accounts: uses.length, ...(latest && { latest }) };
  });
}

function shown({ namespace, latest, accounts }: ServiceUse): AccessDetail {
  return {
    ServiceName: serviceNameOf(namespace),
    ServiceNamespace: namespace,
    TotalAuthenticatedEntities: accounts,
    ...(latest && {
      Region: latest.region,
      EntityPath: latest.path,
      LastAuthenticatedTime: moment(latest.at),
    }),
  };
}

const ORDERS = {
  SERVICE_NAMESPACE_ASCENDING: (a: ServiceUse, b: ServiceUse) => (a.namespace < b.namespace ? -1 : 1),
  SERVICE_NAMESPACE_DESCENDING: (a: ServiceUse, b: ServiceUse) => (a.namespace > b.namespace ? -1 : 1),
  LAST_AUTHENTICATED_TIME_ASCENDING: (a: ServiceUse, b: ServiceUse) => timeOf(a) - timeOf(b),
  LAST_AUTHENTICATED_TIME_DESCENDING: (a: ServiceUse, b: ServiceUse) => timeOf(b) - timeOf(a),
} as const;

function timeOf({ latest }: ServiceUse): number {
  return latest?.at ?? 0;
}

/** Source: IAM API Reference, "GenerateOrganizationsAccessReport", "GetOrganizationsAccessReport". */
export const organizationAccessOperations = {
  async GenerateOrganizationsAccessReport(input, context) {
    const reach = await reachFor(input.EntityPath, input.OrganizationsPolicyId, context);
    const services = await serviceUses(reach, context);
    const JobId = randomUUID();
    const detail = { services };
    return change({ JobId }, await saveJob(context, { id: JobId, kind: 'organization-access', detail }));
  },

  async GetOrganizationsAccessReport(input, context) {
    const job = await jobOf(context, input.JobId, 'organization-access');
    if (job === undefined) throw NO_SUCH.job(input.JobId);
    const services = job.detail.services as readonly ServiceUse[];
    const sorted = services.toSorted(ORDERS[input.SortKey ?? 'SERVICE_NAMESPACE_ASCENDING']);
    const rank = new Map(sorted.map((each, index) => [each, String(index).padStart(6, '0')]));
    const page = pageOf(sorted, (each) => rank.get(each) ?? '', input);
    const created = new Date(job.createdAt);
    return {
      JobStatus: 'COMPLETED' as const,
      JobCreationDate: created,
      JobCompletionDate: created,
      NumberOfServicesAccessible: services.length,
      NumberOfServicesNotAccessed: services.filter(({ latest }) => latest === undefined).length,
      AccessDetails: page.items.map(shown),
      ...paging(page),
    };
  },
} satisfies Handlers;
