import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { environmentOf } from '../../decisions/apply.ts';
import { historyName } from '../../decisions/entry.ts';
import { DECISIONS, keptHistories } from '../../decisions/home.ts';
import { joinHistories } from '../../decisions/join.ts';
import { type Judgement, judge, type OwnersEntry } from '../../decisions/judge.ts';
import { checkedHistories, DECISIONS_FILE, readLog } from '../../decisions/log.ts';
import { rootsIn } from '../../decisions/read-roots.ts';
import type { Roots } from '../../decisions/roots.ts';
import { standingOf } from '../../decisions/status.ts';
import { type Text, text } from '../../kernel/texts.ts';
import type { DecisionEntry, RiskDecision } from '../../model/decision.ts';
import type { Risk } from '../../model/risk.ts';
import type { Store } from '../../store/store.ts';
import type { Base } from './base.ts';
import type { View } from './view.ts';

const MOST_FILE_BYTES = 256 * 1024 * 1024;

/** Says what the owner's passkeys are, as lines of `allowed_signers`. */
export type PasskeySigners = (owner: string | undefined) => Promise<string>;

/** Judges entries, each once for the signers in force: verifying a signature starts a program. */
export type Judge = (entry: OwnersEntry, view: Pick<View, 'roots' | 'passkeyRoots'>) => Promise<Judgement>;

const MOST_JUDGED = 20_000;

export function entryJudge(): Judge {
  const known = new Map<string, Promise<Judgement>>();
  return (entry, view) => {
    const roots = rootsFor(entry, view);
    const key = [entry.hash, roots.owner, roots.alone, roots.signers].join('\n');
    const before = known.get(key);
    if (before) return before;
    if (known.size >= MOST_JUDGED) known.clear();
    const judging = judge(entry, roots);
    known.set(key, judging);
    judging.catch(() => known.delete(key));
    return judging;
  };
}

/**
 * What an entry is judged by. Passkeys only verify what was signed with one: named signers in a file demand a
 * signature of everybody, registered passkeys do not.
 */
function rootsFor(
  entry: DecisionEntry,
  { roots, passkeyRoots }: Pick<View, 'roots' | 'passkeyRoots'>,
): Roots {
  return entry.signature === undefined ? roots : passkeyRoots;
}

/** The histories of the records and of the file beside the declaration, and what is decided by them. */
export type Decided = Pick<
  View,
  'environment' | 'decisions' | 'histories' | 'kept' | 'historyProblems' | 'roots' | 'passkeyRoots'
>;

/** The histories that the store keeps, checked; they are read again only when there are more entries. */
export interface HistoryKeeper {
  histories(): Promise<CheckedHistories>;
  hasMore(): Promise<boolean>;
}

type CheckedHistories = ReturnType<typeof checkedHistories>;

export function historyKeeper(store: Store): HistoryKeeper {
  let known: { readonly count: number; readonly checked: CheckedHistories } | undefined;
  return {
    async histories() {
      const count = await store.count(DECISIONS);
      if (known?.count !== count) known = { count, checked: checkedHistories(await keptHistories(store)) };
      return known.checked;
    },
    async hasMore() {
      return known?.count !== (await store.count(DECISIONS));
    },
  };
}

interface DecidedWith {
  readonly kept: CheckedHistories;
  readonly signers: PasskeySigners;
  readonly judge: Judge;
  readonly now: Date;
}

/** Reads what was decided about the risks of an assessed state, and verifies it. */
export async function decidedAbout(
  base: Base,
  { kept, signers, judge: judging, now }: DecidedWith,
): Promise<Decided> {
  const folder = base.reading.folder ?? '.';
  const roots = rootsIn(base.reading.declaration, folder);
  const lines = await signers(roots.owner);
  const passkeyRoots =
    lines === '' ? roots : { ...roots, signers: `${roots.signers ?? ''}\n${lines}`.trimStart() };
  const written = readLog(contentOf(join(folder, DECISIONS_FILE)));
  const { histories, problems } = joinHistories(written.histories, kept.histories);
  const environment = environmentOf(base.assessment);
  const decisions = await decisionsOf(base, { environment, histories, roots, passkeyRoots }, judging, now);
  const historyProblems: readonly Text[] = [
    ...kept.problems.map(({ what }) => what),
    ...written.problems.map(({ line, what }) =>
      line === undefined
        ? what
        : text(`${DECISIONS_FILE}:${line}: ${what.en}`, `${DECISIONS_FILE}:${line}: ${what.ja}`),
    ),
    ...problems,
  ];
  return { environment, decisions, histories, kept: kept.histories, historyProblems, roots, passkeyRoots };
}

function contentOf(path: string): string {
  if (!existsSync(path) || statSync(path).size > MOST_FILE_BYTES) return '';
  return readFileSync(path, 'utf8');
}

async function decisionsOf(
  base: Base,
  known: Pick<View, 'environment' | 'histories' | 'roots' | 'passkeyRoots'>,
  judging: Judge,
  now: Date,
): Promise<ReadonlyMap<string, RiskDecision>> {
  const { environment, histories } = known;
  const risks = new Map(base.assessment.risks.map((risk) => [risk.id, risk]));
  const gone = [...histories.values()].flatMap(([first]) =>
    first?.environment === environment && !risks.has(first.risk) ? [first.risk] : [],
  );
  const decisions = new Map<string, RiskDecision>();
  for (const id of [...risks.keys(), ...gone]) {
    const history = histories.get(historyName({ environment, risk: id }));
    decisions.set(
      id,
      history
        ? await standing(id, history, risks.get(id), known, judging, now)
        : { risk: id, status: 'undecided', counts: false },
    );
  }
  return decisions;
}

async function standing(
  id: string,
  history: readonly DecisionEntry[],
  risk: Risk | undefined,
  known: Pick<View, 'roots' | 'passkeyRoots'>,
  judging: Judge,
  now: Date,
): Promise<RiskDecision> {
  const { status, inForce } = standingOf(history, risk, now);
  const said = { risk: id, ...status, ...(risk ? {} : { gone: true }) };
  const entry = inForce ?? lastVerdict(history);
  if (!entry) return { ...said, counts: false };
  const { assurance, doubt } = await judging(entry, known);
  if (!inForce)
    return said.decidedBy === undefined ? { ...said, counts: false } : { ...said, assurance, counts: false };
  return { ...said, assurance, counts: doubt === undefined, ...(doubt ? { doubt } : {}) };
}

/** Who decided what lapsed since is still told apart by how sure it is. */
function lastVerdict(history: readonly DecisionEntry[]): OwnersEntry | undefined {
  const last = history.findLast(({ kind }) => kind === 'decided' || kind === 'closed');
  return last?.kind === 'decided' || last?.kind === 'closed' ? last : undefined;
}
