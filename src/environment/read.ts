import { type Text, text } from '../kernel/texts.ts';
import type { NotAnalysed, UnknownFact } from '../model/assessment.ts';
import type { Declaration, DeclaredMove, Scope } from '../model/declaration.ts';
import type { DriftReport } from '../model/drift.ts';
import type { KeyFact } from '../model/key-fact.ts';
import type { Register } from '../model/register.ts';
import type { Resource } from '../model/resource.ts';
import { inputNote } from '../sources/cloudformation/note.ts';
import { readStacks } from '../sources/cloudformation/read-stacks.ts';
import { attributeNotes } from './check-attributes.ts';
import { DECLARATION_NAME } from './declaration.ts';
import { mergeDeclarations, readDeclarations } from './declarations.ts';
import { unknownPlaces } from './declared-places.ts';
import { ResourceGraph } from './graph.ts';
import { findInputs } from './inputs.ts';
import { literalJoins } from './join-literals.ts';
import { keyFiles } from './key-files.ts';
import { loadSelfHosted } from './load-self-hosted.ts';
import { loadSnapshots, type SnapshotLoading } from './load-snapshots.ts';
import { type EditedFile, loadTemplates } from './load-templates.ts';
import { loadTerraform } from './load-terraform.ts';
import { resolveMoves } from './moves.ts';
import { readRegisters } from './registers.ts';
import { unknownFacts } from './unknowns.ts';

export interface ReadOptions {
  readonly paths: readonly string[];
  /** `--parameter K=V`; they go before those of `honmaru.yaml`. */
  readonly parameters: ReadonlyMap<string, string>;
  readonly scope?: Scope;
  /** Renames that count beside the declared ones. */
  readonly moved?: readonly DeclaredMove[];
  /** ISO 8601. */
  readonly asOf: string;
  readonly cwd: string;
  /** Texts that count instead of what the files hold now, by absolute path: what would be after a change. */
  readonly edited?: ReadonlyMap<string, EditedFile>;
  /** Keys that cannot be used, or soon no more, as the KMS that keeps them says. */
  readonly keys?: readonly KeyFact[];
  onProgress?(message: Text): void;
}

export interface EnvironmentReading {
  readonly graph: ResourceGraph;
  readonly declaration: Declaration;
  /** Where `honmaru.yaml` lies, or would: the first folder that was given. */
  readonly folder?: string;
  /** Assets and risks that people entered by hand; absent where there is no such file. */
  readonly register?: Register;
  readonly unknowns: readonly UnknownFact[];
  /** Where the account is not as declared; only where both were given. */
  readonly drift?: DriftReport;
  readonly notAnalysed: readonly NotAnalysed[];
}

/**
 * Reads everything below the given paths into one resource graph. Never throws for what strangers wrote:
 * it becomes `notAnalysed` (kind `input`), and what could be read is in the graph.
 */
export async function readEnvironment(options: ReadOptions): Promise<EnvironmentReading> {
  const notAnalysed: NotAnalysed[] = [];
  const report = (note: NotAnalysed) => notAnalysed.push(note);
  const inputs = findInputs(options.paths, options.cwd);
  for (const note of inputs.notes) report(note);
  const declared = await readDeclarations(inputs.folders, options.cwd, report);
  const register = await readRegisters(inputs.folders, options.cwd, report);
  const snapshots = await loadSnapshots(inputs, options.asOf, report);
  // What people declare goes before what the kind of the input suggests.
  const suggested = declared.length === 0 ? snapshots.scope : undefined;
  const declaration = mergeDeclarations(declared, { ...options, scope: options.scope ?? suggested });
  const onProgress = (message: Text) => options.onProgress?.(message);
  const { parameters } = declaration;
  const selfHosted = await loadSelfHosted(snapshots.rest, {
    report,
    ...(declaration.name === undefined ? {} : { name: declaration.name }),
  });
  const terraform = await loadTerraform(selfHosted.rest, { ...options, parameters, report, onProgress });
  const { cwd, edited } = options;
  const templateOptions = { cwd, declared, report, onProgress, ...(edited ? { edited } : {}) };
  const templates = await loadTemplates(terraform.rest, templateOptions);
  const { resources: declaredInStacks, notes } = readStacks(templates, parameters);
  const declaredResources = [...declaredInStacks, ...terraform.resources];
  const joined = await withLive(declaredResources, snapshots);
  const resources = [...joined.resources, ...selfHosted.resources, ...keyFiles(options.keys ?? [])];
  for (const note of notes) report(note);
  const excused = notAnalysed.some(({ kind }) => kind === 'input') || entered(register);
  if (templates.length + terraform.sources + snapshots.count + selfHosted.count === 0 && !excused)
    report(nothingFound(options.paths));
  else if (resources.length === 0 && !excused) report(nothingMade(options.paths));
  const name =
    declaration.name ??
    templates[0]?.stack ??
    terraform.name ??
    snapshots.account ??
    selfHosted.project ??
    fileName(options);
  const { moved, problems } = resolveMoves(
    [...(declaration.moved ?? []), ...(options.moved ?? [])],
    resources,
  );
  for (const problem of problems) report(inputNote(problem.place?.file ?? DECLARATION_NAME, problem));
  const live = snapshots.count > 0 ? { regions: snapshots.regions, unanswered: snapshots.unanswered } : {};
  const { keys, asOf } = options;
  const facts = { name, declaration: { ...declaration, moved }, asOf, ...live, ...(keys && { keys }) };
  for (const note of unknownPlaces(facts.declaration, resources)) report(note);
  const graph = new ResourceGraph(facts, resources, literalJoins(resources));
  for (const note of attributeNotes(declaredInStacks)) report(note);
  const reading = {
    graph,
    declaration: facts.declaration,
    folder: declared[0]?.folder ?? inputs.folders[0] ?? options.cwd,
    unknowns: unknownFacts(resources),
    notAnalysed,
    ...(joined.report ? { drift: joined.report } : {}),
  };
  return register ? { ...reading, register } : reading;
}

/** Where nothing better names an environment: the file that was given. A folder has another name on each machine. */
function fileName({ paths: [path = ''] }: ReadOptions): string {
  const name = /([^/\\]+)\.json$/i.exec(path)?.[1];
  return name ?? 'environment';
}

interface WithLive {
  readonly resources: readonly Resource[];
  readonly report?: DriftReport;
}

/** Templates and an account together are one environment: what is declared, as it really is. */
async function withLive(declared: readonly Resource[], snapshots: SnapshotLoading): Promise<WithLive> {
  if (declared.length === 0 || snapshots.count === 0) {
    return { resources: [...declared, ...snapshots.resources] };
  }
  const { joinLive } = await import('./drift/join.ts');
  return joinLive(declared, snapshots.resources, snapshots);
}

/** What people entered by hand is an environment also without any template. */
function entered(register: Register | undefined): boolean {
  return register !== undefined && register.assets.length + register.risks.length > 0;
}

function nothingFound(paths: readonly string[]): NotAnalysed {
  return {
    kind: 'input',
    what: paths.join(' '),
    reason: text('no template was found', 'テンプレートが見つかりませんでした'),
    remedy: text(
      'give a template or a folder that holds one',
      'テンプレート、またはテンプレートのあるフォルダを指定してください',
    ),
  };
}

function nothingMade(paths: readonly string[]): NotAnalysed {
  return {
    kind: 'outside',
    what: paths.join(' '),
    reason: text(
      'with these parameters the conditions of the templates leave no resource',
      'このパラメータでは、テンプレートの条件によりリソースが1つも作られません',
    ),
  };
}
