import { randomUUID } from 'node:crypto';
import type { ServiceLastAccessed } from '@aws-sdk/client-iam';
import type { CallContext } from '../../platform/context.ts';
import type { KeyUse } from '../../platform/ports.ts';
import { change } from '../../platform/service.ts';
import { groups, roles, users } from './collections.ts';
import { policyOf } from './documents.ts';
import { NO_SUCH } from './errors.ts';
import { byId, eachOf } from './find.ts';
import { everyNamespace, servicesGranted } from './granted-services.ts';
import type { Handlers } from './handlers.ts';
import { jobOf, saveJob } from './jobs.ts';
import { demandPolicy, documentInForce } from './managed-policies.ts';
import { arnOf, parseArn } from './names.ts';
import { everyRecord, pageOf, paging } from './paging.ts';
import { policySource } from './policy-source.ts';
import type { Named } from './records.ts';
import { serviceNameOf } from './service-names.ts';
import { moment } from './shown.ts';

/** A user or role that was, or may have been, at work. */
interface Entity {
  readonly kind: 'USER' | 'ROLE';
  readonly record: Named;
}

interface Found {
  readonly namespace: string;
  readonly uses: readonly { readonly entity: StoredEntity; readonly at: number; readonly region: string }[];
}

interface StoredEntity {
  readonly arn: string;
  readonly name: string;
  readonly id: string;
  readonly path: string;
  readonly kind: 'USER' | 'ROLE';
}

interface JobDetail {
  readonly granularity: 'SERVICE_LEVEL' | 'ACTION_LEVEL';
  readonly services: readonly Found[];
}

/** The users and roles that get their permissions through an entity: itself, a group's members, a policy's holders. */
async function entitiesBehind(context: CallContext, arn: string): Promise<readonly Entity[]> {
  const { store, account } = context;
  if (parseArn(arn)?.kind === 'policy') {
    const [allUsers, allRoles, allGroups] = await Promise.all([
      everyRecord(store, users, account),
      everyRecord(store, roles, account),
      everyRecord(store, groups, account),
    ]);
    const through = new Set(
      allGroups.filter(({ value }) => value.attached.includes(arn)).map(({ key }) => key),
    );
    const holds = (record: { readonly attached: readonly string[]; readonly groups?: readonly string[] }) =>
      record.attached.includes(arn) || (record.groups ?? []).some((id) => through.has(id));
    return [
      ...allUsers
        .filter(({ value }) => holds(value))
        .map(({ value }): Entity => ({ kind: 'USER', record: value })),
      ...allRoles
        .filter(({ value }) => holds(value))
        .map(({ value }): Entity => ({ kind: 'ROLE', record: value })),
    ];
  }
  const { kind, record } = await policySource(context, arn);
  if (kind === 'user') return [{ kind: 'USER', record }];
  if (kind === 'role') return [{ kind: 'ROLE', record }];
  const group = await byId(store, groups, record.id);
  const members = await eachOf(store, users, group?.value.members ?? []);
  return members.map(({ value }): Entity => ({ kind: 'USER', record: value }));
}

async function namespacesOf(context: CallContext, arn: string): Promise<readonly string[]> {
  const all = await everyNamespace();
  if (parseArn(arn)?.kind === 'policy') {
    const managed = await demandPolicy(context.store, context.account, arn);
    return servicesGranted(policyOf(documentInForce(managed), arn), all);
  }
  const { policies } = await policySource(context, arn);
  const granted = await Promise.all(policies.map((policy) => servicesGranted(policy, all)));
  const union = new Set(granted.flat());
  return all.filter((namespace) => union.has(namespace));
}

async function usesOf(context: CallContext, entities: readonly Entity[]) {
  const found = await Promise.all(
    entities.map(async ({ kind, record }) => {
      const arn = arnOf(kind === 'USER' ? 'user' : 'role', record);
      const entity: StoredEntity = { arn, name: record.name, id: record.id, path: record.path, kind };
      const uses = await context.ports.usage.lastUsesOfPrincipal(record.id);
      return uses.map((use: KeyUse) => ({ entity, ...use }));
    }),
  );
  return found.flat().sort((one, other) => other.at - one.at);
}

async function reportOf(context: CallContext, id: string) {
  const job = await jobOf(context, id, 'last-accessed');
  if (job === undefined) throw NO_SUCH.job(id);
  return { created: new Date(job.createdAt), ...(job.detail as unknown as JobDetail) };
}

/**
 * Attempts are counted, refused ones included, as the front door notes them. Actions are not told apart: an
 * ACTION_LEVEL report lists services without tracked actions.
 */
export const lastAccessedOperations = {
  async GenerateServiceLastAccessedDetails(input, context) {
    const uses = await usesOf(context, await entitiesBehind(context, input.Arn));
    const services = (await namespacesOf(context, input.Arn)).map((namespace) => ({
      namespace,
      uses: uses.filter(({ service }) => service === namespace),
    }));
    const JobId = randomUUID();
    const detail = { granularity: input.Granularity ?? 'SERVICE_LEVEL', services };
    return change({ JobId }, await saveJob(context, { id: JobId, kind: 'last-accessed', detail }));
  },

  async GetServiceLastAccessedDetails(input, context) {
    const { created, granularity, services } = await reportOf(context, input.JobId);
    const page = pageOf(services, ({ namespace }) => namespace, input);
    return {
      JobStatus: 'COMPLETED' as const,
      JobType: granularity,
      JobCreationDate: created,
      JobCompletionDate: created,
      ServicesLastAccessed: page.items.map(shownService),
      ...paging(page),
    };
  },

  async GetServiceLastAccessedDetailsWithEntities(input, context) {
    const { created, services } = await reportOf(context, input.JobId);
    const service = services.find(({ namespace }) => namespace === input.ServiceNamespace);
    const page = pageOf(service?.uses ?? [], ({ entity }) => entity.arn, input);
    const EntityDetailsList = page.items.map(({ entity, at }) => ({
      EntityInfo: { Arn: entity.arn, Name: entity.name, Type: entity.kind, Id: entity.id, Path: entity.path },
      LastAuthenticated: moment(at),
    }));
    return {
      JobStatus: 'COMPLETED' as const,
      JobCreationDate: created,
      JobCompletionDate: created,
      EntityDetailsList,
      ...paging(page),
    };
  },

  async ListPoliciesGrantingServiceAccess(input, context) {
    const { entries } = await policySource(context, input.Arn);
    const granted = await Promise.all(
      entries.map(async (entry) => ({
        entry,
        services: await servicesGranted(entry.policy, input.ServiceNamespaces),
      })),
    );
    const PoliciesGrantingServiceAccess = input.ServiceNamespaces.map((namespace) => ({
      ServiceNamespace: namespace,
      Policies: granted
        .filter(({ services }) => services.includes(namespace))
        .map(({ entry }) => ({
          PolicyName: entry.name,
          PolicyType: entry.type,
          ...(entry.type === 'MANAGED'
            ? { PolicyArn: entry.arn }
            : { EntityType: entry.ownerKind, EntityName: entry.owner }),
        })),
    }));
    return { PoliciesGrantingServiceAccess, IsTruncated: false };
  },
} satisfies Handlers;

function shownService({ namespace, uses }: Found): ServiceLastAccessed {
  const [latest] = uses;
  const service = { ServiceName: serviceNameOf(namespace), ServiceNamespace: namespace };
  if (latest === undefined) return { ...service, TotalAuthenticatedEntities: 0 };
  return {
    ...service,
    LastAuthenticated: moment(latest.at),
    LastAuthenticatedEntity: latest.entity.arn,
    LastAuthenticatedRegion: latest.region,
    TotalAuthenticatedEntities: uses.length,
  };
}
