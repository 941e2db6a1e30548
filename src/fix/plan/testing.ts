import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Answers, Change } from './change.ts';
import { type FixPlan, planFix } from './plan.ts';

const NOTHING_SAID: Answers = { values: new Map(), acceptedCosts: new Set() };

/** What a test plans for. */
export interface Options {
  readonly answers?: Partial<Answers>;
  readonly only?: readonly string[];
  readonly scope?: 'application' | 'account';
  /** Names of files instead of the whole folder. */
  readonly paths?: readonly string[];
}

/** Plans for files that are given by name. */
export async function plannedFor(
  files: Readonly<Record<string, string>>,
  options: Options = {},
): Promise<FixPlan> {
  const folder = mkdtempSync(join(tmpdir(), 'honmaru-plan-'));
  try {
    for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
    const { only, scope, answers, paths } = options;
    return await planFix({
      read: {
        paths: paths?.map((name) => join(folder, name)) ?? [folder],
        parameters: new Map(),
        asOf: '2026-01-01T00:00:00.000Z',
        cwd: folder,
        ...(scope ? { scope } : {}),
      },
      answers: { ...NOTHING_SAID, ...answers },
      wanted: ({ safeguard }) => !only || only.includes(safeguard.id),
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The text of the one file that a plan changes. */
export const textOf = ({ edited }: FixPlan) => [...edited.values()][0]?.text;
/** The change whose id begins so. */
export const changeOf = ({ changes }: Pick<FixPlan, 'changes'>, id: string): Change | undefined =>
  changes.find((each) => each.id.startsWith(id));
