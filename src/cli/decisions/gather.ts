import { existsSync } from 'node:fs';
import { type Heads, type Histories, headsOf, sealHeads } from '../../decisions/heads.ts';
import { joinHistories } from '../../decisions/join.ts';
import { checkedHistories, readLog } from '../../decisions/log.ts';
import { type Base, baseOf } from '../../decisions/read-roots.ts';
import { InputError } from '../../kernel/errors.ts';
import type { Text } from '../../kernel/texts.ts';
import { text } from '../../kernel/texts.ts';
import type { NotAnalysed } from '../../model/assessment.ts';
import type { Terminal } from '../command.ts';
import { readLogFile } from './read-log-file.ts';
import type { DecisionSources } from './sources.ts';

export interface GatheredDecisions {
  readonly base: Base | undefined;
  readonly histories: Histories;
  /** Those of the file alone. */
  readonly filed: Histories;
  readonly problems: readonly NotAnalysed[];
}

/** Reads the decisions that count: of the file, anchored by its base, and of the records of this machine. */
export async function gatherDecisions(
  sources: DecisionSources,
  records: Histories,
  terminal: Terminal,
): Promise<GatheredDecisions> {
  const { shown, folder } = sources;
  const base = sources.base === undefined ? undefined : await baseOf(sources.base, folder, sources.inFolder);
  const anchors = base ? [anchorOf(base.histories, terminal.now())] : [];
  if (sources.file !== undefined && !existsSync(sources.file)) throw missing(shown);
  const content = sources.file === undefined ? '' : readLogFile(sources.file, shown);
  const log = readLog(content, anchors);
  const problems = log.problems.map(({ line, what }) => noteOf(shown, what, line));
  const kept = checkedHistories(records);
  for (const { what } of kept.problems) problems.push(noteOf('honmaru.db', what));
  const joined = joinHistories(log.histories, kept.histories);
  return {
    base,
    histories: joined.histories,
    filed: log.histories,
    problems: [...problems, ...joined.problems.map((what) => noteOf(shown, what))],
  };
}

/** What a base holds may not be missing from a change: a change can only add. */
function anchorOf(histories: Histories, now: Date): Heads {
  return sealHeads(headsOf(histories, 'base', now));
}

function missing(shown: string): InputError {
  return new InputError({
    code: 'decisions-file',
    message: text(`there is no file ${shown}`, `${shown} というファイルはありません`),
    remedy: text(
      `make one with: honmaru risk export --out ${shown}`,
      `作り方:honmaru risk export --out ${shown}`,
    ),
  });
}

function noteOf(file: string, reason: Text, line?: number): NotAnalysed {
  return {
    kind: 'input',
    what: file,
    reason,
    remedy: text(
      'this history decides nothing until it is whole again; take it back from git, or decide again',
      'この履歴は元に戻るまで有効とみなしません。gitから復元するか、決定し直してください',
    ),
    ...(line === undefined ? {} : { source: { file, line, column: 1 } }),
  };
}
