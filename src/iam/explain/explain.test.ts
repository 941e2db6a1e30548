import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  compilePolicies,
  explain,
  explanationJson,
  explanationTexts,
  grantPolicy,
  parsePolicyText,
} from '../index.ts';

const ALICE = 'arn:aws:iam::000012345678:user/alice';
const KEY = 'arn:aws:kms:us-east-1:000012345678:key/k';
const DELEGATES = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    {
      Sid: 'Delegate',
      Effect: 'Allow',
      Principal: { AWS: 'arn:aws:iam::000012345678:root' },
      Action: 'kms:*',
      Resource: '*',
    },
  ],
});

function explained(action: string) {
  const grant = { id: 'g-1', grantee: ALICE, operations: ['Decrypt'] };
  return explain(
    {
      identity: compilePolicies([]),
      resource: compilePolicies([parsePolicyText(DELEGATES, 'key policy')]),
      grants: compilePolicies([grantPolicy('grant g-1', [grant])]),
    },
    {
      principal: { type: 'user', arn: ALICE, id: 'AIDA1' },
      action,
      resource: KEY,
      resourceAccount: '000012345678',
      context: {},
    },
  );
}

describe('what decides about a key', () => {
  test('a grant is named by its id, apart from the key policy, which only delegates', () => {
    const lines = explanationTexts(explained('kms:Decrypt')).map(({ en }) => en);
    assert.match(lines[0] ?? '', /^ALLOWED/);
    assert.ok(
      lines.some((line) => /resource-based policy: lets the identity-based policies decide/.test(line)),
    );
    const at = lines.findIndex((line) => /the grants on it: allows/.test(line));
    assert.match(lines[at + 1] ?? '', /Allow g-1 \(grant g-1\): holds/);
  });

  test('grants for other operations allow nothing, and say so', () => {
    const explanation = explained('kms:Encrypt');
    const lines = explanationTexts(explanation).map(({ en }) => en);
    assert.match(lines[0] ?? '', /^DENIED.*not allowed by the identity-based policies$/);
    assert.ok(lines.some((line) => /the grants on it: none is for the action/.test(line)));
    const { layers } = explanationJson(explanation) as { layers: readonly Record<string, unknown>[] };
    assert.deepEqual(
      layers.map(({ layer, grants, delegates, allows }) => [layer, grants, delegates, allows]),
      [
        ['resource', undefined, true, 'yes'],
        ['resource', true, undefined, 'no'],
        ['identity', undefined, undefined, 'no'],
      ],
    );
  });
});
