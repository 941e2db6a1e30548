import { InputError } from '../../kernel/errors.ts';
import { type Text, text } from '../../kernel/texts.ts';
import type { Collector, SendCall } from './api.ts';
import { COLLECTORS } from './collectors.ts';
import { EVERYWHERE } from './found.ts';
import { regionsOf } from './regions.ts';
import { runCollector } from './run-collector.ts';
import { whoAmI } from './sign-in.ts';
import { type Part, SNAPSHOT_SCHEMA, type Snapshot } from './snapshot.ts';

export interface CollectOptions {
  /** Calls are sent through this; it bounds and repeats them (`throttled`). */
  readonly send: SendCall;
  /** `all`, or the names of regions; without any, the one region of `region`. */
  readonly regions: readonly string[];
  /** The region that account-wide services are asked in. */
  readonly region: string;
  /** An earlier snapshot of the same account; its finished parts are not read again. */
  readonly resume?: Snapshot;
  readonly collectors?: readonly Collector[];
  now(): Date;
  onProgress?(progress: Progress): void;
  /** Called after each part and before an error is thrown, so that an interrupted run can be resumed. */
  onPart?(snapshot: () => Snapshot): void;
}

export interface Progress {
  readonly done: number;
  readonly of: number;
  readonly message: Text;
}

interface Task {
  readonly key: string;
  readonly collector: Collector;
  /** Where it is asked. */
  readonly region: string;
  /** Where what it finds belongs: the region, or `global`. */
  readonly place: string;
}

/**
 * Reads an account. What is not answered becomes a gap; nothing is guessed. Only the operations that the
 * collectors declare can be called.
 *
 * @throws InputError `aws-credentials` when nobody can be signed in or the credentials end on the way,
 *   `aws-region` for a region that is none, `resume-account` for another account's file.
 */
export async function collectAccount(options: CollectOptions): Promise<Snapshot> {
  const { send, region, resume } = options;
  const { account, partition } = await whoAmI(send, region);
  if (resume && resume.account !== account) throw otherAccount(resume.account, account);
  const regions = await regionsOf(send, region, options.regions);
  const tasks = tasksFor(options.collectors ?? COLLECTORS, regions.read, region, partition);
  const finished = new Map((resume?.parts ?? []).filter(isWhole).map((part) => [partKey(part), part]));
  const parts: Part[] = tasks.flatMap(({ key }) => finished.get(key) ?? []);
  const snapshot = (): Snapshot => ({
    schema: SNAPSHOT_SCHEMA,
    collectedAt: options.now().toISOString(),
    account,
    partition,
    regions: regions.read,
    regionsOff: regions.off,
    complete: parts.length === tasks.length,
    parts: [...parts].sort((a, b) => (partKey(a) < partKey(b) ? -1 : 1)),
  });
  const run = async (task: Task) => {
    const where = { account, partition, region: task.region, place: task.place };
    parts.push(await runCollector(task.collector, where, send));
    options.onProgress?.(progress(parts.length, tasks.length, task));
    options.onPart?.(snapshot);
  };
  try {
    await Promise.all(tasks.filter(({ key }) => !finished.has(key)).map(run));
  } catch (error) {
    options.onPart?.(snapshot);
    throw error;
  }
  return snapshot();
}

function tasksFor(
  collectors: readonly Collector[],
  regions: readonly string[],
  home: string,
  partition: string,
): readonly Task[] {
  return collectors.flatMap((collector): readonly Task[] => {
    if (collector.where === 'region') {
      return regions.map((region) => ({
        key: `${collector.id}@${region}`,
        collector,
        region,
        place: region,
      }));
    }
    const region = partition === 'aws' ? (collector.only ?? home) : home;
    return [{ key: `${collector.id}@${EVERYWHERE}`, collector, region, place: EVERYWHERE }];
  });
}

function progress(done: number, of: number, { collector, place }: Task): Progress {
  const message = text(
    `${done} of ${of} parts read (${collector.id}, ${place})`,
    `${of}件中${done}件を読み取りました(${collector.id}、${place})`,
  );
  return { done, of, message };
}

function partKey(part: Part): string {
  return `${part.collector}@${part.region}`;
}

function isWhole(part: Part): boolean {
  return part.gaps.length === 0;
}

function otherAccount(file: string, account: string): InputError {
  return new InputError({
    code: 'resume-account',
    message: text(
      `the file to resume is of account ${file}, the credentials are of ${account}`,
      `再開するファイルはアカウント${file}のものですが、認証情報は${account}のものです`,
    ),
    remedy: text('name another file with --out', '--out で別のファイルを指定してください'),
  });
}
