import type { ResourceGraph } from '../../environment/graph.ts';
import { HonmaruError } from '../../kernel/errors.ts';
import type { SourceFile } from '../../kernel/source-file.ts';
import { joinTexts, type Text, text, verbatim } from '../../kernel/texts.ts';
import type { Edit } from '../../model/remedy.ts';
import { CdkApps } from '../cdk/cdk-apps.ts';
import {
  fitting,
  hasResource,
  isMadeBySam,
  knowsName,
  meansAgreed,
  openTemplate,
  refuseMacros,
  refuseMade,
  type TemplateFile,
  tryWishes,
  wishFor,
} from '../cloudformation/template-file.ts';
import { editDocument } from '../document/edit-document.ts';
import { grant, type Wish } from '../document/patch.ts';
import { Refusal } from '../document/refusal.ts';
import type { TerraformFiles } from '../terraform/terraform-files.ts';
import { answered } from './answers.ts';
import type { Candidate, Change } from './change.ts';
import { fileOf, homeOf, mainConfiguration, mainTemplate, type RoundContext } from './context.ts';
import type { EditedFiles, FileChange } from './file-change.ts';
import { type DraftContext, draftOf } from './judge.ts';
import { namesInEdits, type Replacement, withReferences } from './references.ts';
import { rolesOverAllBuckets } from './servers.ts';

/** What a round did: every change with its outcome, and the files that it changes. */
export interface Round {
  readonly changes: readonly Change[];
  readonly files: readonly FileChange[];
  /** Changes that contradict another one of this round; they get their turn in the next, if still needed. */
  readonly deferred: readonly Change[];
}

/** Plans one round: every candidate is drafted, tried in its template, and granted beside the others. */
export async function planRound(context: RoundContext, candidates: readonly Candidate[]): Promise<Round> {
  const templates = new Templates();
  const apps = new CdkApps(context.answers, context.read);
  const terraform = lazily(async () => {
    const { TerraformFiles: Files } = await import('../terraform/terraform-files.ts');
    return Files.of(context.graph, context.read);
  });
  const deferred: Change[] = [];
  const changes: Change[] = [];
  const nameOf = await namesOf(context.graph);
  const drafts = candidates.map((candidate) => ({
    candidate,
    draft: draftOf({ graph: context.graph, nameOf }, candidate, context.answers),
  }));
  for (const { candidate, draft } of drafts.toSorted((a, b) => rankOf(a.draft) - rankOf(b.draft))) {
    if (draft.edits.length === 0) {
      changes.push(draft);
      continue;
    }
    const app = cdkAppAt(context, apps, candidate);
    const result =
      app !== undefined
        ? placedInApp(apps, app, draft, candidate)
        : isTerraform(context, candidate)
          ? await placedInTerraform(context, await terraform.get(), candidate, draft)
          : await placed(context, templates, candidate, draft);
    if (result === 'deferred') deferred.push(draft);
    else changes.push(result);
  }
  const edited = await templates.finish();
  const inTerraform = terraform.made() ? (await terraform.get()).finish() : NO_FILES;
  const failures = new Map([...edited.failures, ...inTerraform.failures]);
  return {
    changes: changes.map((change) => {
      const failure = failures.get(change.id);
      return failure ? refused(change, failure) : change;
    }),
    files: [...edited.files, ...inTerraform.files, ...apps.finish()],
    deferred,
  };
}

/** How files call properties; the words of Terraform are loaded only where there is some. */
async function namesOf(graph: ResourceGraph): Promise<DraftContext['nameOf']> {
  if (!graph.resources.some(({ id }) => id.startsWith('tf:'))) return (_resource, property) => property;
  const { argumentOf } = await import('../terraform/argument-of.ts');
  return (resource, property) => (resource.id.startsWith('tf:') ? argumentOf(resource, property) : property);
}

const NO_FILES: EditedFiles = { files: [], failures: new Map() };

interface Lazy<T> {
  get(): Promise<T>;
  made(): boolean;
}

/** What edits Terraform is loaded only where there is something to edit. */
function lazily<T>(make: () => Promise<T>): Lazy<T> {
  let made: Promise<T> | undefined;
  return {
    get: () => {
      made ??= make();
      return made;
    },
    made: () => made !== undefined,
  };
}

/** The CDK app that made the template of a place, whose templates are never edited themselves. */
function cdkAppAt({ graph }: RoundContext, apps: CdkApps, { place }: Candidate): string | undefined {
  const file = fileOf(place) ?? mainTemplate(graph);
  return file && apps.appOf(file);
}

function placedInApp(apps: CdkApps, app: string, draft: Change, { place }: Candidate): Change {
  try {
    return apps.grant(app, draft, place);
  } catch (error) {
    return refused(draft, error);
  }
}

/** Whether a place is edited in Terraform: it stands there, or the environment has nothing else. */
function isTerraform({ graph }: RoundContext, { place }: Candidate): boolean {
  if (place.id.startsWith('tf:')) return true;
  return !fileOf(place) && mainTemplate(graph) === undefined && mainConfiguration(graph) !== undefined;
}

async function placedInTerraform(
  { graph, answers }: RoundContext,
  files: TerraformFiles,
  { place }: Candidate,
  draft: Change,
): Promise<Change | 'deferred'> {
  const home = homeOf(graph, place);
  try {
    if (!home) throw new Refusal(NO_FILE);
    files.refuseOwnResources(place, draft.edits);
    const isAddress = (name: string) => graph.get(name.startsWith('tf:') ? name : `tf:${name}`) !== undefined;
    const roles = rolesOverAllBuckets(graph, home);
    const filled = answered(draft.edits, answers, isAddress, roles, (name) => files.ownName(name));
    if (filled.missing.length > 0) {
      return { ...draft, outcome: 'needs', edits: [], deploy: [], reason: missingText(filled.missing) };
    }
    if (files.grant(filled.edits, home, draft.id) === 'deferred') return 'deferred';
    const first = [...draft.first, ...filled.first, ...files.noteOf(place)];
    return { ...draft, edits: filled.edits, first };
  } catch (error) {
    return refused(draft, error);
  }
}

function refused(draft: Change, error: unknown): Change {
  if (!(error instanceof Refusal)) throw error;
  const { reason, place } = error;
  return { ...draft, outcome: 'refused', edits: [], deploy: [], reason, ...(place ? { where: place } : {}) };
}

/** What gives a narrower way goes before what only closes one, so that the closing does not win. */
function rankOf({ edits }: Change): number {
  return edits.length > 0 && edits.every(({ kind }) => kind === 'remove-property') ? 1 : 0;
}

class Templates {
  readonly #open = new Map<string, TemplateFile | HonmaruError>();

  async of(file: SourceFile): Promise<TemplateFile> {
    let template = this.#open.get(file.path);
    if (!template) {
      template = await opened(file);
      this.#open.set(file.path, template);
    }
    if (template instanceof HonmaruError) throw new Refusal(template.text, template.place);
    return template;
  }

  async finish(): Promise<EditedFiles> {
    const files: FileChange[] = [];
    const failures = new Map<string, Refusal>();
    for (const template of this.#open.values()) {
      if (template instanceof HonmaruError || template.patch.below.size === 0) continue;
      const { file } = template.document;
      try {
        const { text: after, splices, parsed } = await editDocument(template.document, template.patch);
        if (parsed) files.push({ file, after, splices, isNew: false, parsed });
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        for (const id of template.patch.by) failures.set(id, error);
      }
    }
    return { files, failures };
  }
}

async function opened(file: SourceFile): Promise<TemplateFile | HonmaruError> {
  try {
    return await openTemplate(file);
  } catch (error) {
    if (error instanceof HonmaruError) return error;
    throw error;
  }
}

/** Writes a draft's edits into the patches of its templates, or says why not. */
async function placed(
  context: RoundContext,
  templates: Templates,
  candidate: Candidate,
  draft: Change,
): Promise<Change | 'deferred'> {
  try {
    const home = homeOf(context.graph, candidate.place);
    if (!home) throw new Refusal(NO_FILE);
    const template = await templates.of(home);
    refuseMacros(template);
    if (fileOf(candidate.place) === home) refuseMade(template, candidate.place);
    const roles = rolesOverAllBuckets(context.graph, home);
    const isKnown = (name: string) =>
      meansAgreed(template, name) ||
      (name === candidate.place.name && isMadeBySam(template, candidate.place));
    const filled = answered(draft.edits, context.answers, isKnown, roles);
    if (filled.missing.length > 0) {
      return { ...draft, outcome: 'needs', edits: [], deploy: [], reason: missingText(filled.missing) };
    }
    const edits = renamed(template, filled.edits);
    const granted = await grantAll(context, templates, template, edits, draft.id);
    if (granted === 'deferred') return 'deferred';
    return { ...draft, edits, first: [...draft.first, ...filled.first] };
  } catch (error) {
    return refused(draft, error);
  }
}

const NO_FILE = text(
  'the place is not declared in a template here (a plan, a state or a live account cannot be edited)',
  'この場所はテンプレートで宣言されていません(プラン・ステート・稼働中のアカウントは編集できません)',
);

function missingText(names: readonly string[]): Text {
  const needed = names.includes('DomainName') ? names.filter((name) => name !== 'HostedZoneId') : names;
  const options = joinTexts(needed.map((name) => verbatim(optionFor(name))));
  const zone = needed.length < names.length ? ZONE_TOO : NOTHING_MORE;
  return text(`say first: ${options.en}${zone.en}`, `先に指定してください: ${options.ja}${zone.ja}`);
}

const NOTHING_MORE = text('', '');
const ZONE_TOO = text(
  ' (and --hosted-zone ID where Route 53 hosts the name)',
  '(Route 53で管理している場合は --hosted-zone ID も)',
);

function optionFor(name: string): string {
  if (name === 'DomainName') return '--domain NAME';
  if (name === 'HostedZoneId') return '--hosted-zone ID';
  return name.endsWith('Recipient') ? '--email ADDRESS' : `--set ${name}=VALUE`;
}

/** Logical ids of added resources that mean something else in the template get a number. */
function renamed(template: TemplateFile, edits: readonly Edit[]): readonly Edit[] {
  for (let number = 2; ; number += 1) {
    const numbered = renamedBy(template, edits, number);
    if (numbered) return numbered;
  }
}

/**
 * The edits with a number behind each name that is taken, or undefined where that is taken too. What the template
 * itself uses goes first: an added resource that refers to it may be the one that is asked for already.
 */
function renamedBy(
  template: TemplateFile,
  edits: readonly Edit[],
  number: number,
): readonly Edit[] | undefined {
  const names = new Map<string, Replacement>();
  for (;;) {
    const next = withReferences(edits, names);
    const taken = next.flatMap((edit) =>
      edit.kind === 'add-resource' && !isFree(template, edit) ? [edit.logicalId] : [],
    );
    if (taken.length === 0) return next;
    if ([...names.values()].some(({ name }) => taken.includes(name ?? ''))) return undefined;
    const known = taken.filter((name) => knowsName(template, name));
    for (const name of known.length > 0 ? known : taken) names.set(name, { name: `${name}${number}` });
  }
}

/** Whether an added resource has a name of its own, or is there or asked for just so already. */
function isFree(template: TemplateFile, edit: Edit): boolean {
  return edit.kind !== 'add-resource' || hasResource(template, edit) || !isTaken(template, edit);
}

function isTaken(template: TemplateFile, edit: Extract<Edit, { kind: 'add-resource' }>): boolean {
  if (knowsName(template, edit.logicalId)) return true;
  const asked = template.patch.below.get('Resources')?.below.get(edit.logicalId);
  const wish = wishFor(template, edit, undefined);
  return asked !== undefined && wish !== undefined && fitting(template, [wish]) === undefined;
}

/**
 * Grants the edits in the templates that they belong to, all or none.
 *
 * @throws Refusal where one is not certain.
 */
async function grantAll(
  { graph }: RoundContext,
  templates: Templates,
  home: TemplateFile,
  edits: readonly Edit[],
  id: string,
): Promise<'granted' | 'deferred'> {
  const wishes = new Map<TemplateFile, Wish[]>([[home, []]]);
  for (const edit of edits) {
    if (edit.kind === 'add-resource' && hasResource(home, edit)) continue;
    const resource =
      edit.kind === 'add-resource' || edit.kind === 'command' ? undefined : graph.get(edit.resource);
    const file = fileOf(resource);
    const template = file ? await templates.of(file) : home;
    if (template !== home) sameNames(template, home, edit);
    const wish = wishFor(template, edit, resource);
    if (wish) wishes.set(template, [...(wishes.get(template) ?? []), wish]);
  }
  const fitted: (readonly [TemplateFile, readonly Wish[]])[] = [];
  for (const [template, asked] of wishes) {
    if (asked.length === 0) continue;
    const fit = fitting(template, asked);
    if (!fit) return 'deferred';
    refuseMacros(template);
    tryWishes(template, fit);
    fitted.push([template, fit]);
  }
  for (const [template, fit] of fitted) for (const wish of fit) grant(template.patch, wish, id);
  return 'granted';
}

/** @throws Refusal where an edit of another template refers to names that only this one knows. */
function sameNames(template: TemplateFile, home: TemplateFile, edit: Edit): void {
  const foreign = [...namesInEdits([edit])].find((name) => !knowsName(template, name));
  if (foreign === undefined) return;
  throw new Refusal(
    text(
      `${foreign} is in ${home.document.file.path}, but the edit is in ${template.document.file.path}: export and import it`,
      `${foreign} は ${home.document.file.path} にありますが、編集先は ${template.document.file.path} です。エクスポートとインポートが必要です`,
    ),
  );
}
