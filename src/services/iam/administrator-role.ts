import type { StoreReader } from '../../platform/context.ts';
import type { AdministratorRole } from '../../platform/identity.ts';
import type { Ports } from '../../platform/ports.ts';
import { put } from '../../store/operations.ts';
import type { Operation } from '../../store/store.ts';
import { roles } from './collections.ts';
import { NOTHING_HELD } from './find.ts';
import { countUse, demandAttachable } from './managed-policies.ts';
import { rootArn } from './names.ts';
import type { RoleRecord } from './records.ts';

const ADMINISTRATOR_ACCESS = 'arn:aws:iam::aws:policy/AdministratorAccess';

/**
 * The role that a new member account of an organisation begins with. Source: AWS Organizations User Guide,
 * "Accessing a member account that has OrganizationAccountAccessRole".
 */
export async function administratorRole(
  { store, ports }: { readonly store: StoreReader; readonly ports: Pick<Ports, 'credentials'> },
  { account, name, trusts }: AdministratorRole,
  now: Date,
): Promise<readonly Operation[]> {
  const statement = { Effect: 'Allow', Principal: { AWS: rootArn(trusts) }, Action: 'sts:AssumeRole' };
  const role: RoleRecord = {
    account,
    id: ports.credentials.mintUniqueId('AROA'),
    name,
    path: '/',
    createdAt: now.getTime(),
    tags: [],
    ...NOTHING_HELD,
    attached: [ADMINISTRATOR_ACCESS],
    trust: { text: JSON.stringify({ Version: '2012-10-17', Statement: [statement] }), ids: {} },
    maxSessionSeconds: 3_600,
    profiles: [],
  };
  const policy = await demandAttachable(store, account, ADMINISTRATOR_ACCESS);
  return [put(roles, role.id, role, 'absent'), countUse(policy, { attachments: 1 })];
}
