import { InputError } from '../kernel/errors.ts';
import type { NotAnalysed } from '../model/assessment.ts';
import type { Scope } from '../model/declaration.ts';
import type { Resource } from '../model/resource.ts';
import { inputNote } from '../sources/cloudformation/note.ts';
import { readSource } from '../sources/documents/read-file.ts';
import { detailsOf, type Inputs } from './inputs.ts';

export interface SnapshotLoading {
  readonly resources: readonly Resource[];
  /** The inputs that remain for other readers. */
  readonly rest: Inputs;
  readonly count: number;
  /** The number of the first account, which names the environment where nothing else does. */
  readonly account: string | undefined;
  /** `account` when every input is a snapshot: then there is nothing beside it. */
  readonly scope: Scope | undefined;
}

/** The reader is loaded when there is something for it. */
const reader = () => import('../sources/aws/read-snapshot.ts');

const LOOKS_LIKE_ONE = /^\s*\{\s*"schema"\s*:\s*"honmaru\.snapshot\//;

/**
 * Loads the snapshots of accounts among the named inputs (`honmaru collect`). Those that a walk finds are
 * left alone: an account is judged where somebody asks for it.
 */
export async function loadSnapshots(
  inputs: Inputs,
  asOf: string,
  report: (note: NotAnalysed) => void,
): Promise<SnapshotLoading> {
  const resources = new Map<string, Resource>();
  const taken = new Set<string>();
  let account: string | undefined;
  for (const input of inputs.files) {
    if (!input.explicit || !input.path.endsWith('.json')) continue;
    try {
      const file = readSource(input.path, input.shown);
      if (!LOOKS_LIKE_ONE.test(file.text.slice(0, 200))) continue;
      taken.add(input.path);
      const { readSnapshot } = await reader();
      const reading = readSnapshot(file, asOf);
      account ??= reading.account;
      for (const note of reading.notes) report(note);
      for (const resource of reading.resources) resources.set(resource.id, resource);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      if (taken.has(input.path)) report(inputNote(input.shown, detailsOf(error)));
    }
  }
  const rest = { ...inputs, files: inputs.files.filter((file) => !taken.has(file.path)) };
  const alone = taken.size > 0 && rest.files.length === 0;
  return {
    resources: [...resources.values()],
    rest,
    count: taken.size,
    account,
    scope: alone ? 'account' : undefined,
  };
}
