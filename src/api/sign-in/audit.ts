import { randomUUID } from 'node:crypto';
import { auditEvent } from '../../platform/audit.ts';
import type { Caller } from '../../platform/caller.ts';
import type { RequestFacts } from '../../platform/context.ts';
import type { ConsoleHost } from '../host.ts';

interface SignInFacts {
  readonly account: string;
  readonly userName: string;
  readonly userId?: string;
  readonly mfa?: string;
  readonly failure?: string;
}

/**
 * Records a sign-in or a refused one as CloudTrail does.
 * Source: AWS CloudTrail User Guide, "AWS Management Console sign-in events".
 */
export async function auditSignIn(
  host: ConsoleHost,
  request: RequestFacts,
  facts: SignInFacts,
): Promise<void> {
  const { platform } = host;
  const { account, userName, userId, mfa, failure } = facts;
  const event = auditEvent({
    caller: undefined,
    account,
    region: platform.region,
    requestId: randomUUID(),
    now: platform.now(),
    request,
    eventSource: 'signin.amazonaws.com',
    eventName: 'ConsoleLogin',
    readOnly: false,
    requestParameters: null,
    responseElements: { ConsoleLogin: failure === undefined ? 'Success' : 'Failure' },
  });
  const detail = {
    ...event.detail,
    eventType: 'AwsConsoleSignIn',
    userIdentity: {
      type: 'IAMUser',
      accountId: account,
      // What was typed for a name that failed may be a password.
      userName: failure !== undefined && userId === undefined ? 'HIDDEN_DUE_TO_SECURITY_REASONS' : userName,
      ...(userId !== undefined && { principalId: userId }),
    },
    ...(failure !== undefined && { errorMessage: failure }),
    additionalEventData: {
      MFAUsed: mfa !== undefined && mfa !== 'none' ? 'Yes' : 'No',
      MFAMethod: mfa ?? 'none',
    },
  };
  await platform.audit.write({ ...event, detail });
}

/** Records that somebody did something in the console that changes something. */
export async function auditAction(
  host: ConsoleHost,
  caller: Caller,
  request: RequestFacts,
  action: string,
  parameters: Record<string, unknown>,
): Promise<void> {
  const { platform } = host;
  await platform.audit.write(
    auditEvent({
      caller,
      account: caller.account,
      region: platform.region,
      requestId: randomUUID(),
      now: platform.now(),
      request,
      eventSource: 'honmaru.amazonaws.com',
      eventName: action,
      readOnly: false,
      requestParameters: parameters,
    }),
  );
}
