import { type Heads, type Histories, headsOf, sealHeads } from '../../decisions/heads.ts';
import { checkedHistories, readLog } from '../../decisions/log.ts';
import { decisionsInForce, manifestProblems } from '../../decisions/owner-problems.ts';
import { cutHistory } from '../../decisions/verify.ts';
import { type Text, text } from '../../kernel/texts.ts';
import type { Verification } from '../contract.ts';
import type { Judge } from '../environment/decided.ts';
import type { View } from '../environment/view.ts';
import { refuse } from '../http/problem.ts';
import { beginSlice } from '../workers/slices.ts';

/** The histories of the environment of a view. */
export function ownHistories({ histories, environment }: View): Histories {
  return new Map([...histories].filter(([, [first]]) => first?.environment === environment));
}

/** The manifest of the heads of a view. */
export function anchorOf(view: View, now: Date): Heads {
  return sealHeads(headsOf(ownHistories(view), 'honmaru', now));
}

const AT_ONCE = 50;

/**
 * Checks every hash, link and signature of a view's histories anew, and whether an anchor that was kept elsewhere
 * still fits.
 *
 * @throws Refusal 400 for an anchor that anchors nothing.
 */
export async function verify(
  view: View,
  { anchor, judge, now }: { readonly anchor: string | undefined; readonly judge: Judge; readonly now: Date },
): Promise<Verification> {
  const own = ownHistories(view);
  const problems: Text[] = [...view.historyProblems];
  let whole = 0;
  const names = [...own.keys()];
  const slice = beginSlice();
  for (let at = 0; at < names.length; at += AT_ONCE) {
    const some = new Map(names.slice(at, at + AT_ONCE).map((name) => [name, own.get(name) ?? []]));
    const checked = checkedHistories(some);
    whole += checked.histories.size;
    problems.push(...checked.problems.map(({ what }) => what));
    if (slice.isOver()) await slice.rest();
  }
  if (anchor !== undefined) problems.push(...(await anchorProblems(anchor, view)));
  const { counts, problems: doubts } = await decisionsInForce(own, (entry) => judge(entry, view), now);
  return { revision: view.revision, whole, problems: [...problems, ...doubts], inForce: counts };
}

async function anchorProblems(anchor: string, view: View): Promise<readonly Text[]> {
  const { heads, problems: faults } = readLog(anchor);
  if (heads.length === 0) {
    throw refuse(400, 'anchor-file', 'this anchors nothing', '先頭の記録がありません', 'anchor');
  }
  const { roots, environment } = view;
  const hashes = new Set([...ownHistories(view).values()].flatMap((all) => all.map(({ hash }) => hash)));
  const own = heads.flatMap((each) => each.heads).filter((head) => head.environment === environment);
  const missing = own.filter(({ head }) => !hashes.has(head)).map(({ risk, head }) => cutHistory(risk, head));
  // The histories do not lie beside the manifest, which is said of each head.
  const apart = new Set(
    heads.flatMap((each) => each.heads.map(({ risk, head }) => cutHistory(risk, head).en)),
  );
  const lines = faults
    .filter(({ what }) => !apart.has(what.en))
    .map(({ line, what }) => text(`anchor:${line}: ${what.en}`, `先頭一覧の${line}行目:${what.ja}`));
  return [...lines, ...missing, ...(await manifestProblems(heads, roots))];
}
