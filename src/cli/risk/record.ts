import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { environmentOf } from '../../decisions/apply.ts';
import { historyName, seal, signedBytes } from '../../decisions/entry.ts';
import type { Histories } from '../../decisions/heads.ts';
import { keepEntry, keptHistories } from '../../decisions/home.ts';
import { forkOf } from '../../decisions/join.ts';
import type { Act } from '../../decisions/life.ts';
import { DECISIONS_FILE, readLog } from '../../decisions/log.ts';
import { principalOf } from '../../decisions/person.ts';
import { namesSigners, type Roots } from '../../decisions/roots.ts';
import { signatureProblem, signText } from '../../decisions/ssh.ts';
import { HonmaruError } from '../../kernel/errors.ts';
import { type Text, text } from '../../kernel/texts.ts';
import type { DecisionEntry, UnsealedEntry } from '../../model/decision.ts';
import type { Store } from '../../store/store.ts';
import type { Invocation, Terminal } from '../command.ts';
import { readLogFile } from '../decisions/read-log-file.ts';
import type { KeptAssessment } from '../last-assessment.ts';
import {
  actorFrom,
  folderOf,
  keptAssessment,
  type Named,
  riskOrHistoryNamed,
  rootsOf,
  withStore,
} from './home.ts';

/** What a command that adds to a history is handed. */
export interface Recording extends Named {
  readonly kept: KeptAssessment;
  readonly act: Act;
  readonly roots: Roots;
}

/** Adds one entry to the history of the risk that the operand names, signed where `--sign` says with what. */
export async function recordEntry(
  invocation: Invocation,
  terminal: Terminal,
  make: (recording: Recording) => UnsealedEntry,
  done: (entry: DecisionEntry, recording: Recording) => Text,
): Promise<number> {
  const id = invocation.operands[1];
  const kept = await keptAssessment(invocation, terminal, id);
  const by = await actorFrom(invocation, terminal);
  const roots = rootsOf(kept);
  const environment = environmentOf(kept.assessment);
  const message = await withStore(invocation, terminal, async (store) => {
    const histories = await historiesWithFile(store, kept, invocation, terminal);
    const named = riskOrHistoryNamed(kept.assessment, histories, id);
    const history = histories.get(historyName({ environment, risk: named.risk.id })) ?? [];
    const act = { environment, risk: named.risk, history, by, now: terminal.now() };
    const recording = { ...named, kept, act, roots };
    const entry = await sealed(make(recording), roots, invocation, terminal);
    await keepEntry(store, entry);
    return text(
      `${entry.risk} #${entry.sequence}: ${done(entry, recording).en}`,
      `${entry.risk} #${entry.sequence}:${done(entry, recording).ja}`,
    );
  });
  terminal.out(`${message[invocation.language]}\n`);
  return 0;
}

/**
 * The kept histories, after what the file beside the declaration has on top of them was taken over: what a
 * colleague committed is continued, not forked.
 *
 * @throws HonmaruError `decision-fork`.
 */
export async function historiesWithFile(
  store: Store,
  kept: KeptAssessment,
  invocation: Invocation,
  terminal: Terminal,
): Promise<Histories> {
  const path = join(folderOf(kept), DECISIONS_FILE);
  const histories = await keptHistories(store);
  if (!existsSync(path)) return histories;
  const { histories: written } = readLog(readLogFile(path, DECISIONS_FILE));
  const environment = environmentOf(kept.assessment);
  const added = await takeOver(store, histories, written, environment);
  if (added === 0) return histories;
  const note = text(
    `${added} entries taken over from ${DECISIONS_FILE}`,
    `${DECISIONS_FILE} から${added}件の記録を取り込みました`,
  );
  terminal.error(`honmaru: ${note[invocation.language]}\n`);
  return keptHistories(store);
}

async function takeOver(
  store: Store,
  histories: Histories,
  written: Histories,
  environment: string,
): Promise<number> {
  let added = 0;
  for (const [name, entries] of written) {
    if (entries[0]?.environment !== environment) continue;
    const known = histories.get(name) ?? [];
    const fork = forkOf(known, entries);
    if (fork) throw new HonmaruError({ code: 'decision-fork', message: fork });
    for (const entry of entries.slice(known.length)) await keepEntry(store, entry);
    added += Math.max(0, entries.length - known.length);
  }
  return added;
}

/** Seals an entry, signed first where `--sign` names a key. @throws HonmaruError as `signatureFor`. */
async function sealed(
  entry: UnsealedEntry,
  { owner, signers }: Roots,
  invocation: Invocation,
  terminal: Terminal,
): Promise<DecisionEntry> {
  if (invocation.option('sign') === undefined) return seal(entry);
  const principal = principalOf(entry.kind === 'proposed' ? entry.by : (owner ?? entry.by));
  const question = { message: signedBytes(entry), principal, signers, at: entry.at };
  return seal({ ...entry, signature: await signatureFor(question, invocation, terminal) });
}

/** What is to be signed, and by whom it must be to count. */
interface ToSign {
  readonly message: string;
  readonly principal: string;
  readonly signers: string | undefined;
  readonly at: string;
}

/**
 * The signature by the key of `--sign`. One that would not count is refused, where signers are named.
 *
 * @throws HonmaruError `sign-failed` or `sign-stranger`.
 */
export async function signatureFor(
  { message, principal, signers, at }: ToSign,
  invocation: Invocation,
  terminal: Terminal,
): Promise<string> {
  const signature = await signText(message, resolve(terminal.cwd, invocation.option('sign') ?? ''));
  if (!namesSigners(signers)) return signature;
  const problem = await signatureProblem({ message, signature, principal, allowed: signers, at });
  if (!problem) return signature;
  throw new HonmaruError({
    code: 'sign-stranger',
    message: text(
      `this signature would not count: ${problem.en}`,
      `この署名は有効になりません:${problem.ja}`,
    ),
  });
}
