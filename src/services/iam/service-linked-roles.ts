import { randomUUID } from 'node:crypto';
import { change } from '../../platform/service.ts';
import { put } from '../../store/operations.ts';
import { roles } from './collections.ts';
import { invalidInput, NO_SUCH } from './errors.ts';
import { demandRoom, erase, named, roleNamed } from './find.ts';
import type { Handlers } from './handlers.ts';
import { jobOf, saveJob } from './jobs.ts';
import { countUse, managedPolicy } from './managed-policies.ts';
import type { RoleRecord } from './records.ts';
import { shownRole } from './roles.ts';
import { SERVICE_LINKED } from './service-linked-table.ts';

/** Source: IAM User Guide, "Create a service-linked role"; recordings of the operations. */
export const serviceLinkedRoleOperations = {
  async CreateServiceLinkedRole(input, context) {
    const { store, account, ports } = context;
    const service = input.AWSServiceName;
    const linked = SERVICE_LINKED.find((each) => each.service === service.toLowerCase());
    if (linked === undefined) {
      throw invalidInput(
        `Service role for ${service} cannot be created: the service has no service-linked role.`,
      );
    }
    if (input.CustomSuffix !== undefined && linked.suffix !== true) {
      throw invalidInput(`Custom suffix is not allowed for ${service}`);
    }
    const suffix = input.CustomSuffix === undefined ? '' : `_${input.CustomSuffix}`;
    const name = `AWSServiceRoleFor${linked.role}${suffix}`;
    if (await named(store, roles, account, name)) {
      throw invalidInput(
        `Service role name ${name} has been taken in this account, please try a different suffix.`,
      );
    }
    await demandRoom(context, roles, 'RolesPerAccount');
    const arn = `arn:aws:iam::aws:policy/aws-service-role/${linked.policy}`;
    const policy = await managedPolicy(store, account, arn);
    const description = input.Description ?? linked.description;
    const role: RoleRecord = {
      account,
      id: ports.credentials.mintUniqueId('AROA'),
      name,
      path: `/aws-service-role/${linked.service}/`,
      createdAt: context.now.getTime(),
      tags: [],
      inline: [],
      attached: [arn],
      trust: { text: trustOf(linked.service), ids: {} },
      maxSessionSeconds: 3_600,
      profiles: [],
      linkedTo: linked.service,
      ...(description === undefined ? {} : { description }),
    };
    return change({ Role: await shownRole(store, role) }, [
      put(roles, role.id, role, 'absent'),
      ...(policy ? [countUse(policy, { attachments: 1 })] : []),
    ]);
  },

  /** None of the services keeps resources here, so that the deletion is done at once. */
  async DeleteServiceLinkedRole(input, context) {
    const { store, account } = context;
    const role = await roleNamed(context, input.RoleName);
    const { linkedTo, attached, name } = role.value;
    if (linkedTo === undefined) throw invalidInput(`The role ${name} is not a service-linked role.`);
    const policy = await managedPolicy(store, account, attached[0] ?? '');
    const DeletionTaskId = `task/aws-service-role/${linkedTo}/${name}/${randomUUID()}`;
    const job = { id: DeletionTaskId, kind: 'role-deletion', detail: { status: 'SUCCEEDED' } } as const;
    return change({ DeletionTaskId }, [
      erase(roles, role),
      ...(await saveJob(context, job)),
      ...(policy ? [countUse(policy, { attachments: -1 })] : []),
    ]);
  },

  async GetServiceLinkedRoleDeletionStatus(input, context) {
    const job = await jobOf(context, input.DeletionTaskId, 'role-deletion');
    if (job === undefined) throw NO_SUCH.job(input.DeletionTaskId);
    return { Status: 'SUCCEEDED' as const };
  },
} satisfies Handlers;

function trustOf(service: string): string {
  const statement = { Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' };
  return JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
}
