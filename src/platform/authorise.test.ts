import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { compilePolicies, parsePolicyText } from '../iam/engine.ts';
import { authoriser } from './authorise.ts';
import type { Caller, Session } from './caller.ts';
import type { IdentitySource } from './identity.ts';
import { rootCaller } from './sign-in.ts';

const ACCOUNT = '000012345678';
const KEY = `arn:aws:kms:us-east-1:${ACCOUNT}:key/k`;
const SESSION: Session = {
  kind: 'session',
  account: ACCOUNT,
  principalId: ACCOUNT,
  name: '',
  issuedAt: 0,
  expiresAt: 1,
};

function program(...statements: readonly object[]) {
  const text = JSON.stringify({ Version: '2012-10-17', Statement: statements });
  return compilePolicies([parsePolicyText(text)]);
}

/** The key policy that lets the root user do everything, by name. */
const KEY_POLICY = program({
  Effect: 'Allow',
  Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` },
  Action: 'kms:*',
  Resource: '*',
});

function decide(session: Session) {
  const caller: Caller = { ...rootCaller(ACCOUNT), session };
  const identity = {
    managedPolicy: async () => program({ Effect: 'Allow', Action: 'iam:List*', Resource: '*' }),
  } as Partial<IdentitySource> as IdentitySource;
  const { decide: ask } = authoriser({
    caller,
    request: { sourceIp: '192.0.2.10', userAgent: '', secureTransport: true, host: '' },
    region: 'us-east-1',
    now: new Date(0),
    identity,
    organization: { of: async () => undefined },
  });
  return ask({ action: 'kms:Decrypt', resource: KEY, resourcePolicy: KEY_POLICY });
}

describe('a session of the root user', () => {
  test('of its own may use the key whose policy names it', async () => {
    assert.equal((await decide(SESSION)).verdict, 'ALLOW');
  });

  test('that was assumed for a task may do nothing else, whatever a resource grants', async () => {
    const task = { ...SESSION, assumedRoot: true as const, policyArns: ['task'] };
    const { verdict, layer } = await decide(task);
    assert.deepEqual([verdict, layer], ['DENY', 'session']);
  });

  test('that was scoped down stays within its scope', async () => {
    const scope = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'iam:*', Resource: '*' }] };
    const { verdict, layer } = await decide({ ...SESSION, scopes: [JSON.stringify(scope)] });
    assert.deepEqual([verdict, layer], ['DENY', 'session']);
  });
});
