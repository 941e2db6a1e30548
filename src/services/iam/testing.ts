import type { Caller } from '../../platform/caller.ts';
import type { AnyService, InputOf, OperationName, OutputOf } from '../../platform/service.ts';
import { type TestBed, testPlatform } from '../../platform/testing.ts';
import { COLLECTIONS } from './collections.ts';
import type { Iam } from './handlers.ts';
import { definition } from './service.ts';

type Name = OperationName<Iam>;

/** The service on a store in memory. */
export interface IamBed extends TestBed {
  /** Calls an operation of IAM; as root unless somebody is named. */
  iam<N extends Name>(
    operation: N,
    input?: { readonly [Key in keyof InputOf<Iam, N>]?: unknown },
    caller?: Caller,
  ): Promise<OutputOf<Iam, N>>;
  /** Makes a user with inline policies and an access key, and signs in as that user. */
  userWith(name: string, ...policies: readonly object[]): Promise<Caller>;
}

export const ALLOW_ALL = statementOf('Allow', '*');

/** A document with one statement about every resource. */
export function statementOf(Effect: 'Allow' | 'Deny', Action: string | readonly string[], Resource = '*') {
  return { Version: '2012-10-17', Statement: [{ Effect, Action, Resource }] };
}

/** A trust policy for a principal. */
export function trustOf(Principal: object | string) {
  const statement = { Effect: 'Allow', Principal, Action: 'sts:AssumeRole' };
  return JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
}

export async function iamBed(others: readonly AnyService[] = []): Promise<IamBed> {
  const bed = await testPlatform({ services: [definition, ...others], collections: COLLECTIONS });
  const iam: IamBed['iam'] = (operation, input, caller) =>
    bed.call(definition, operation, (input ?? {}) as never, caller);
  return {
    ...bed,
    iam,
    async userWith(name, ...policies) {
      await iam('CreateUser', { UserName: name });
      for (const [index, policy] of policies.entries()) {
        const PolicyDocument = JSON.stringify(policy);
        await iam('PutUserPolicy', { UserName: name, PolicyName: `p${index}`, PolicyDocument });
      }
      const { AccessKey } = await iam('CreateAccessKey', { UserName: name });
      return bed.signIn({ accessKeyId: AccessKey?.AccessKeyId });
    },
  };
}

/** Opens a service, hands it to a test, and closes it. */
export async function withIam(work: (bed: IamBed) => Promise<void>): Promise<void> {
  const bed = await iamBed();
  try {
    await work(bed);
  } finally {
    await bed.close();
  }
}
