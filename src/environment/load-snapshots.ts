import { InputError } from '../kernel/errors.ts';
import { text } from '../kernel/texts.ts';
import type { NotAnalysed } from '../model/assessment.ts';
import type { Scope } from '../model/declaration.ts';
import type { Resource } from '../model/resource.ts';
import { inputNote } from '../sources/cloudformation/note.ts';
import { readSource } from '../sources/documents/read-file.ts';
import type { Unanswered } from './graph.ts';
import { detailsOf, type Inputs } from './inputs.ts';

export interface SnapshotLoading {
  readonly resources: readonly Resource[];
  /** The inputs that remain for other readers. */
  readonly rest: Inputs;
  readonly count: number;
  /** The number of the account, which names the environment where nothing else does. */
  readonly account: string | undefined;
  readonly regions: readonly string[];
  readonly asked: ReadonlySet<string>;
  readonly unanswered: Unanswered;
  /** `account` where there is a snapshot: it holds whatever there is. */
  readonly scope: Scope | undefined;
}

/** The reader is loaded when there is something for it. */
const reader = () => import('../sources/aws/read-snapshot.ts');

/** Some fifty thousand resources; nobody writes such a file by hand. */
const MOST_BYTES = 128 * 1024 * 1024;

const LOOKS_LIKE_ONE = /^\s*\{\s*"schema"\s*:\s*"honmaru\.snapshot\//;

/**
 * Loads the snapshots of an account among the named inputs (`honmaru collect`). Those that a walk finds are
 * left alone: an account is judged where somebody asks for it. Several may be of one account (its regions);
 * another account is an environment of its own.
 */
export async function loadSnapshots(
  inputs: Inputs,
  asOf: string,
  report: (note: NotAnalysed) => void,
): Promise<SnapshotLoading> {
  const resources = new Map<string, Resource>();
  const unanswered = new Map<string, ReadonlySet<string>>();
  const regions = new Set<string>();
  const asked = new Set<string>();
  const taken = new Set<string>();
  let account: string | undefined;
  for (const input of inputs.files) {
    if (!input.explicit || !input.path.endsWith('.json')) continue;
    try {
      const file = readSource(input.path, input.shown, MOST_BYTES);
      if (!LOOKS_LIKE_ONE.test(file.text.slice(0, 200))) continue;
      taken.add(input.path);
      const { readSnapshot } = await reader();
      const reading = readSnapshot(file, asOf);
      if (account !== undefined && reading.account !== account) {
        report(otherAccount(input.shown, account, reading.account ?? '?'));
        continue;
      }
      account = reading.account;
      for (const note of reading.notes) report(note);
      for (const resource of reading.resources) resources.set(resource.id, resource);
      for (const region of reading.regions) regions.add(region);
      for (const type of reading.asked) asked.add(type);
      for (const [type, where] of reading.unanswered) {
        unanswered.set(type, new Set([...(unanswered.get(type) ?? []), ...where]));
      }
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      if (taken.has(input.path)) report(inputNote(input.shown, detailsOf(error)));
    }
  }
  const rest = { ...inputs, files: inputs.files.filter((file) => !taken.has(file.path)) };
  return {
    resources: [...resources.values()],
    rest,
    count: taken.size,
    account,
    regions: [...regions].sort(),
    asked,
    unanswered,
    scope: account !== undefined ? 'account' : undefined,
  };
}

function otherAccount(shown: string, first: string, second: string): NotAnalysed {
  return inputNote(shown, {
    code: 'snapshot-accounts',
    message: text(
      `this snapshot is of account ${second}, the one before of ${first}: each account is an environment of its own`,
      `このスナップショットはアカウント${second}、先のものは${first}のものです。アカウントごとに別の環境として扱います`,
    ),
    remedy: text('assess each account by itself', 'アカウントごとに評価してください'),
  });
}
