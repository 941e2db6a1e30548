import { resolve } from 'node:path';
import type { Text } from '../../kernel/texts.ts';
import { text } from '../../kernel/texts.ts';
import type { NotAnalysed } from '../../model/assessment.ts';
import type { Store } from '../../store/store.ts';
import type { Banner, ConsoleEvent } from '../contract.ts';
import type { Base } from './base.ts';
import { decidedAbout, entryJudge, historyKeeper, type Judge, type PasskeySigners } from './decided.ts';
import { type Diary, openDiary } from './diary.ts';
import type { KeyWatch } from './key-watch.ts';
import { type EnvironmentSource, inputProblem } from './read-base.ts';
import type { View } from './view.ts';
import { warningsOf } from './warnings.ts';
import { watchFiles } from './watch-files.ts';

export interface WorkspaceOptions {
  readonly source: EnvironmentSource;
  readonly store: Store;
  readonly signers: PasskeySigners;
  readonly watch: boolean;
  /** The keys of the installation, under which the environment may keep its data. */
  readonly keys?: KeyWatch;
  now(): Date;
  onDefect(error: unknown): void;
  /** Told of each new state, to prepare what pages will ask for. */
  warm?(base: Base): Promise<void>;
  /** How it is read. */
  read(source: EnvironmentSource, now: Date): Promise<Base>;
}

/** The environment as the console shows it: always a good state, new after each change. */
export interface Workspace {
  view(): View;
  readonly source: EnvironmentSource;
  readonly diary: Diary;
  readonly judge: Judge;
  /** Calls back with what happened. @returns the function that ends it. */
  subscribe(listener: (event: ConsoleEvent) => void): () => void;
  /** Reads the histories again after an entry was kept, and tells. */
  decided(risk: string, what: Extract<ConsoleEvent, { kind: 'decided' }>['what']): Promise<void>;
  /** Reads the files again at once. */
  refresh(changedFiles: readonly string[]): Promise<void>;
  close(): void;
}

/** Dates pass, and other programs write into the same histories. */
const LOOK_MILLISECONDS = 3_000;

/** Opens an environment: reads it, and reads it again whenever one of its files is saved. */
export async function openWorkspace(options: WorkspaceOptions): Promise<Workspace> {
  const { source, store, signers, onDefect } = options;
  const judge = entryJudge();
  const diary = openDiary(store);
  const listeners = new Set<(event: ConsoleEvent) => void>();
  let toldKeys = '';
  const readNow = async (): Promise<Base> => {
    const keys = await options.keys?.troubled();
    toldKeys = JSON.stringify(keys);
    return options.read({ ...source, ...(keys && { keys }) }, options.now());
  };
  let base = await readNow();
  const keeper = historyKeeper(store);
  const decide = async (about: Base) =>
    decidedAbout(about, { kept: await keeper.histories(), signers, judge, now: options.now() });
  const first = inputProblem(base);
  let good = first === undefined;
  let banner = first ? bannerOf(first, options.now()) : undefined;
  let current: View = {
    revision: 1,
    base,
    ...(await decide(base)),
    watching: options.watch,
    ...(banner && { banner }),
  };
  await diary.note(current, options.now());
  prepare(base);

  /** After what waits was answered. */
  function prepare(next: Base): void {
    setImmediate(() => options.warm?.(next).catch(onDefect));
  }

  function publish(event: ConsoleEvent): void {
    for (const listener of listeners) listener(event);
  }

  async function renew(next: Base): Promise<void> {
    const decided = await decide(next);
    if (next !== current.base) prepare(next);
    current = {
      revision: current.revision + 1,
      base: next,
      ...decided,
      watching: options.watch,
      ...(banner && { banner }),
    };
  }

  let retired: Base | undefined;

  /** A page that is being made may still ask of the state before, but not of the one before that. */
  function retire(old: Base): void {
    retired?.desk.release();
    retired = old;
  }

  async function takeOver(next: Base, changedFiles: readonly string[]): Promise<void> {
    const problem = inputProblem(next);
    if (problem && good) {
      next.desk.release();
      warn(bannerOf(problem, options.now(), banner));
      return;
    }
    const wasBroken = banner !== undefined;
    banner = problem ? bannerOf(problem, options.now(), banner) : undefined;
    retire(base);
    base = next;
    good = problem === undefined;
    await renew(next);
    await diary.note(current, options.now());
    const { revision } = current;
    if (wasBroken) publish({ kind: 'banner', revision, ...(banner && { banner }) });
    publish({ kind: 'assessed', revision, changedFiles, warnings: base.memo(warningsOf) });
  }

  function warn(next: Banner): void {
    banner = next;
    current = { ...current, revision: current.revision + 1, banner };
    publish({ kind: 'banner', revision: current.revision, banner });
  }

  // What changes the view is done in turn; reading is not waited for by decisions.
  const turns = inTurn(onDefect);
  const readings = inTurn(onDefect);
  let next: { readonly names: Set<string>; readonly done: Promise<void> } | undefined;

  /** Reads once more after what is read now; what changes meanwhile is one change. */
  function readAgain(changedFiles: readonly string[]): Promise<void> {
    if (next) {
      for (const name of changedFiles) next.names.add(name);
      return next.done;
    }
    const names = new Set(changedFiles);
    const done = readings(async () => {
      next = undefined;
      try {
        const read = await readNow();
        await turns(() => takeOver(read, [...names].sort()));
      } catch (error) {
        onDefect(error);
        await turns(async () => warn(notAssessed(options.now(), banner)));
      }
    });
    next = { names, done };
    return done;
  }

  async function lookAtKeys(): Promise<void> {
    if (JSON.stringify(await options.keys?.troubled()) !== toldKeys) await readAgain([]);
  }

  let lastMinute = 0;

  /** What became different without a file: a day has passed, or the command line decided something. */
  async function lookAgain(): Promise<void> {
    const before = current;
    const minute = Math.floor(options.now().getTime() / 60_000);
    if (minute === lastMinute && !(await keeper.hasMore())) return;
    lastMinute = minute;
    const decided = await decide(base);
    for (const [risk, decision] of decided.decisions) {
      if (JSON.stringify(decision) === JSON.stringify(before.decisions.get(risk))) continue;
      current = { ...before, ...decided, revision: before.revision + 1 };
      const what = decision.status === 'lapsed' ? 'lapsed' : 'decided';
      publish({ kind: 'decided', revision: current.revision, risk, what });
      return;
    }
  }

  const timer = setInterval(() => {
    turns(lookAgain);
    lookAtKeys().catch(onDefect);
  }, LOOK_MILLISECONDS);
  const endKeys = options.keys?.onChange(() => {
    lookAtKeys().catch(onDefect);
  });
  timer.unref();
  const endWatch = options.watch
    ? watchFiles(
        source.paths.map((path) => resolve(source.cwd, path)),
        readAgain,
      )
    : () => undefined;

  return {
    view: () => current,
    source,
    diary,
    judge,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    decided: (risk, what) =>
      turns(async () => {
        await renew(base);
        publish({ kind: 'decided', revision: current.revision, risk, what });
      }),
    refresh: readAgain,
    close() {
      clearInterval(timer);
      endKeys?.();
      endWatch();
      listeners.clear();
    },
  };
}

/** Runs one thing after the other; what goes wrong is told and stops nothing. */
function inTurn(onDefect: (error: unknown) => void): (work: () => Promise<void>) => Promise<void> {
  let last: Promise<void> = Promise.resolve();
  return (work) => {
    last = last.then(work).catch(onDefect);
    return last;
  };
}

/** The thread that assesses ended: too little memory, or a defect. */
function notAssessed(now: Date, before?: Banner): Banner {
  return {
    kind: 'broken',
    message: text(
      'the files could not be assessed (too large for the memory here, or a defect that was logged); the last good state stays',
      'ファイルを評価できませんでした(メモリ不足、または記録された内部エラー)。最後の正常な状態を表示しています',
    ),
    since: before?.since ?? now.toISOString(),
  };
}

function bannerOf({ what, reason, source }: NotAnalysed, now: Date, before?: Banner): Banner {
  const where = source ? `${source.file}:${source.line}` : what;
  const message: Text = text(`${where}: ${reason.en}`, `${where}: ${reason.ja}`);
  return {
    kind: 'broken',
    message,
    ...(source && { place: source }),
    since: before?.since ?? now.toISOString(),
  };
}
