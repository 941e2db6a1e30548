import { type Text, text } from '../kernel/texts.ts';
import type { Assurance } from '../model/decision.ts';
import { riskShown } from './entry.ts';
import { type Heads, type Histories, headsBytes } from './heads.ts';
import type { Judgement, OwnersEntry } from './judge.ts';
import { principalOf } from './person.ts';
import { namesSigners, type Roots } from './roots.ts';
import { signatureProblem } from './ssh.ts';
import { standingOf } from './status.ts';

/** What is in force in some histories, and what of it does not count. */
export interface InForce {
  readonly counts: Readonly<Record<Assurance, number>>;
  readonly problems: readonly Text[];
}

/**
 * Decisions in force, by how sure it is who decided, and those that the owner did not make, or did not sign where the
 * roots name signers.
 */
export async function decisionsInForce(
  histories: Histories,
  judge: (entry: OwnersEntry) => Promise<Judgement>,
  now: Date,
): Promise<InForce> {
  const counts: Record<Assurance, number> = { signed: 0, confirmed: 0, unsigned: 0 };
  const problems: Text[] = [];
  for (const history of histories.values()) {
    const last = history.findLast(({ kind }) => kind === 'decided' || kind === 'closed');
    // What was closed as gone is not back because it was shown then.
    const risk = last?.kind === 'closed' && last.value === 0 ? undefined : last && riskShown(last);
    const { inForce } = standingOf(history, risk, now);
    if (!inForce) continue;
    const { assurance, doubt } = await judge(inForce);
    counts[assurance] += 1;
    const name = `${inForce.risk} #${inForce.sequence}`;
    if (doubt) problems.push(text(`${name}: ${doubt.en}`, `${name}:${doubt.ja}`));
  }
  return { counts, problems };
}

/** Manifests with a signature that does not fit. */
export async function manifestProblems(
  heads: readonly Heads[],
  { signers }: Pick<Roots, 'signers'>,
): Promise<readonly Text[]> {
  const problems: Text[] = [];
  for (const each of heads) {
    if (each.signature === undefined || !namesSigners(signers)) continue;
    const problem = await signatureProblem({
      message: headsBytes(each),
      signature: each.signature,
      principal: principalOf(each.by),
      allowed: signers,
      at: each.at,
    });
    if (!problem) continue;
    problems.push(
      text(
        `the signed manifest of heads of ${each.at}: ${problem.en}`,
        `${each.at} の署名付き先頭一覧(heads):${problem.ja}`,
      ),
    );
  }
  return problems;
}
