import type { SourceFile } from '../../kernel/source-file.ts';
import { text } from '../../kernel/texts.ts';
import type { Edit, EditValue } from '../../model/remedy.ts';
import type { Resource } from '../../model/resource.ts';
import { openDocument, splicesFor } from '../document/edit-document.ts';
import type { OpenDocument } from '../document/editing.ts';
import { sameMeaning } from '../document/functions.ts';
import { agrees, emptyPatch, grant, type Patch, type Wish } from '../document/patch.ts';
import { Refusal, refuseAt } from '../document/refusal.ts';
import { type TreeNode, treeChild } from '../document/tree.ts';
import { serverlessSetter, serverlessSource } from './serverless.ts';

/** A template that is being edited: what it says, and what is asked of it so far. */
export interface TemplateFile {
  readonly document: OpenDocument;
  readonly patch: Patch;
}

/**
 * Opens a template for editing.
 *
 * @throws InputError where it cannot be read without doubt.
 */
export async function openTemplate(file: SourceFile): Promise<TemplateFile> {
  return { document: await openDocument(file), patch: emptyPatch() };
}

/** Whether a name means something in a template: of a resource, or of a parameter. */
export function knowsName({ document }: TemplateFile, name: string): boolean {
  return ['Resources', 'Parameters'].some(
    (section) => treeChild(treeChild(document.tree.root, section), name) !== undefined,
  );
}

/** The types of what remedies refer to by an agreed name, because another change adds it. */
const AGREED_TYPES: ReadonlyMap<string, string> = new Map([
  ['LogBucket', 'AWS::S3::Bucket'],
  ['LogBucketPolicy', 'AWS::S3::BucketPolicy'],
  ['DistributionLogBucket', 'AWS::S3::Bucket'],
  ['TrailBucket', 'AWS::S3::Bucket'],
  ['ConfigBucket', 'AWS::S3::Bucket'],
  ['SafeguardsKey', 'AWS::KMS::Key'],
  ['SecurityTopic', 'AWS::SNS::Topic'],
  ['TrailLogGroup', 'AWS::Logs::LogGroup'],
]);

/** Whether a name is what remedies mean by it: something else may happen to be called so. */
export function meansAgreed(template: TemplateFile, name: string): boolean {
  if (!knowsName(template, name)) return false;
  const agreed = AGREED_TYPES.get(name);
  const resource = treeChild(treeChild(template.document.tree.root, 'Resources'), name);
  const type = treeChild(resource, 'Type');
  return agreed === undefined || !resource || (type?.kind === 'scalar' && type.value === agreed);
}

/** Whether a name is the one that SAM gives to something that it makes of a resource of this template. */
export function isMadeBySam({ document }: TemplateFile, resource: Resource | undefined): boolean {
  return (
    resource?.span.file.path === document.file.path &&
    serverlessSource(document.tree.root, resource) !== undefined
  );
}

/** @throws Refusal where a resource of this file is made by a loop or a macro, so that it has no name to refer to. */
export function refuseMade({ document }: TemplateFile, resource: Resource): void {
  if (resource.span.file.path !== document.file.path || resource.span.file.path === '') return;
  if (treeChild(treeChild(document.tree.root, 'Resources'), resource.name)) return;
  if (serverlessSource(document.tree.root, resource)) return;
  throw madeElsewhere(document.file, resource);
}

function madeElsewhere(file: SourceFile, { name, span }: Resource): Refusal {
  return refuseAt(
    file,
    span.start,
    text(
      `${name} is made by a loop or a macro; change what makes it`,
      `${name} はループまたはマクロで作られています。元の記述を変更してください`,
    ),
  );
}

/** Whether a resource that is to be added is there already, just so. */
export function hasResource(template: TemplateFile, edit: Extract<Edit, { kind: 'add-resource' }>): boolean {
  const there = at(template.document.plain, ['Resources', edit.logicalId]);
  return there !== undefined && sameMeaning(there, resourceOf(edit));
}

function resourceOf(edit: Extract<Edit, { kind: 'add-resource' }>): EditValue {
  const { type, properties } = edit;
  return Object.keys(properties).length === 0 ? { Type: type } : { Type: type, Properties: properties };
}

function at(value: EditValue, path: readonly string[]): EditValue | undefined {
  let here: EditValue | undefined = value;
  for (const step of path) {
    if (typeof here !== 'object' || here === null) return undefined;
    here = Object.hasOwn(here, step) ? (here as { readonly [key: string]: EditValue })[step] : undefined;
  }
  return here;
}

/**
 * The wish that an edit is for its template.
 *
 * @param resource the resource that it changes; undefined for one that it adds
 * @throws Refusal where the template does not declare that resource as itself (a macro or a loop made it)
 */
export function wishFor(
  template: TemplateFile,
  edit: Edit,
  resource: Resource | undefined,
): Wish | undefined {
  if (edit.kind === 'command') return undefined;
  if (edit.kind === 'add-resource') {
    return { path: ['Resources', edit.logicalId], value: resourceOf(edit) };
  }
  if (!resource) throw new Refusal(NOT_HERE);
  const property = edit.kind === 'set-property' ? (edit.path[0] ?? '') : '';
  const setter = serverlessSetter(template.document.tree.root, resource, property);
  if (setter !== undefined && edit.kind === 'set-property') {
    return { path: ['Resources', setter, 'Properties', ...edit.path], value: edit.value };
  }
  declaredHere(template, resource);
  const path = ['Resources', resource.name];
  if (edit.kind === 'set-attribute') return { path: [...path, edit.attribute], value: edit.value };
  const value = edit.kind === 'set-property' ? edit.value : undefined;
  return { path: [...path, 'Properties', ...edit.path], value };
}

const NOT_HERE = text(
  'the resource is not declared in this template',
  'このテンプレートで宣言されていないリソースです',
);

function declaredHere({ document }: TemplateFile, resource: Resource): void {
  const entry = treeChild(treeChild(document.tree.root, 'Resources'), resource.name);
  if (!entry) throw madeElsewhere(document.file, resource);
  const type = treeChild(entry, 'Type');
  if (type?.kind === 'scalar' && type.value === resource.type) return;
  throw refuseAt(
    document.file,
    entry.start,
    text(
      `${resource.name} is written as ${shown(type)}, which becomes ${resource.type} only when it is deployed`,
      `${resource.name} は ${shown(type)} と書かれており、デプロイ時に初めて ${resource.type} になります`,
    ),
  );
}

function shown(node: TreeNode | undefined): string {
  return node?.kind === 'scalar' ? node.value : 'something else';
}

/** Transforms that are read here as AWS applies them; any other may make anything of a template. */
const KNOWN_TRANSFORMS = new Set([
  'AWS::Serverless-2016-10-31',
  'AWS::LanguageExtensions',
  'AWS::SecretsManager-2024-09-16',
  'AWS::SecretsManager-2020-07-23',
]);

/** @throws Refusal where a macro rewrites the whole template, so that nothing in it is certain. */
export function refuseMacros({ document }: TemplateFile): void {
  const transform = treeChild(document.tree.root, 'Transform');
  const names =
    transform?.kind === 'list' ? transform.items.map(({ value }) => value) : transform ? [transform] : [];
  for (const name of names) {
    if (name.kind === 'scalar' && KNOWN_TRANSFORMS.has(name.value)) continue;
    throw refuseAt(
      document.file,
      name.start,
      text(
        'a macro rewrites this template when it is deployed; what it makes of a change is not certain',
        'デプロイ時にマクロがテンプレートを書き換えるため、変更の結果を確定できません',
      ),
    );
  }
}

/**
 * Tries wishes by themselves.
 *
 * @throws Refusal where one of them cannot be granted with certainty.
 */
export function tryWishes({ document }: TemplateFile, wishes: readonly Wish[]): void {
  const patch = emptyPatch();
  for (const wish of wishes) grant(patch, wish, '');
  splicesFor(document, patch);
}

/**
 * Wishes as they can be granted together with what is asked for already, or undefined where they contradict it.
 * Appends that two changes ask for at the same place of a list go one behind the other.
 */
export function fitting(template: TemplateFile, wishes: readonly Wish[]): readonly Wish[] | undefined {
  const own = emptyPatch();
  const fitted: Wish[] = [];
  for (const wish of wishes) {
    const next = shifted(template, own, wish);
    if (!agrees(template.patch, next) || !agrees(own, next)) return undefined;
    grant(own, next, '');
    fitted.push(next);
  }
  return fitted;
}

function shifted(template: TemplateFile, own: Patch, wish: Wish): Wish {
  const last = wish.path.at(-1) ?? '';
  if (!/^\d+$/.test(last) || wish.value === undefined) return wish;
  const holder = wish.path.slice(0, -1);
  const there = at(template.document.plain, holder);
  const length = Array.isArray(there) ? there.length : there === undefined ? 0 : 1;
  const most = length + MOST_APPENDED;
  for (let index = Number(last); index >= length && index < most; index += 1) {
    const next = { ...wish, path: [...holder, String(index)] };
    if (agrees(template.patch, next) && agrees(own, next)) return next;
  }
  return wish;
}

const MOST_APPENDED = 1000;
