import { randomUUID } from 'node:crypto';
import { HonmaruError } from '../kernel/errors.ts';
import { text } from '../kernel/texts.ts';
import { ConflictError } from '../store/errors.ts';
import { put, remove } from '../store/operations.ts';
import type { Store } from '../store/store.ts';
import { ACCOUNTS, type Account, newAccountId } from './accounts.ts';
import { dispatch } from './dispatch.ts';
import { FACTS, SET_UP_FACT } from './facts.ts';
import type { Platform } from './platform.ts';
import { rootCaller } from './sign-in.ts';

/** The account of an installation; the first start makes it, with its root user. */
export async function firstAccount(store: Store, now: Date): Promise<Account> {
  const made: Account = {
    id: newAccountId(),
    name: 'Honmaru',
    email: 'root@honmaru.invalid',
    created: now.toISOString(),
    status: 'ACTIVE',
    first: true,
  };
  for (;;) {
    const { records } = await store.list(ACCOUNTS, { index: 'first', equals: 'first', limit: 1 });
    if (records[0]) return records[0].value;
    try {
      await store.transact({ operations: [put(ACCOUNTS, made.id, made, 'absent')] });
    } catch (error) {
      // Another node was faster: its account is the one.
      if ((error as { code?: string }).code !== 'store-unique') throw error;
    }
  }
}

/** The first administrator with an access key that is shown once and never again. */
export interface FirstAdministrator {
  readonly account: string;
  readonly userName: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

const ADMINISTRATOR_ACCESS = 'arn:aws:iam::aws:policy/AdministratorAccess';

/**
 * Makes the first administrator, as the account's root user would over the wire: checked, authorised and
 * audited. There is one way to begin; the console's set-up link runs the same.
 *
 * @param password for the console, checked before against the password rules.
 * @throws HonmaruError `set-up-done` when there is one already.
 * @throws AwsError what the service `iam` refuses.
 */
export async function createFirstAdministrator(
  platform: Platform,
  account: string,
  userName: string,
  password?: string,
): Promise<FirstAdministrator> {
  await claim(platform);
  try {
    const call = callerOf(platform, account);
    await call('CreateUser', { UserName: userName });
    await call('AttachUserPolicy', { UserName: userName, PolicyArn: ADMINISTRATOR_ACCESS });
    if (password !== undefined) {
      await call('CreateLoginProfile', { UserName: userName, Password: password });
    }
    const { AccessKey } = (await call('CreateAccessKey', { UserName: userName })) as CreatedKey;
    const { AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey } = AccessKey;
    return { account, userName, accessKeyId, secretAccessKey };
  } catch (error) {
    await platform.store.transact({ operations: [remove(FACTS, SET_UP_FACT)] });
    throw error;
  }
}

interface CreatedKey {
  readonly AccessKey: { readonly AccessKeyId: string; readonly SecretAccessKey: string };
}

/** Only one of two that begin at the same moment goes on. */
async function claim({ store, now }: Platform): Promise<void> {
  try {
    await store.transact({ operations: [put(FACTS, SET_UP_FACT, now().toISOString(), 'absent')] });
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error;
    throw new HonmaruError({
      code: 'set-up-done',
      message: text('the first administrator was made already', '最初の管理者はすでに作成されています'),
      remedy: text(
        'sign in as that administrator and make further users with aws iam',
        'その管理者でサインインし、aws iam で利用者を追加してください',
      ),
    });
  }
}

function callerOf(platform: Platform, account: string) {
  return async (operation: string, input: object): Promise<unknown> => {
    const service = await platform.service('iam');
    if (!service) throw new Error('the service iam is not there');
    const outcome = await dispatch(platform, {
      service,
      operation,
      input,
      caller: rootCaller(account),
      ports: await platform.ports(),
      request: { sourceIp: '127.0.0.1', userAgent: 'honmaru setup', secureTransport: true, host: '' },
      requestId: randomUUID(),
      now: platform.now(),
      region: 'us-east-1',
    });
    if ('error' in outcome) throw outcome.error;
    return outcome.output;
  };
}
