import assert from 'node:assert/strict';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { Lexer, parse } from 'yaml';
import { honmaru, type Ran, ROOT, run } from './program.ts';

export interface JsonEdit {
  readonly kind: string;
  readonly resource?: string;
  readonly logicalId?: string;
  readonly path?: readonly string[];
}

export interface JsonFix {
  readonly bands: Record<'before' | 'after', Record<'high' | 'medium' | 'low', number>>;
  readonly changes: readonly {
    readonly id: string;
    readonly outcome: string;
    readonly safeguard: string;
    readonly place: string;
    readonly edits: readonly JsonEdit[];
  }[];
  readonly files: readonly { readonly path: string; readonly isNew: boolean }[];
  readonly newFailing: readonly { readonly control: string; readonly resource: string }[];
  readonly failingOnAdded: readonly {
    readonly control: string;
    readonly resource: string;
    readonly reason: object | null;
  }[];
  readonly remaining: readonly { readonly id: string }[];
  readonly raised: readonly { readonly rule: string }[];
}

interface JsonAssessment {
  readonly findings: readonly { readonly control: string; readonly status: string }[];
  readonly safeguards: readonly {
    readonly id: string;
    readonly attachments: readonly { readonly resource: string; readonly state: string }[];
  }[];
  readonly risks: readonly { readonly rule: string; readonly current: { readonly high: number } }[];
}

export interface Proved extends JsonFix {
  readonly diff: string;
}

const fitsSchema = new Ajv2020({ strict: false }).compile(
  JSON.parse(readFileSync(join(ROOT, 'docs/schemas/fix.schema.json'), 'utf8')),
);

/** What `fix` needs to be told so that nothing waits for an answer. */
export const ANSWERS = [
  '--domain',
  'shop.example.com',
  '--hosted-zone',
  'Z0123456789ABC',
  '--email',
  'security@example.com',
  '--set',
  'MonthlyBudgetDollars=100',
  '--set',
  'ViewerCertificateArn=arn:aws:acm:us-east-1:111122223333:certificate/a',
];

function fix(cwd: string, path: string, words: readonly string[]): Ran {
  const ran = honmaru(['fix', path, ...ANSWERS, ...words], { cwd });
  assert.equal(ran.code, 0, ran.err);
  return ran;
}

function jsonOf(cwd: string, path: string, words: readonly string[] = []): JsonFix {
  const document: unknown = JSON.parse(fix(cwd, path, [...words, '--format', 'json']).out);
  assert.ok(fitsSchema(document), JSON.stringify(fitsSchema.errors?.slice(0, 3)));
  return document as JsonFix;
}

/** The states of the safeguards at their places, as a fresh assessment says. */
export function statesOf(cwd: string, path: string): ReadonlyMap<string, string> {
  const ran = honmaru(['assess', path, '--format', 'json', '--no-store'], { cwd });
  assert.equal(ran.code, 0, ran.err);
  const { safeguards }: JsonAssessment = JSON.parse(ran.out);
  return new Map(
    safeguards.flatMap(({ id, attachments }) =>
      attachments.map(({ resource, state }) => [`${id}@${resource}`, state] as const),
    ),
  );
}

/** The controls that fail somewhere, as a fresh assessment says. */
export function failingControls(cwd: string, path: string): ReadonlySet<string> {
  const ran = honmaru(['assess', path, '--format', 'json', '--no-store'], { cwd });
  assert.equal(ran.code, 0, ran.err);
  const { findings }: JsonAssessment = JSON.parse(ran.out);
  return new Set(findings.filter(({ status }) => status === 'FAIL').map(({ control }) => control));
}

/**
 * Diff, apply, write, assess again: the diff applies with `git apply` to the same text that `--write` makes,
 * the listed safeguards are on, fewer risks are high, no control fails that did not, and a second run is empty.
 */
export function fixAndProve(cwd: string, path: string): Proved {
  const before = textsIn(cwd);
  const diff = fix(cwd, path, []).out;
  assert.deepEqual(textsIn(cwd), before, 'without --write nothing is written');
  const plan = jsonOf(cwd, path);
  assert.ok(plan.files.length > 0, 'there is something to do');
  assert.deepEqual(plan.newFailing, []);
  assert.deepEqual(plan.raised, [], 'no risk rises');
  const unexplained = plan.failingOnAdded.filter(({ reason }) => reason === null);
  assert.deepEqual(unexplained, [], 'what added resources do not meet has its reason');
  assert.ok(
    plan.bands.after.high < plan.bands.before.high || plan.bands.before.high === 0,
    'fewer high risks',
  );

  run('git', ['init', '-q'], { cwd });
  const applied = run('git', ['apply', '--unsafe-paths', '-'], { cwd, input: diff });
  assert.equal(applied.code, 0, `the diff applies: ${applied.err}`);
  const byDiff = textsIn(cwd);
  for (const [name, text] of byDiff) {
    const old = before.get(name);
    if (old === undefined) rmSync(join(cwd, name));
    else if (old !== text) writeFileSync(join(cwd, name), old);
  }

  const written = fix(cwd, path, ['--write']);
  assert.match(written.err, /written|added/);
  const after = textsIn(cwd);
  for (const [name, text] of byDiff) assert.equal(after.get(name), text, `${name} by diff and by --write`);

  const states = statesOf(cwd, path);
  const remaining = new Set(plan.remaining.map(({ id }) => id));
  for (const { id, outcome } of plan.changes) {
    if (outcome !== 'edit' || remaining.has(id)) continue;
    assert.ok(!['off', 'partial'].includes(states.get(id) ?? 'gone'), `${id} is ${states.get(id)}`);
  }
  const second = jsonOf(cwd, path);
  assert.deepEqual(second.files, [], 'a second run changes nothing');
  return { ...plan, diff };
}

/** The files of a folder that people wrote, by name; backups and what tools make are left out. */
export function textsIn(folder: string): Map<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(
      (name) => /\.(?:ya?ml|json|template|tf|ts)$/.test(name) && !/(?:^|\/)\.(?:git|terraform)/.test(name),
    )
    .toSorted();
  return new Map(names.map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
}

type Json = null | string | number | boolean | readonly Json[] | { readonly [key: string]: Json };

/** Proves that two templates differ only in what the edits name. */
export function onlyEditsDiffer(before: string, after: string, plan: JsonFix): void {
  const touched = new Set<string>(['Resources']);
  for (const edit of plan.changes.flatMap(({ edits }) => edits)) {
    const name = edit.logicalId ?? edit.resource?.slice(edit.resource.lastIndexOf('/') + 1) ?? '';
    if (edit.kind === 'add-resource') touched.add(`Resources.${name}`);
    else if (edit.kind === 'set-attribute') touched.add(`Resources.${name}.${edit.path?.[0]}`);
    else touched.add(`Resources.${name}.Properties.${edit.path?.[0]}`);
  }
  const old = flattened(templateOf(before));
  const now = flattened(templateOf(after));
  const changed = [...new Set([...old.keys(), ...now.keys()])].filter(
    (path) => old.get(path) !== now.get(path),
  );
  const unexpected = changed.filter(
    (path) =>
      ![...touched].some((place) => path === place || path.startsWith(`${place}.`)) ||
      isOutside(path, touched),
  );
  // An empty map or list that gets its first entry is no leaf any more.
  const filled = (path: string) =>
    /^(?:\{\}|\[\])$/.test(old.get(path) ?? '') && isTouchedBelow(path, touched);
  assert.deepEqual(
    unexpected.filter((path) => !filled(path)),
    [],
  );
}

function isTouchedBelow(path: string, touched: ReadonlySet<string>): boolean {
  return [...touched].some((place) => place.startsWith(`${path}.`));
}

/** `Resources` itself is in the set only so that its entries can be looked at one by one. */
function isOutside(path: string, touched: ReadonlySet<string>): boolean {
  return ![...touched].some((place) => place !== 'Resources' && path.startsWith(place));
}

/** A template as plain data; short tags stay visible as text. */
export function templateOf(text: string): Json {
  if (text.trimStart().startsWith('{')) return JSON.parse(text);
  return parse(text, {
    merge: true,
    logLevel: 'silent',
    customTags: TAGS.flatMap((tag) => [
      { tag: `!${tag}`, resolve: (value: string) => longForm(tag, value) },
      { tag: `!${tag}`, collection: 'seq', resolve: (node) => wrapped(tag, node.toJSON()) },
      { tag: `!${tag}`, collection: 'map', resolve: (node) => wrapped(tag, node.toJSON()) },
    ]),
  });
}

const TAGS = [
  'Ref',
  'Sub',
  'GetAtt',
  'Join',
  'Select',
  'Split',
  'If',
  'Equals',
  'FindInMap',
  'GetAZs',
  'Base64',
  'Cidr',
  'ImportValue',
  'Not',
  'And',
  'Or',
  'Condition',
];

function longForm(tag: string, value: string): Json {
  if (tag === 'Ref' || tag === 'Condition') return { [tag]: value };
  return { [`Fn::${tag}`]: tag === 'GetAtt' ? splitAttribute(value) : value };
}

function splitAttribute(value: string): Json {
  const dot = value.indexOf('.');
  return [value.slice(0, dot), value.slice(dot + 1)];
}

function wrapped(tag: string, value: Json): Json {
  return { [`Fn::${tag}`]: value };
}

function flattened(value: Json, path = '', found = new Map<string, string>()): Map<string, string> {
  if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value)) flattened(inner, path ? `${path}.${key}` : key, found);
    if (Object.keys(value).length === 0) found.set(path, JSON.stringify(value));
  } else found.set(path, JSON.stringify(value));
  return found;
}

/** The comments of a YAML text in order. */
export function commentsOf(text: string): readonly string[] {
  return [...new Lexer().lex(text)].filter((token) => token.startsWith('#'));
}

/** Proves that every comment of a text still stands in another, in the same order, unless its line was taken out. */
export function commentsKept(before: string, after: string, diff: string): void {
  const removed = diff.split(/\r?\n/).filter((line) => line.startsWith('-'));
  const there = commentsOf(after);
  let at = 0;
  for (const comment of commentsOf(before)) {
    const next = there.indexOf(comment, at);
    if (next < 0 && removed.some((line) => line.includes(comment))) continue;
    assert.ok(next >= 0, `the comment "${comment}" is kept`);
    at = next + 1;
  }
}
