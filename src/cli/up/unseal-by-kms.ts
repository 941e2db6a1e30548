import { keeperConnection, keeperOver, keeperSocket, kmsSealOf } from '../../keeper/client/index.ts';

const FIRST_WAIT_MILLISECONDS = 2_000;
const LONGEST_WAIT_MILLISECONDS = 60_000;

/** Ends the attempts. */
export type Ending = () => void;

/**
 * Unseals a keeper that has just started and is sealed by another KMS, which is asked with the AWS credentials of this
 * process; again with growing pauses while it does not answer. Where the seal is another one, nothing happens.
 *
 * @param onTrouble told why it is not unsealed, once for each reason.
 */
export function unsealByOtherKms(data: string, onTrouble: (message: string) => void): Ending {
  if (!kmsSealOf(data)) return () => undefined;
  let ended = false;
  let wait = FIRST_WAIT_MILLISECONDS;
  let told = '';
  let timer: NodeJS.Timeout | undefined;

  async function attempt(): Promise<void> {
    try {
      await unseal(data);
    } catch (error) {
      const { message } = error as Error;
      if (message !== told) onTrouble(message);
      told = message;
      if (ended) return;
      timer = setTimeout(attempt, wait).unref();
      wait = Math.min(wait * 2, LONGEST_WAIT_MILLISECONDS);
    }
  }

  attempt();
  return () => {
    ended = true;
    clearTimeout(timer);
  };
}

async function unseal(data: string): Promise<void> {
  const connection = keeperConnection(keeperSocket(data));
  const keeper = keeperOver(connection.ask);
  try {
    const { sealed, method } = await keeper.status();
    if (!sealed || method !== 'kms') return;
    const { wordsOfOtherKms } = await import('../kms/other-kms.ts');
    await keeper.ask('unseal', [await wordsOfOtherKms(data)]);
  } finally {
    connection.close();
  }
}
