import { resolve } from 'node:path';
import type { Language } from '../../kernel/texts.ts';
import type { SendCall } from '../../sources/aws/api.ts';
import type { ClientOptions, RoleCredentials } from '../../sources/aws/sdk-client.ts';
import type { Terminal } from '../command.ts';
import { progressShower, reportSnapshot } from './report.ts';
import { earlierSnapshot, partWriter, writeSnapshot } from './snapshot-file.ts';

/** One run of `collect`, as the words of the call say it. */
export interface Run {
  readonly terminal: Terminal;
  readonly language: Language;
  readonly client: ClientOptions;
  /** Sends calls as the person who started the run. */
  readonly send: SendCall;
  readonly regions: readonly string[];
  readonly region: string;
  /** As it was given. */
  readonly out: string;
  collect(account: AccountRun): Promise<void>;
}

export interface AccountRun extends Run {
  /** Of a role; without it those of the person. */
  readonly credentials?: () => Promise<RoleCredentials>;
}

/** Reads one account into one file, going on from an unfinished one. */
export async function collectOne(run: AccountRun): Promise<void> {
  const { collectAccount } = await import('../../sources/aws/collect.ts');
  const { terminal, language, out, region, regions, credentials } = run;
  const path = resolve(terminal.cwd, out);
  const resume = earlierSnapshot(path, out);
  const send = credentials ? await sender({ ...run.client, credentials }) : run.send;
  const write = partWriter(path);
  let unwritten: (() => void) | undefined;
  try {
    const snapshot = await collectAccount({
      send,
      regions,
      region,
      ...(resume ? { resume } : {}),
      now: () => terminal.now(),
      onProgress: progressShower(terminal, language),
      onPart: (snapshot) => {
        unwritten = () => writeSnapshot(path, snapshot());
        write(snapshot);
      },
    });
    writeSnapshot(path, snapshot);
    reportSnapshot(snapshot, out, terminal, language);
    terminal.out(`honmaru assess ${out}\n`);
  } catch (error) {
    unwritten?.();
    throw error;
  }
}

/** Calls through the official clients, bounded and repeated. */
export async function sender(client: ClientOptions): Promise<SendCall> {
  const { sdkSender } = await import('../../sources/aws/sdk-client.ts');
  const { throttled } = await import('../../sources/aws/throttle.ts');
  return throttled(sdkSender(client));
}
