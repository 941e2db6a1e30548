import { HonmaruError } from '../kernel/errors.ts';
import { nearest } from '../kernel/nearest.ts';
import type { Place } from '../kernel/source-file.ts';
import { text } from '../kernel/texts.ts';
import type { NotAnalysed } from '../model/assessment.ts';
import { principalOf } from './person.ts';
import { namesSigners, type Roots, SIGNERS_FILE } from './roots.ts';
import { isListed, principalsIn } from './ssh.ts';

/** That the declared owner is nobody whom the signers' file lists, so that no decision can count. */
export async function ownerProblem(
  { owner, signers }: Roots,
  place: Place | undefined,
): Promise<NotAnalysed | undefined> {
  if (owner === undefined || !namesSigners(signers)) return undefined;
  const principal = principalOf(owner);
  if ((await knows(principal, signers)) !== false) return undefined;
  const listed = principalsIn(signers);
  const meant = nearest(principal, listed);
  return {
    kind: 'input',
    what: 'owner',
    reason: text(
      `the owner ${principal} is not among those whom ${SIGNERS_FILE} lists, so no signature of theirs can count`,
      `事業責任者 ${principal} が ${SIGNERS_FILE} に載っていないため、その署名は有効になりません`,
    ),
    remedy: meant
      ? text(`did you mean "${meant}"?`, `「${meant}」のことですか`)
      : text(`it lists ${listed.join(', ')}`, `載っているのは ${listed.join('、')} です`),
    ...(place ? { source: place } : {}),
  };
}

/** Undefined where ssh-keygen is missing or too old to say. */
async function knows(principal: string, signers: string): Promise<boolean | undefined> {
  try {
    return await isListed(principal, signers);
  } catch (error) {
    if (error instanceof HonmaruError) return undefined;
    throw error;
  }
}
