import type { CallContext, Permission } from '../../../platform/context.ts';

/** Custom key stores are no resources of their own: what may be done with them is said of all. */
export function storePermission({ account }: Pick<CallContext, 'account'>, operation: string): Permission {
  return { action: `kms:${operation}`, resource: '*', context: { 'kms:CallerAccount': account } };
}
