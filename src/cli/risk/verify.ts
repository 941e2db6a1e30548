import { dirname, relative, resolve, sep } from 'node:path';
import { environmentOf } from '../../decisions/apply.ts';
import { type Heads, type Histories, headsOf, sealHeads } from '../../decisions/heads.ts';
import { keptHistories } from '../../decisions/home.ts';
import { judge } from '../../decisions/judge.ts';
import { DECISIONS_FILE, formatLog, type LogProblem, readLog } from '../../decisions/log.ts';
import { decisionsInForce, type InForce, manifestProblems } from '../../decisions/owner-problems.ts';
import { baseOf, rootsInFolder } from '../../decisions/read-roots.ts';
import type { Roots } from '../../decisions/roots.ts';
import { HonmaruError } from '../../kernel/errors.ts';
import { type Text, text } from '../../kernel/texts.ts';
import type { Invocation, Terminal } from '../command.ts';
import { readLogFile } from '../decisions/read-log-file.ts';
import { folderOf, keptAssessment, rootsOf, withStore } from './home.ts';
import { plain } from './words.ts';

/** What is verified: the lines, where they lie, and by what they are judged. */
interface Matter {
  readonly name: string;
  readonly content: string;
  /** Undefined where no declaration says who decides. */
  readonly roots: Roots | undefined;
  readonly anchors: readonly Heads[];
}

/**
 * Checks a file of decisions, else the kept ones: that nothing was altered, reordered, forked or, below an
 * anchor (`--anchor FILE`, `--base REVISION`, the manifest in the file), cut; and that what is in force was
 * decided by the owner, and signed where signers are named. Exit code 2 when something is wrong.
 */
export async function verifyDecisions(invocation: Invocation, terminal: Terminal): Promise<number> {
  const { name, content, roots, anchors } = await matterOf(invocation, terminal);
  const { histories, heads, problems } = readLog(content, anchors);
  const faults: LogProblem[] = [...problems];
  let counts: InForce['counts'] | undefined;
  if (roots) {
    const told = await manifestProblems([...heads, ...anchors], roots);
    const inForce = await decisionsInForce(histories, (entry) => judge(entry, roots), terminal.now());
    counts = inForce.counts;
    faults.push(...[...told, ...inForce.problems].map((what) => ({ what })));
  }
  const { language } = invocation;
  for (const { line, what } of faults) {
    const place = line === undefined ? name : `${name}:${line}`;
    terminal.error(`honmaru: ${place}: ${plain(what[language])}\n`);
  }
  terminal.out(`${summary(histories.size, counts)[language]}\n`);
  return faults.length > 0 ? 2 : 0;
}

function summary(whole: number, counts: InForce['counts'] | undefined): Text {
  if (!counts) {
    return text(
      `${wholeHistories(whole)}; who decided was not checked: no honmaru.yaml lies beside`,
      `正しい履歴:${whole}件。honmaru.yaml がないため、決定者は確認していません`,
    );
  }
  const { signed, confirmed, unsigned } = counts;
  return text(
    `${wholeHistories(whole)}; in force: ${signed} signed, ${confirmed} confirmed, ${unsigned} not signed`,
    `正しい履歴:${whole}件。有効な決定:署名あり${signed}件、確認済み${confirmed}件、署名なし${unsigned}件`,
  );
}

function wholeHistories(count: number): string {
  return count === 1 ? '1 history is whole' : `${count} histories are whole`;
}

async function matterOf(invocation: Invocation, terminal: Terminal): Promise<Matter> {
  const named = invocation.operands[1];
  const anchor = invocation.option('anchor');
  const anchors = anchor === undefined ? [] : anchorsIn(anchor, terminal);
  const own =
    named === undefined ? await keptMatter(invocation, terminal) : await fileMatter(named, terminal);
  const word = invocation.option('base');
  if (word === undefined) return { ...own, anchors };
  const base = await baseOf(word, own.folder, own.inFolder);
  return { ...own, roots: base.roots, anchors: [...anchors, manifest(base.histories, terminal.now())] };
}

async function fileMatter(name: string, terminal: Terminal) {
  const path = resolve(terminal.cwd, name);
  const folder = dirname(path);
  const inFolder = relative(folder, path).split(sep).join('/');
  return { name, content: readLogFile(path, name), roots: await rootsInFolder(folder), folder, inFolder };
}

async function keptMatter(invocation: Invocation, terminal: Terminal) {
  const kept = await keptAssessment(invocation, terminal);
  const environment = environmentOf(kept.assessment);
  const all = await withStore(invocation, terminal, keptHistories);
  const histories = new Map([...all].filter(([, [first]]) => first?.environment === environment));
  const content = formatLog(histories, []);
  return { name: 'store', content, roots: rootsOf(kept), folder: folderOf(kept), inFolder: DECISIONS_FILE };
}

/**
 * The heads that a file anchors: a manifest alone (the histories that it names are not beside it), or a whole
 * export of an earlier time.
 *
 * @throws HonmaruError `anchor-file` when it anchors nothing, or was altered itself.
 */
function anchorsIn(name: string, terminal: Terminal): readonly Heads[] {
  const { heads, histories } = readLog(readLogFile(resolve(terminal.cwd, name), name));
  if (heads.length > 0) return heads;
  if (histories.size > 0) return [manifest(histories, terminal.now())];
  throw new HonmaruError({
    code: 'anchor-file',
    message: text(`${name} anchors nothing`, `${name} には先頭の記録がありません`),
    remedy: text('make one with: honmaru risk anchor --out FILE', '作り方:honmaru risk anchor --out FILE'),
  });
}

function manifest(histories: Histories, now: Date): Heads {
  return sealHeads(headsOf(histories, 'anchor', now));
}
