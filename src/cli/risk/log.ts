import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { environmentOf } from '../../decisions/apply.ts';
import { canonicalJson } from '../../decisions/canonical.ts';
import { gitIdentity } from '../../decisions/git.ts';
import { type Heads, type Histories, headsBytes, headsOf, sealHeads } from '../../decisions/heads.ts';
import { keepEntry, keptHistories } from '../../decisions/home.ts';
import { forkOf, joinHistories } from '../../decisions/join.ts';
import { DECISIONS_FILE, formatLog, readLog } from '../../decisions/log.ts';
import { principalOf } from '../../decisions/person.ts';
import { HonmaruError, UsageError } from '../../kernel/errors.ts';
import { type Text, text } from '../../kernel/texts.ts';
import type { Invocation, Terminal } from '../command.ts';
import { readLogFile } from '../decisions/read-log-file.ts';
import { systemWords } from '../file-trouble.ts';
import type { KeptAssessment } from '../last-assessment.ts';
import { writeAnswer } from '../output.ts';
import { keptAssessment, rootsOf, withStore } from './home.ts';
import { signatureFor } from './record.ts';
import { plain } from './words.ts';

/**
 * Writes the kept decisions of an environment as lines that can be committed, with a manifest of their
 * heads. What the file has and the records lack stays in it.
 *
 * @throws HonmaruError `decision-fork` when file and records part.
 */
export async function exportDecisions(invocation: Invocation, terminal: Terminal): Promise<number> {
  const { kept, found } = await histories(invocation, terminal);
  const out = invocation.option('out');
  const path = out === undefined ? undefined : resolve(terminal.cwd, out);
  const before = path !== undefined && existsSync(path) ? readLog(readLogFile(path, out ?? '')) : undefined;
  const faulty = before?.problems[0];
  if (faulty) throw damaged(out ?? '', faulty.line, faulty.what);
  const joined = joinHistories(found, before?.histories ?? new Map());
  const [fork] = joined.problems;
  if (fork) throw new HonmaruError({ code: 'decision-fork', message: fork });
  const manifest = await manifestOf({ kept, found: joined.histories }, invocation, terminal);
  const signed = manifest.signature === undefined ? (before?.heads ?? []).filter(isSigned) : [];
  writeAnswer(formatLog(joined.histories, [...signed, manifest]), invocation, terminal);
  if (invocation.flag('gitattributes')) writeAttributes(path ?? join(terminal.cwd, DECISIONS_FILE), terminal);
  else say(ADVICE, invocation, terminal);
  return 0;
}

const ADVICE = text(
  `so that git merges it: honmaru risk export --out ${DECISIONS_FILE} --gitattributes`,
  `gitでマージできるようにするには:honmaru risk export --out ${DECISIONS_FILE} --gitattributes`,
);

function isSigned({ signature }: Heads): boolean {
  return signature !== undefined;
}

/** Writes the manifest of heads alone: kept elsewhere, it shows later when a history was cut. */
export async function anchorDecisions(invocation: Invocation, terminal: Terminal): Promise<number> {
  const manifest = await manifestOf(await histories(invocation, terminal), invocation, terminal);
  writeAnswer(`${canonicalJson(manifest)}\n`, invocation, terminal);
  return 0;
}

/** Takes histories from a file into the records: what continues a kept history is added, a fork is told. */
export async function importDecisions(invocation: Invocation, terminal: Terminal): Promise<number> {
  const name = invocation.operands[1] ?? DECISIONS_FILE;
  const { histories: found, problems } = readLog(readLogFile(resolve(terminal.cwd, name), name));
  for (const { line, what } of problems) sayProblem(name, line, what, invocation, terminal);
  let added = 0;
  let forks = 0;
  await withStore(invocation, terminal, async (store) => {
    const known = await keptHistories(store);
    for (const [key, entries] of found) {
      const mine = known.get(key) ?? [];
      const fork = forkOf(mine, entries);
      if (fork) {
        forks += 1;
        sayProblem(name, undefined, fork, invocation, terminal);
        continue;
      }
      for (const entry of entries.slice(mine.length)) {
        await keepEntry(store, entry);
        added += 1;
      }
    }
  });
  const done = text(
    `${added} entries taken over from ${name}`,
    `${name} から${added}件の記録を取り込みました`,
  );
  terminal.out(`${done[invocation.language]}\n`);
  return problems.length + forks > 0 ? 2 : 0;
}

/** The kept histories of the environment that is meant. */
async function histories(invocation: Invocation, terminal: Terminal): Promise<Found> {
  const kept = await keptAssessment(invocation, terminal);
  const environment = environmentOf(kept.assessment);
  const all = await withStore(invocation, terminal, keptHistories);
  return { kept, found: new Map([...all].filter(([, [first]]) => first?.environment === environment)) };
}

/** Histories with the assessment of their environment. */
interface Found {
  readonly kept: KeptAssessment;
  readonly found: Histories;
}

async function manifestOf(
  { kept, found }: Found,
  invocation: Invocation,
  terminal: Terminal,
): Promise<Heads> {
  const by = invocation.option('by') ?? (await gitIdentity(terminal.cwd)) ?? 'honmaru';
  const heads = headsOf(found, by, terminal.now());
  if (invocation.option('sign') === undefined) return sealHeads(heads);
  const { signers } = rootsOf(kept);
  const question = { message: headsBytes(heads), principal: principalOf(by), signers, at: heads.at };
  return sealHeads({ ...heads, signature: await signatureFor(question, invocation, terminal) });
}

/** Adds the line by which git merges two branches that each added entries. */
function writeAttributes(decisions: string, terminal: Terminal): void {
  const path = join(dirname(decisions), '.gitattributes');
  const line = `${DECISIONS_FILE} merge=union`;
  const before = existsSync(path) ? readFileSync(path, 'utf8') : '';
  if (before.split(/\r?\n/).includes(line)) return;
  const gap = before === '' || before.endsWith('\n') ? '' : '\n';
  try {
    writeFileSync(path, `${before}${gap}${line}\n`);
  } catch (error) {
    const why = systemWords(error);
    throw new UsageError({
      code: 'out-file',
      message: text(
        `.gitattributes cannot be written: ${why.en}`,
        `.gitattributes に書き込めません:${why.ja}`,
      ),
    });
  }
  terminal.error(`.gitattributes: ${line}\n`);
}

function damaged(name: string, line: number | undefined, what: Text): HonmaruError {
  const place = line === undefined ? name : `${name}:${line}`;
  return new HonmaruError({
    code: 'decisions-damaged',
    message: text(`${place}: ${what.en}`, `${place}:${what.ja}`),
    remedy: text(
      'nothing was written; take the file back from git, or name another one',
      '何も書き込んでいません。gitからファイルを復元するか、別のファイルを指定してください',
    ),
  });
}

function sayProblem(
  name: string,
  line: number | undefined,
  what: Text,
  invocation: Invocation,
  terminal: Terminal,
): void {
  const place = line === undefined ? name : `${name}:${line}`;
  terminal.error(`honmaru: ${place}: ${plain(what[invocation.language])}\n`);
}

function say(message: Text, invocation: Invocation, terminal: Terminal): void {
  terminal.error(`${message[invocation.language]}\n`);
}
