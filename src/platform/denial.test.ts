import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Layer } from '../iam/decide/layers.ts';
import { parsePolicyText } from '../iam/engine.ts';
import { YES } from '../iam/truth.ts';
import { serviceErrors } from '../wire/service-errors.ts';
import type { Refusal } from './authorise.ts';
import { decodedMessage } from './authorization-message.ts';
import type { Permission } from './context.ts';
import { denialError } from './denial.ts';
import { sealPort } from './seal.ts';
import { rootCaller } from './sign-in.ts';

const ACCOUNT = '000012345678';
const ARN = `arn:aws:iam::${ACCOUNT}:policy/guard`;
const PERMISSION = { action: 'kms:Decrypt', resource: `arn:aws:kms:us-east-1:${ACCOUNT}:key/k` };
const TO = `User: arn:aws:iam::${ACCOUNT}:root is not authorized to perform: kms:Decrypt on resource: ${PERMISSION.resource}`;
const caller = rootCaller(ACCOUNT);
const seal = sealPort(new Uint8Array(32).fill(7));

function refusal(kind: 'explicit' | 'implicit', layer: Layer, more: Partial<Refusal> = {}): Refusal {
  const policy = parsePolicyText(
    '{"Version":"2012-10-17","Statement":[{"Sid":"NoKeys","Effect":"Deny","NotAction":"iam:*","Resource":"*"}]}',
    ARN,
  );
  const [statement] = policy.statements;
  return {
    decision: { verdict: 'DENY', kind, layer },
    statements:
      kind === 'explicit' && statement ? [{ policy, statement, holds: YES, failing: undefined }] : [],
    context: { 'aws:SourceIp': '192.0.2.10', 'aws:TagKeys': ['a', 'b'] },
    owner: ACCOUNT,
    together: true,
    ...more,
  };
}

const errorOf = (of: Refusal, permission: Permission = PERMISSION, signing = 'kms') =>
  denialError(
    caller,
    permission,
    of,
    serviceErrors(signing, signing === 'ec2' ? 'ec2Query' : 'awsJson1_1'),
    seal,
  );

describe('the message of a refusal is AWS’s', () => {
  const layers: readonly (readonly [Layer, explicit: string, implicit: string])[] = [
    ['identity', `an identity-based policy: ${ARN}`, 'identity-based policy'],
    ['boundary', `a permissions boundary: ${ARN}`, 'permissions boundary'],
    ['session', `a session policy: ${ARN}`, 'session policy'],
    ['service-control', `a service control policy: ${ARN}`, 'service control policy'],
    ['resource-control', `a resource control policy: ${ARN}`, 'resource control policy'],
    ['resource', 'a resource-based policy', 'resource-based policy'],
    ['endpoint', `a VPC endpoint policy: ${ARN}`, 'VPC endpoint policy'],
  ];
  for (const [layer, explicit, implicit] of layers) {
    test(layer, async () => {
      const denied = await errorOf(refusal('explicit', layer));
      assert.equal(denied.message, `${TO} with an explicit deny in ${explicit}`);
      const withheld = await errorOf(refusal('implicit', layer));
      assert.equal(withheld.message, `${TO} because no ${implicit} allows the kms:Decrypt action`);
      assert.equal(withheld.code, 'AccessDeniedException');
    });
  }

  test('a role speaks of its trust policy, and one of another account says nothing', async () => {
    const role = { action: 'sts:AssumeRole', resource: `arn:aws:iam::${ACCOUNT}:role/r` };
    const withheld = refusal('implicit', 'resource');
    const { message } = await errorOf(withheld, role);
    assert.match(message, /role\/r because no role trust policy allows the sts:AssumeRole action$/);
    const denied = await errorOf(refusal('explicit', 'resource'), role);
    assert.match(denied.message, /role\/r with an explicit deny in the role trust policy$/);
    const far = { owner: '000087654321', together: false };
    const foreign = await errorOf({ ...withheld, ...far }, role);
    assert.match(foreign.message, /role\/r$/);
    const shut = await errorOf(refusal('explicit', 'resource', far), role);
    assert.equal(shut.message, foreign.message);
    assert.deepEqual(shut.evidence, foreign.evidence);
    const own = await errorOf(refusal('explicit', 'identity', far), role);
    assert.match(own.message, /role\/r with an explicit deny in an identity-based policy$/);
  });

  test('EC2 puts the encoded details into it', async () => {
    const { code, message } = await errorOf(refusal('implicit', 'identity'), PERMISSION, 'ec2');
    assert.equal(code, 'UnauthorizedOperation');
    const [, encoded = ''] =
      /^You are not authorized to perform this operation\. User: .* action\. Encoded authorization failure message: (\S+)$/.exec(
        message,
      ) ?? [];
    assert.equal(JSON.parse((await decodedMessage(encoded, ACCOUNT, seal)) ?? '').explicitDeny, false);
  });
});

describe('what decided', () => {
  test('is in the record: the layer, the policy and the statement', async () => {
    const { evidence } = await errorOf(refusal('explicit', 'identity'));
    assert.deepEqual(evidence, {
      accessDenied: {
        ...PERMISSION,
        decision: 'explicit',
        policyType: 'identity-based policy',
        policy: ARN,
        statementIndex: 0,
        statementId: 'NoKeys',
      },
    });
  });

  test('is decoded for the account of whoever was refused, and for nobody else', async () => {
    const { headers } = await errorOf(refusal('explicit', 'identity'));
    const encoded = headers?.['x-honmaru-authorization-message'] ?? '';
    const decoded = JSON.parse((await decodedMessage(encoded, ACCOUNT, seal)) ?? '');
    assert.equal(decoded.explicitDeny, true);
    const [statement] = decoded.matchedStatements.items;
    assert.equal(statement.statementId, 'NoKeys');
    assert.deepEqual(statement.notActions, { items: [{ value: 'iam:*' }] });
    assert.deepEqual(decoded.context.principal, { id: ACCOUNT, arn: caller.arn });
    assert.deepEqual(decoded.context.conditions.items[1], {
      key: 'aws:TagKeys',
      values: { items: [{ value: 'a' }, { value: 'b' }] },
    });
    assert.equal(await decodedMessage(encoded, '000087654321', seal), undefined);
    assert.equal(await decodedMessage(`${encoded.slice(0, -2)}AA`, ACCOUNT, seal), undefined);
  });

  test('of somebody else’s resource stays with its owner', async () => {
    const ofKey = { 'kms:ResourceAliases': ['alias/payroll'] };
    const foreign = refusal('explicit', 'resource', { owner: '000087654321', together: false });
    const known = { ...foreign, context: { ...foreign.context, ...ofKey } };
    const { evidence, headers } = await errorOf(known, { ...PERMISSION, context: ofKey });
    assert.equal(JSON.stringify(evidence).includes('NoKeys'), false);
    const encoded = headers?.['x-honmaru-authorization-message'] ?? '';
    const decoded = (await decodedMessage(encoded, ACCOUNT, seal)) ?? '';
    assert.equal(decoded.includes('NoKeys'), false);
    assert.equal(decoded.includes('kms:ResourceAliases'), false);
    assert.equal(decoded.includes('aws:SourceIp'), true);
  });

  test('is as long whether what the caller sent stands in the policy or not', async () => {
    const lengths = ['NoKeysNoKeysNoKeys', '7Ho2kq9ZxW4tYb1LdP', 'a'].map(async (sent) => {
      const context = { 'aws:RequestTag/team': sent };
      const { headers } = await errorOf(refusal('explicit', 'identity', { context }));
      return headers?.['x-honmaru-authorization-message']?.length;
    });
    assert.equal(new Set(await Promise.all(lengths)).size, 1);
  });

  test('is left out where it would not fit into a header', async () => {
    const context = Object.fromEntries(
      Array.from({ length: 500 }, (_, index) => [`aws:RequestTag/${index}`, crypto.randomUUID()]),
    );
    const { headers } = await errorOf(refusal('explicit', 'identity', { context }));
    const encoded = headers?.['x-honmaru-authorization-message'] ?? '';
    assert.ok(encoded.length <= 6_144);
    const decoded = JSON.parse((await decodedMessage(encoded, ACCOUNT, seal)) ?? '');
    assert.equal(decoded.context.conditions, undefined);
    assert.equal(decoded.matchedStatements.items.length, 1);
  });
});
