import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { environmentOf } from '../../decisions/apply.ts';
import { riskShown } from '../../decisions/entry.ts';
import { gitIdentity } from '../../decisions/git.ts';
import type { Histories } from '../../decisions/heads.ts';
import { DECISIONS } from '../../decisions/home.ts';
import { rootsIn } from '../../decisions/read-roots.ts';
import type { Roots } from '../../decisions/roots.ts';
import { UsageError } from '../../kernel/errors.ts';
import { nearest } from '../../kernel/nearest.ts';
import { text } from '../../kernel/texts.ts';
import type { Assessment } from '../../model/assessment.ts';
import type { Risk } from '../../model/risk.ts';
import type { Store } from '../../store/store.ts';
import type { Invocation, Terminal } from '../command.ts';
import { dataDirectory, type KeptAssessment, keptAssessments } from '../last-assessment.ts';

/** Runs something with the store of the data directory open. */
export async function withStore<T>(
  invocation: Invocation,
  terminal: Terminal,
  work: (store: Store) => Promise<T>,
): Promise<T> {
  const directory = dataDirectory(invocation.option('data'), terminal);
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const { openStore } = await import('../../store/open.ts');
  const store = await openStore(join(directory, 'honmaru.db'), { collections: [DECISIONS] });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

/**
 * The last assessment, of the environment that `--environment` names; where several are kept and none is
 * named, the one that has the risk, else the newest, which is then said.
 *
 * @throws UsageError `no-assessment`, `environment-unknown` or `environment-needed`.
 */
export async function keptAssessment(
  invocation: Invocation,
  terminal: Terminal,
  risk?: string,
): Promise<KeptAssessment> {
  const all = await newestOfEach(dataDirectory(invocation.option('data'), terminal));
  const [newest] = all;
  if (!newest) throw nothingAssessed();
  const name = invocation.option('environment');
  if (name !== undefined) return named(name, all);
  if (all.length === 1) return newest;
  const having = risk === undefined ? [] : all.filter((kept) => risksNamed(kept.assessment, risk).length > 0);
  const [only, ...others] = having;
  if (only && others.length === 0) return only;
  if (only) throw severalHave(having);
  const kept = all.map(({ assessment }) => assessment.environment.name).join(', ');
  const note = text(
    `environment ${newest.assessment.environment.name} (kept: ${kept}; choose with --environment)`,
    `環境 ${newest.assessment.environment.name}(記録:${kept}。--environment で選択)`,
  );
  terminal.error(`honmaru: ${note[invocation.language]}\n`);
  return newest;
}

/** The last assessment of each environment, newest first; one that was renamed since is the same. */
async function newestOfEach(directory: string): Promise<readonly KeptAssessment[]> {
  const found = new Map<string, KeptAssessment>();
  for await (const kept of keptAssessments(directory)) {
    const name = environmentOf(kept.assessment);
    if (!found.has(name)) found.set(name, kept);
  }
  return [...found.values()];
}

/** The last assessment itself. */
export async function lastAssessment(invocation: Invocation, terminal: Terminal): Promise<Assessment> {
  return (await keptAssessment(invocation, terminal)).assessment;
}

function nothingAssessed(): UsageError {
  return new UsageError({
    code: 'no-assessment',
    message: text('nothing was assessed yet', 'まだ評価が行われていません'),
    remedy: text('run honmaru assess PATH first', '先に honmaru assess PATH を実行してください'),
  });
}

function named(name: string, all: readonly KeptAssessment[]): KeptAssessment {
  const found = all.find(({ assessment }) => assessment.environment.name === name);
  if (found) return found;
  const names = all.map(({ assessment }) => assessment.environment.name);
  const meant = nearest(name, names);
  throw new UsageError({
    code: 'environment-unknown',
    message: text(
      `no assessment of an environment "${name}" is kept (kept: ${names.join(', ')})`,
      `環境「${name}」の評価は記録されていません(記録:${names.join('、')})`,
    ),
    ...(meant ? { remedy: text(`did you mean ${meant}?`, `${meant} のことですか?`) } : {}),
  });
}

function severalHave(all: readonly KeptAssessment[]): UsageError {
  const names = all.map(({ assessment }) => assessment.environment.name).join(', ');
  return new UsageError({
    code: 'environment-needed',
    message: text(
      `several environments have this risk: ${names}`,
      `このリスクは複数の環境(${names})にあります`,
    ),
    remedy: text('choose one with --environment NAME', '--environment NAME で選択してください'),
  });
}

function risksNamed({ risks }: Assessment, id: string): readonly Risk[] {
  const exact = risks.filter((risk) => risk.id === id);
  return exact.length > 0 ? exact : risks.filter((risk) => risk.id.startsWith(id));
}

/**
 * The risk that an operand names by its id or the beginning of it.
 *
 * @throws UsageError `risk-id` when none or several begin so.
 */
export function riskNamed(assessment: Assessment, id: string | undefined): Risk {
  if (!id) throw noId();
  const found = risksNamed(assessment, id);
  const [risk] = found;
  if (risk && found.length === 1) return risk;
  throw new UsageError({
    code: 'risk-id',
    message:
      found.length === 0
        ? text(`the last assessment has no risk "${id}"`, `最後の評価に「${id}」というリスクはありません`)
        : text(
            `"${id}" is the beginning of ${found.length} risks of the last assessment; write more of the id`,
            `「${id}」で始まるリスクが最後の評価に${found.length}件あります。IDをもう少し長く書いてください`,
          ),
    remedy: text('honmaru risk list shows the ids', 'honmaru risk list でIDを確認できます'),
  });
}

function noId(): UsageError {
  return new UsageError({
    code: 'risk-id',
    message: text(
      'say which risk: the id, or the beginning of it',
      'リスクのID(先頭の数文字でも可)を指定してください',
    ),
    remedy: text('honmaru risk list shows the ids', 'honmaru risk list でIDを確認できます'),
  });
}

/** A risk that is acted on: as the last assessment has it, or as it was last shown where it is gone. */
export interface Named {
  readonly risk: Risk;
  readonly gone: boolean;
}

/**
 * The risk that an operand names, also one that is gone and of which only the history tells.
 *
 * @throws UsageError `risk-id`.
 */
export function riskOrHistoryNamed(
  assessment: Assessment,
  histories: Histories,
  id: string | undefined,
): Named {
  if (id && risksNamed(assessment, id).length === 0) {
    const environment = environmentOf(assessment);
    const past = [...histories.values()].filter(
      ([first]) => first?.environment === environment && first.risk.startsWith(id),
    );
    const last = past.length === 1 ? past[0]?.at(-1) : undefined;
    const risk = last && riskShown(last);
    if (risk) return { risk, gone: true };
  }
  return { risk: riskNamed(assessment, id), gone: false };
}

/** Where the declaration of a kept assessment lies. */
export function folderOf({ folder, paths, cwd }: KeptAssessment): string {
  if (folder !== undefined) return folder;
  const [path = cwd] = paths;
  return existsSync(join(path, '.')) ? path : dirname(path);
}

/** Who decides and signs about a kept assessment. */
export function rootsOf(kept: KeptAssessment): Roots {
  return rootsIn(kept.assessment.environment, folderOf(kept));
}

/**
 * Who acts: `--by`, else whom git names.
 *
 * @throws UsageError `by-missing`.
 */
export async function actorFrom(invocation: Invocation, terminal: Terminal): Promise<string> {
  const by = invocation.option('by')?.trim() || (await gitIdentity(terminal.cwd));
  if (by) return by;
  throw new UsageError({
    code: 'by-missing',
    message: text(
      'who acts? git names nobody here, so --by is needed',
      '操作者がわかりません。gitに名前の設定がないため、--by が必要です',
    ),
    remedy: text(
      '--by "Name <mail address>", or git config user.name and user.email',
      '--by "名前 <メールアドレス>" を付けるか、git config user.name と user.email を設定してください',
    ),
  });
}
