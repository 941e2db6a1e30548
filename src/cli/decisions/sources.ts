import { existsSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import type { EnvironmentReading } from '../../environment/read.ts';
import type { Invocation, Terminal } from '../command.ts';
import { dataDirectory } from '../last-assessment.ts';

/** The file's name; `decisions/log.ts` has it too, and is not loaded where there is no such file. */
const DECISIONS_NAME = 'honmaru.decisions.jsonl';

/** Where decisions and what they are judged by are looked for. */
export interface DecisionSources {
  readonly folder: string;
  /** The file of decisions, where there is one. */
  readonly file?: string;
  /** As people know it. */
  readonly shown: string;
  /** Relative to the folder, with `/`, as git names it. */
  readonly inFolder: string;
  /** The data directory, where records of this machine count. */
  readonly store?: string;
  /** The data directory whose records are left alone (`--no-store`). */
  readonly unread?: string;
  readonly base?: string;
}

/** Looks where the options, the folder and the data directory point. */
export function sourcesFrom(
  reading: EnvironmentReading,
  invocation: Invocation,
  terminal: Terminal,
): DecisionSources {
  const folder = reading.folder ?? terminal.cwd;
  const named = invocation.option('decisions');
  const file = named === undefined ? join(folder, DECISIONS_NAME) : resolve(terminal.cwd, named);
  const base = invocation.option('base');
  const data = dataDirectory(invocation.option('data'), terminal);
  const kept = base === undefined && existsSync(join(data, 'honmaru.db'));
  const store = invocation.flag('no-store') ? { unread: data } : { store: data };
  return {
    folder,
    ...(named !== undefined || existsSync(file) ? { file } : {}),
    shown: relative(terminal.cwd, file).split(sep).join('/') || DECISIONS_NAME,
    inFolder: relative(folder, file).split(sep).join('/'),
    ...(kept ? store : {}),
    ...(base === undefined ? {} : { base }),
  };
}
