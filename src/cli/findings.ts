import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { ResourceGraph } from '../environment/graph.ts';
import { HonmaruError, InputError } from '../kernel/errors.ts';
import { stableId } from '../kernel/ids.ts';
import { text } from '../kernel/texts.ts';
import type { Assessment, NotAnalysed } from '../model/assessment.ts';
import type { ImportedFinding, Imports } from '../model/imported.ts';
import { collection } from '../store/collection.ts';
import { put } from '../store/operations.ts';
import type { Store } from '../store/store.ts';
import type { Invocation, OptionDefinition, Terminal } from './command.ts';
import { dataDirectory } from './last-assessment.ts';

export const FINDINGS_OPTION = {
  findings: {
    type: 'string',
    multiple: true,
    value: 'FILE',
    help: text(
      'what other tools found: ASFF, OCSF, Prowler, Trivy, Checkov or SARIF (may be repeated)',
      '他のツールの検出結果:ASFF・OCSF・Prowler・Trivy・Checkov・SARIF(複数指定可)',
    ),
  },
} satisfies Record<string, OptionDefinition>;

/** Adds the findings of `--findings` to an assessment; without the option it stays as it is. */
export async function importFindings(
  assessment: Assessment,
  graph: ResourceGraph,
  invocation: Invocation,
  terminal: Terminal,
): Promise<Assessment> {
  const named = invocation.options('findings');
  if (named.length === 0) return assessment;
  const { read, problems } = await readFiles(named, terminal);
  const withProblems = noted(assessment, problems);
  if (read.length === 0) return withProblems;
  const directory = dataDirectory(invocation.option('data'), terminal);
  const remembered = invocation.flag('no-store') ? undefined : await memory(directory, assessment);
  const { withImports } = await import('../risk/imports/import.ts');
  const whole = await withImports(withProblems, graph, read, remembered);
  if (whole.imports && !invocation.flag('no-store')) {
    const isKept = await remember(directory, whole, whole.imports, remembered);
    if (!isKept) terminal.error(`honmaru: ${NOT_KEPT[invocation.language]}\n`);
  }
  return whole;
}

const NOT_KEPT = text(
  'the import was not kept: the next one cannot tell what is new and what is gone',
  '取り込みの記録を残せませんでした。次回は新規・終了の区別ができません',
);

async function readFiles(named: readonly string[], terminal: Terminal) {
  const { FINDINGS_BYTES, readFindings } = await import('../sources/findings/index.ts');
  const { readSource } = await import('../sources/documents/read-file.ts');
  const problems: NotAnalysed[] = [];
  const read = [...new Set(named)].flatMap((shown) => {
    try {
      return [
        { shown, reading: readFindings(readSource(resolve(terminal.cwd, shown), shown, FINDINGS_BYTES)) },
      ];
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      problems.push(problemOf(shown, error));
      return [];
    }
  });
  return { read, problems };
}

function problemOf(shown: string, error: InputError): NotAnalysed {
  const isCut = error.code === 'json-syntax';
  const remedy = isCut
    ? text(
        'the file may be cut: nothing of it was used; write it again',
        'ファイルが途中で切れている可能性があります。内容は使っていません。出力し直してください',
      )
    : error.remedy;
  return {
    kind: 'input',
    what: shown,
    reason: error.text,
    ...(remedy ? { remedy } : {}),
    ...(error.place ? { source: error.place } : {}),
  };
}

function noted(assessment: Assessment, problems: readonly NotAnalysed[]): Assessment {
  const { coverage } = assessment;
  return { ...assessment, coverage: { ...coverage, notAnalysed: [...coverage.notAnalysed, ...problems] } };
}

/** What is kept of an import, so that the next one can tell what is new and what is gone. */
interface KeptImport {
  readonly findings: readonly ImportedFinding[];
}

const IMPORTS = collection<KeptImport>({ name: 'imports', indexes: {} });
const FILE = 'honmaru.db';

async function open(directory: string): Promise<Store> {
  const { openStore } = await import('../store/open.ts');
  return openStore(join(directory, FILE), { collections: [IMPORTS] });
}

function keyOf(assessment: Assessment): string {
  return stableId('imports', assessment.environment.name);
}

async function memory(
  directory: string,
  assessment: Assessment,
): Promise<Pick<Imports, 'findings'> | undefined> {
  if (!existsSync(join(directory, FILE))) return undefined;
  return withStore(directory, async (store) => (await store.get(IMPORTS, keyOf(assessment)))?.value);
}

/** Keeps the failing facts; those of tools that were not given this time stay as they were. False where it cannot. */
async function remember(
  directory: string,
  assessment: Assessment,
  imports: Imports,
  before: Pick<Imports, 'findings'> | undefined,
): Promise<boolean> {
  const tools = new Set(imports.files.flatMap((file) => file.tools));
  const silent = (before?.findings ?? []).filter(
    ({ sources }) => !sources.some(({ tool }) => tools.has(tool)),
  );
  const now = imports.findings.filter(({ fact }) => fact === 'fail').map(slim);
  const ids = new Set(now.map(({ id }) => id));
  const findings = [...now, ...silent.filter(({ id }) => !ids.has(id))];
  const done = await withStore(directory, async (store) => {
    await store.transact({ operations: [put(IMPORTS, keyOf(assessment), { findings })] });
    return true;
  });
  return done === true;
}

/** One source per tool is enough to tell who is silent; its own words are not needed for that. */
function slim(finding: ImportedFinding): ImportedFinding {
  const sources = new Map(finding.sources.map((each) => [each.tool, { ...each, uid: '', title: '' }]));
  return { ...finding, risks: [], sources: [...sources.values()] };
}

/** A place that cannot be read or written never fails the assessment: the import just has no memory. */
async function withStore<T>(directory: string, use: (store: Store) => Promise<T>): Promise<T | undefined> {
  try {
    const store = await open(directory);
    try {
      return await use(store);
    } finally {
      await store.close();
    }
  } catch (error) {
    if (!(error instanceof HonmaruError)) throw error;
    return undefined;
  }
}
