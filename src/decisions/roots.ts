import type { Revision } from './git.ts';

export const SIGNERS_FILE = '.honmaru/allowed_signers';

/** What decisions are judged by: it must not come from the change whose decisions are judged. */
export interface Roots {
  /** 事業責任者: who decides. */
  readonly owner?: string;
  /** The owner works alone and may approve own proposals (自己承認). */
  readonly alone: boolean;
  /** The content of `allowed_signers`; absent where nobody is named to sign. */
  readonly signers?: string;
  /** The revision that they were read from. */
  readonly base?: Revision;
  /** Hashes of the entries that this revision holds already: what a change cannot have added. */
  readonly before?: ReadonlySet<string>;
}

/** Whether a file of signers names anybody. */
export function namesSigners(content: string | undefined): content is string {
  return (content ?? '').split(/\r?\n/).some((line) => line.trim() !== '' && !line.trim().startsWith('#'));
}
