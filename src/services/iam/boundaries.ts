import type { CallContext } from '../../platform/context.ts';
import { type Change, change } from '../../platform/service.ts';
import type { Collection } from '../../store/collection.ts';
import { put } from '../../store/operations.ts';
import { roles, users } from './collections.ts';
import { notFound } from './errors.ts';
import { type Found, save, userNamed } from './find.ts';
import type { Handlers } from './handlers.ts';
import { countUse, demandAttachable, managedPolicy } from './managed-policies.ts';
import type { Named } from './records.ts';
import { ownRoleNamed } from './roles.ts';

type Bounded = Named & { readonly boundary?: string };
type Nothing = Record<never, never>;

async function setBoundary<T extends Bounded>(
  { store, account }: CallContext,
  collection: Collection<T>,
  entity: Found<T>,
  arn: string,
): Promise<Nothing | Change<Nothing>> {
  const added = await demandAttachable(store, account, arn);
  const { boundary } = entity.value;
  if (boundary === arn) return {};
  const former = boundary === undefined ? undefined : await managedPolicy(store, account, boundary);
  return change({}, [
    save(collection, entity, { boundary: arn } as Partial<T>),
    countUse(added, { boundaries: 1 }),
    ...(former ? [countUse(former, { boundaries: -1 })] : []),
  ]);
}

async function removeBoundary<T extends Bounded>(
  { store, account }: CallContext,
  collection: Collection<T>,
  entity: Found<T>,
): Promise<Change<Nothing>> {
  const { boundary, ...rest } = entity.value;
  if (boundary === undefined) {
    throw notFound(`The permissions boundary of ${entity.value.name} cannot be found.`);
  }
  const former = await managedPolicy(store, account, boundary);
  return change({}, [
    put(collection, entity.key, rest as T, entity.version),
    ...(former ? [countUse(former, { boundaries: -1 })] : []),
  ]);
}

export const boundaryOperations = {
  async PutUserPermissionsBoundary(input, context) {
    const user = await userNamed(context, input.UserName);
    return setBoundary(context, users, user, input.PermissionsBoundary);
  },
  async PutRolePermissionsBoundary(input, context) {
    const role = await ownRoleNamed(context, input.RoleName);
    return setBoundary(context, roles, role, input.PermissionsBoundary);
  },
  async DeleteUserPermissionsBoundary(input, context) {
    return removeBoundary(context, users, await userNamed(context, input.UserName));
  },
  async DeleteRolePermissionsBoundary(input, context) {
    return removeBoundary(context, roles, await ownRoleNamed(context, input.RoleName));
  },
} satisfies Handlers;
