import { type Text, text } from '../kernel/texts.ts';
import type { NotAnalysed, UnknownFact } from '../model/assessment.ts';
import type { Declaration, Scope } from '../model/declaration.ts';
import { readStacks } from '../sources/cloudformation/read-stacks.ts';
import { attributeNotes } from './check-attributes.ts';
import { mergeDeclarations, readDeclarations } from './declarations.ts';
import { ResourceGraph } from './graph.ts';
import { findInputs } from './inputs.ts';
import { literalJoins } from './join-literals.ts';
import { loadSnapshots } from './load-snapshots.ts';
import { loadTemplates } from './load-templates.ts';
import { loadTerraform } from './load-terraform.ts';
import { unknownFacts } from './unknowns.ts';

export interface ReadOptions {
  readonly paths: readonly string[];
  /** `--parameter K=V`; they go before those of `honmaru.yaml`. */
  readonly parameters: ReadonlyMap<string, string>;
  readonly scope?: Scope;
  /** ISO 8601. */
  readonly asOf: string;
  readonly cwd: string;
  onProgress?(message: Text): void;
}

export interface EnvironmentReading {
  readonly graph: ResourceGraph;
  readonly declaration: Declaration;
  readonly unknowns: readonly UnknownFact[];
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
  const snapshots = await loadSnapshots(inputs, options.asOf, report);
  // What people declare goes before what the kind of the input suggests.
  const suggested = declared.length === 0 ? snapshots.scope : undefined;
  const declaration = mergeDeclarations(declared, { ...options, scope: options.scope ?? suggested });
  const onProgress = (message: Text) => options.onProgress?.(message);
  const { parameters } = declaration;
  const terraform = await loadTerraform(snapshots.rest, { ...options, parameters, report, onProgress });
  const templates = await loadTemplates(terraform.rest, { cwd: options.cwd, declared, report, onProgress });
  const { resources: declaredInStacks, notes } = readStacks(templates, parameters);
  const resources = [...declaredInStacks, ...terraform.resources, ...snapshots.resources];
  for (const note of notes) report(note);
  const failed = notAnalysed.some(({ kind }) => kind === 'input');
  if (templates.length + terraform.sources + snapshots.count === 0 && !failed)
    report(nothingFound(options.paths));
  else if (resources.length === 0 && !failed) report(nothingMade(options.paths));
  const name = declaration.name ?? templates[0]?.stack ?? snapshots.account ?? 'environment';
  const facts = { name, declaration, asOf: options.asOf };
  const graph = new ResourceGraph(facts, resources, literalJoins(resources));
  for (const note of attributeNotes(declaredInStacks)) report(note);
  return { graph, declaration, unknowns: unknownFacts(resources), notAnalysed };
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
