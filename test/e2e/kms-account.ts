import { after, before } from 'node:test';
import { CreateKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { type RunningHonmaru, startHonmaru } from './iam-server.ts';

/** A running Honmaru with a KMS client of its administrator. */
export interface KmsAccount {
  readonly running: RunningHonmaru;
  readonly kms: KMSClient;
  /** The environment of a user who has the profile. */
  readonly env: NodeJS.ProcessEnv;
  readonly folder: string;
  /** The ARN of a new symmetric key. */
  newKey(): Promise<string>;
}

/**
 * One running Honmaru for all tests of a file: started before the first, stopped after the last. Hooks that
 * are registered later, and tests, get it from the function that is given back.
 */
export function accountForAll(): () => Promise<KmsAccount> {
  let account: Promise<KmsAccount> | undefined;
  const started = () => {
    account ??= startAccount();
    return account;
  };
  before(async () => {
    await started();
  });
  after(async () => {
    const { kms, running } = await started();
    kms.destroy();
    await running.stop();
  });
  return started;
}

async function startAccount(): Promise<KmsAccount> {
  const running = await startHonmaru();
  const kms = new KMSClient({
    region: 'us-east-1',
    endpoint: running.url,
    credentials: running,
    maxAttempts: 1,
  });
  return {
    running,
    kms,
    env: { ...running.env, HONMARU_LANG: 'en' },
    folder: running.folder,
    async newKey() {
      const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
      return KeyMetadata?.Arn ?? '';
    },
  };
}
