import type * as Sdk from '@aws-sdk/client-kms';
import { compilePolicies, evaluate, parsePolicyText } from '../../iam/engine.ts';
import type { CallContext } from '../../platform/context.ts';
import { change, type Operations } from '../../platform/service.ts';
import { put } from '../../store/operations.ts';
import { KEY_CONDITIONS, keyPermission } from './authorise.ts';
import { policies } from './collections.ts';
import { malformedPolicy, notFound } from './errors.ts';
import { keyArn } from './find.ts';
import { freshKey, save } from './fresh.ts';
import { compiledPolicy, newPolicy } from './policy-document.ts';
import type { KeyRecord, PolicyRecord } from './records.ts';
import { refuseStates } from './state.ts';

const ONLY_NAME = 'default';

export const policyOperations = {
  GetKeyPolicy: {
    conditionKeys: [...KEY_CONDITIONS],
    authorise: async ({ KeyId }, context) => [
      await keyPermission(context, KeyId, { action: 'kms:GetKeyPolicy' }),
    ],
    async handle({ KeyId, PolicyName }, context) {
      demandName(PolicyName);
      const key = await freshKey(context, KeyId);
      const policy = await context.store.get(policies, key.key);
      return { Policy: policy?.value.text, PolicyName: ONLY_NAME };
    },
  },

  ListKeyPolicies: {
    conditionKeys: [...KEY_CONDITIONS],
    authorise: async ({ KeyId }, context) => [
      await keyPermission(context, KeyId, { action: 'kms:ListKeyPolicies' }),
    ],
    handle: async () => ({ PolicyNames: [ONLY_NAME], Truncated: false }),
  },

  PutKeyPolicy: {
    conditionKeys: [...KEY_CONDITIONS, 'kms:BypassPolicyLockoutSafetyCheck'],
    authorise: async ({ KeyId, BypassPolicyLockoutSafetyCheck }, context) => [
      await keyPermission(context, KeyId, {
        action: 'kms:PutKeyPolicy',
        context: { 'kms:BypassPolicyLockoutSafetyCheck': BypassPolicyLockoutSafetyCheck ?? false },
      }),
    ],
    async handle(input, context) {
      demandName(input.PolicyName);
      const key = await freshKey(context, input.KeyId);
      refuseStates(key.value, context.now, 'PendingDeletion', 'PendingReplicaDeletion');
      const policy = await newPolicy(input.Policy, context);
      if (!input.BypassPolicyLockoutSafetyCheck) await demandNotLockedOut(context, key.value, policy);
      return change({}, [put(policies, key.key, policy), save(key, { revision: key.value.revision + 1 })]);
    },
  },
} satisfies Operations<typeof Sdk>;

function demandName(name: string | undefined): void {
  if (name !== undefined && name !== ONLY_NAME) throw notFound.key(`${name} policy`);
}

const EVERYTHING = compilePolicies([
  parsePolicyText('{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}'),
]);

/**
 * The lock-out check: whoever sets a policy must be able to set another one afterwards. A policy that leaves it to the
 * account passes too, whatever the caller's own policies say. Source: AWS KMS API Reference, "PutKeyPolicy".
 *
 * @throws AwsError MalformedPolicyDocumentException
 */
export async function demandNotLockedOut(
  context: CallContext,
  key: KeyRecord,
  policy: PolicyRecord,
): Promise<void> {
  const resource = compiledPolicy(policy);
  const question = { action: 'kms:PutKeyPolicy', resource: keyArn(key), resourceAccount: key.account };
  const { verdict } = await context.decide({ ...question, resourcePolicy: resource });
  if (verdict === 'ALLOW') return;
  const alone = evaluate(
    { identity: EVERYTHING, resource },
    { principal: context.caller.policyCaller, ...question },
  );
  if (alone.verdict === 'ALLOW') return;
  throw malformedPolicy('The new key policy will not allow you to update the key policy in the future.');
}
