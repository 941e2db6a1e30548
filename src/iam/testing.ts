import assert from 'node:assert/strict';
import {
  type Access,
  type AccessRequest,
  type Caller,
  compilePolicies,
  evaluate,
  explain,
  type PolicyProgram,
  parsePolicyText,
} from './index.ts';

export const OWN = '111122223333';
export const OTHER = '444455556666';
export const ALICE: Caller = {
  type: 'user',
  arn: `arn:aws:iam::${OWN}:user/team/alice`,
  id: 'AIDAALICE00000000',
};
export const SESSION: Caller = {
  type: 'role-session',
  role: `arn:aws:iam::${OWN}:role/app`,
  session: `arn:aws:sts::${OWN}:assumed-role/app/one`,
};
export const ROOT: Caller = { type: 'account-root', account: OWN };
export const LAMBDA: Caller = { type: 'service', name: 'lambda.amazonaws.com' };

export type Json = Readonly<Record<string, unknown>>;

export function policy(...statements: readonly Json[]): PolicyProgram {
  return compilePolicies([parsePolicyText(JSON.stringify({ Version: '2012-10-17', Statement: statements }))]);
}

export function allow(more: Json = {}): Json {
  return { Effect: 'Allow', Action: 's3:*', Resource: '*', ...more };
}

export function deny(more: Json = {}): Json {
  return { Effect: 'Deny', Action: 's3:*', Resource: '*', ...more };
}

/** The decision in short, `kind:layer`; the explanation must decide the same. */
export function ask(access: Access, more: Partial<AccessRequest> = {}): string {
  const request: AccessRequest = {
    principal: ALICE,
    action: 's3:GetObject',
    resource: 'arn:aws:s3:::bucket/key',
    resourceAccount: OWN,
    ...more,
  };
  const decision = evaluate(access, request);
  assert.deepEqual(explain(access, request).decision, decision);
  return decision.layer === undefined ? decision.kind : `${decision.kind}:${decision.layer}`;
}

export const ALL = policy(allow());
export const NOTHING = policy(allow({ Action: 'ec2:*' }));
