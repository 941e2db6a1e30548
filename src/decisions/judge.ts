import { HonmaruError } from '../kernel/errors.ts';
import { type Text, text } from '../kernel/texts.ts';
import type { Assurance, DecisionEntry } from '../model/decision.ts';
import { signedBytes } from './entry.ts';
import { principalOf, samePerson } from './person.ts';
import { namesSigners, type Roots, SIGNERS_FILE } from './roots.ts';
import { signatureProblem } from './ssh.ts';

/** How far an entry of the owner can be relied on. */
export interface Judgement {
  readonly assurance: Assurance;
  /** Why it does not count. */
  readonly doubt?: Text;
}

/** An entry that only the owner may make. */
export type OwnersEntry = Extract<DecisionEntry, { kind: 'decided' | 'closed' | 'class-changed' }>;

/**
 * Whether an owner's entry counts. The owner, and who may sign for them, come from the roots. Where the
 * roots name signers, only what the owner signed counts. Where they name none, what is not signed counts
 * too, but in the judgement of a change only when the base holds the entry already.
 */
export async function judge(entry: OwnersEntry, roots: Roots): Promise<Judgement> {
  const stranger = notTheOwner(entry, roots);
  if (stranger) return { assurance: unsigned(entry), doubt: stranger };
  const { owner = '', signers, base, before } = roots;
  if (entry.signature !== undefined && namesSigners(signers)) {
    const problem = await problemOf({ ...entry, signature: entry.signature }, owner, signers);
    return problem ? { assurance: unsigned(entry), doubt: problem } : { assurance: 'signed' };
  }
  const assurance = unsigned(entry);
  if (namesSigners(signers)) return { assurance, doubt: NOT_SIGNED };
  if (base && !before?.has(entry.hash)) return { assurance, doubt: onlyHere(base.shown) };
  return { assurance };
}

/** What is wrong with a signature; one that cannot be verified here does not count. */
async function problemOf(
  entry: OwnersEntry & { readonly signature: string },
  owner: string,
  allowed: string,
): Promise<Text | undefined> {
  const { signature, at } = entry;
  const question = { message: signedBytes(entry), signature, principal: principalOf(owner), allowed, at };
  try {
    return await signatureProblem(question);
  } catch (error) {
    if (!(error instanceof HonmaruError)) throw error;
    const { en, ja } = error.text;
    return text(`its signature cannot be verified here: ${en}`, `この環境では署名を検証できません:${ja}`);
  }
}

/** Who decided must be the owner, and not who proposed unless the owner works alone. */
function notTheOwner(entry: OwnersEntry, { owner, alone }: Roots): Text | undefined {
  if (owner === undefined) {
    return text(
      'nobody is named as owner in honmaru.yaml',
      'honmaru.yaml に事業責任者(owner)が宣言されていません',
    );
  }
  if (!samePerson(entry.by, owner)) {
    return text(
      `it was decided by ${entry.by}, who is not the owner (${owner})`,
      `事業責任者(${owner})ではなく ${entry.by} が決定しています`,
    );
  }
  if (entry.kind === 'decided' && !alone && samePerson(entry.by, entry.proposedBy)) {
    return text(
      'the owner decided about an own proposal, and honmaru.yaml does not say team: one',
      '責任者が自分の提案を自分で決定していますが、honmaru.yaml に team: one の宣言がありません',
    );
  }
  return undefined;
}

function unsigned({ confirmation }: OwnersEntry): Assurance {
  return confirmation === undefined ? 'unsigned' : 'confirmed';
}

const NOT_SIGNED = text(
  `it is not signed, and ${SIGNERS_FILE} says who signs`,
  `署名がありません(${SIGNERS_FILE} に署名者が定められています)`,
);

function onlyHere(base: string): Text {
  return text(
    `it is not signed, and ${base} does not have it yet: a change cannot bring the acceptance that lets it pass`,
    `署名がなく、${base} にもまだありません(変更自身が自分を通す受容を持ち込むことはできません)`,
  );
}
