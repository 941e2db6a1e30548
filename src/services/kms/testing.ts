import { keeperInProcess } from '../../keeper/testing.ts';
import { TEST_ACCOUNT, type TestBed, testPlatform } from '../../platform/testing.ts';
import { COLLECTIONS } from './collections.ts';
import { definition } from './service.ts';

export const REGION = 'us-east-1';
export const ACCOUNT = TEST_ACCOUNT;
export const OTHER_ACCOUNT = '000099998888';

/** A platform with this service and a keeper in the process. */
export async function kmsBed(
  region = REGION,
  protectsKeys = false,
): Promise<TestBed & { readonly keeper: ReturnType<typeof keeperInProcess> }> {
  const keeper = keeperInProcess();
  const bed = await testPlatform({
    services: [definition],
    collections: COLLECTIONS,
    keeper,
    region,
    protectsKeys,
  });
  return { ...bed, keeper };
}

/** A policy of one statement. */
export function statement(
  effect: 'Allow' | 'Deny',
  action: string | readonly string[],
  more: object = {},
): object {
  return {
    Version: '2012-10-17',
    Statement: [{ Effect: effect, Action: action, Resource: '*', ...more }],
  };
}

export const kms = definition;
