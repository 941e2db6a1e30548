import { randomUUID } from 'node:crypto';
import type { Caller } from '../../platform/caller.ts';
import type { RequestFacts } from '../../platform/context.ts';
import { dispatch } from '../../platform/dispatch.ts';
import { rootCaller } from '../../platform/sign-in.ts';
import type { ConsoleHost } from '../host.ts';

/**
 * Calls an operation of the IAM service in this process: checked, authorised and audited as over the wire.
 *
 * @throws AwsError what the service refuses.
 */
export async function callIam(
  host: ConsoleHost,
  caller: Caller,
  request: RequestFacts,
  operation: string,
  input: object,
): Promise<Readonly<Record<string, unknown>>> {
  const { platform } = host;
  const service = await platform.service('iam');
  if (!service) throw new Error('the service iam is not there');
  const outcome = await dispatch(platform, {
    service,
    operation,
    input,
    caller,
    ports: await platform.ports(),
    request,
    requestId: randomUUID(),
    now: platform.now(),
    region: 'us-east-1',
  });
  if ('error' in outcome) throw outcome.error;
  return outcome.output as Readonly<Record<string, unknown>>;
}

export function callIamAsRoot(host: ConsoleHost, request: RequestFacts, operation: string, input: object) {
  return callIam(host, rootCaller(host.account), request, operation, input);
}
