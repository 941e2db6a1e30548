import { child, type DocumentNode, spanOf, stringOf } from '../../kernel/document.ts';
import { InputError } from '../../kernel/errors.ts';
import { parseJson } from '../../kernel/json.ts';
import { placeAt, type SourceFile, type Span } from '../../kernel/source-file.ts';
import { text } from '../../kernel/texts.ts';
import { undecided, YES } from '../../model/answer.ts';
import type { NotAnalysed } from '../../model/assessment.ts';
import type { Resource } from '../../model/resource.ts';
import { known, list, map, unknown, type Value } from '../../model/value.ts';
import { JUDGED_BY_ABSENCE } from './absence.ts';
import { SNAPSHOT_SCHEMA } from './snapshot.ts';

export interface SnapshotReading {
  /** The account's number. */
  readonly account: string | undefined;
  readonly resources: readonly Resource[];
  readonly notes: readonly NotAnalysed[];
}

interface Named {
  readonly id: string;
  readonly attribute: string;
}

/**
 * Reads the snapshot of an account. What was asked and not answered is noted; where the absence of a type
 * would be judged, a resource stands in for it of which nothing is known, not even whether it exists.
 *
 * @throws InputError for text that is no JSON, or a snapshot of a newer version.
 */
export function readSnapshot(file: SourceFile, asOf: string): SnapshotReading {
  const { root } = parseJson(file);
  checkVersion(file, root);
  const parts = itemsOf(child(root, 'parts'));
  const found = parts.flatMap((part) => itemsOf(child(part, 'resources')));
  const names = namesOf(found);
  const resources = new Map<string, Resource>();
  for (const node of found) {
    const resource = resourceFrom(file, node, names);
    if (resource && !resources.has(resource.id)) resources.set(resource.id, resource);
  }
  const gaps = parts.flatMap((part) => itemsOf(child(part, 'gaps')));
  for (const stand of standIns(file, root, parts, gaps)) resources.set(stand.id, stand);
  const notes = [...gaps.map((gap) => gapNote(file, gap)), ...wholeNotes(file, root, asOf)];
  return { account: stringOf(child(root, 'account')), resources: [...resources.values()], notes };
}

function checkVersion(file: SourceFile, root: DocumentNode): void {
  const schema = stringOf(child(root, 'schema'));
  if (schema === SNAPSHOT_SCHEMA) return;
  throw new InputError({
    code: 'snapshot-version',
    message: text(
      `this snapshot is ${schema ?? 'of no version'}; this program reads ${SNAPSHOT_SCHEMA}`,
      `このスナップショットは${schema ?? '版が不明'}です。このプログラムが読めるのは${SNAPSHOT_SCHEMA}です`,
    ),
    remedy: text('update Honmaru, or collect again', 'Honmaruを更新するか、収集し直してください'),
    place: placeAt(file, root.start),
  });
}

function itemsOf(node: DocumentNode | undefined): readonly DocumentNode[] {
  return node?.kind === 'list' ? node.items : [];
}

function textsOf(node: DocumentNode | undefined): readonly string[] {
  return itemsOf(node).flatMap((item) => stringOf(item) ?? []);
}

/** Ids and ARNs by which resources call each other; plain names are joined by type, elsewhere. */
function namesOf(nodes: readonly DocumentNode[]): ReadonlyMap<string, Named> {
  const names = new Map<string, Named>();
  for (const node of nodes) {
    const id = stringOf(child(node, 'id'));
    const given = child(node, 'names');
    if (id === undefined || given?.kind !== 'map') continue;
    if (id.startsWith('arn:') && !names.has(id)) names.set(id, { id, attribute: 'Arn' });
    for (const { key, value } of given.entries) {
      const name = stringOf(value);
      if (name !== undefined && isDistinct(name)) names.set(name, { id, attribute: key });
    }
  }
  return names;
}

/** `vpc-0a1b2c3d`, an ARN or a UUID can mean only one thing. */
function isDistinct(name: string): boolean {
  return (
    name.startsWith('arn:') ||
    /^[a-z]{1,12}-[0-9a-f]{8,17}$/.test(name) ||
    /^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(name)
  );
}

function resourceFrom(
  file: SourceFile,
  node: DocumentNode,
  names: ReadonlyMap<string, Named>,
): Resource | undefined {
  const id = stringOf(child(node, 'id'));
  const type = stringOf(child(node, 'type'));
  if (!id || !type) return undefined;
  const span = spanOf(file, node);
  const properties = child(node, 'properties');
  const entries = new Map<string, Value>();
  if (properties?.kind === 'map') {
    for (const { key, value } of properties.entries) {
      const own = stringOf(value);
      const isItself = own !== undefined && names.get(own)?.id === id;
      entries.set(key, isItself ? known(own, spanOf(file, value)) : valueFrom(file, value, names));
    }
  }
  for (const name of textsOf(child(node, 'unread'))) entries.set(name, unanswered(name, span));
  return {
    id,
    type,
    name: stringOf(child(node, 'name')) || id,
    stack: stringOf(child(node, 'region')) ?? '',
    properties: map(entries, span),
    span,
    basis: 'live',
    exists: YES,
    attributes: new Map(),
    dependsOn: [],
    external: false,
  };
}

function valueFrom(file: SourceFile, node: DocumentNode, names: ReadonlyMap<string, Named>): Value {
  const span = spanOf(file, node);
  if (node.kind === 'list')
    return list(
      node.items.map((item) => valueFrom(file, item, names)),
      span,
    );
  if (node.kind === 'map') {
    return map(new Map(node.entries.map(({ key, value }) => [key, valueFrom(file, value, names)])), span);
  }
  const named = typeof node.value === 'string' ? names.get(node.value) : undefined;
  if (!named) return known(node.value, span);
  const expression = String(node.value);
  return unknown(expression, 'after-deployment', span, [
    { type: 'reference', expression, resource: named.id, attribute: named.attribute },
  ]);
}

function unanswered(what: string, span: Span): Value {
  return unknown(what, 'not-collected', span);
}

/** One for each type whose absence would be judged although it was not looked at, or not everywhere. */
function standIns(
  file: SourceFile,
  root: DocumentNode,
  parts: readonly DocumentNode[],
  gaps: readonly DocumentNode[],
): readonly Resource[] {
  const asked = new Set(parts.flatMap((part) => textsOf(child(part, 'types'))));
  const complete = child(root, 'complete');
  const missing = new Set(gaps.flatMap((gap) => textsOf(child(gap, 'types'))));
  const all = complete?.kind === 'scalar' && complete.value === true;
  for (const type of JUDGED_BY_ABSENCE) if (!asked.has(type) || !all) missing.add(type);
  return [...missing]
    .filter((type) => JUDGED_BY_ABSENCE.has(type))
    .map((type) => {
      const span = spanOf(file, { start: root.start, end: root.start });
      const value = unanswered(type, span);
      const name = text(`${type} (not collected)`, `${type}(未収集)`).en;
      return {
        id: `uncollected:${type}`,
        type,
        name,
        stack: '',
        properties: value,
        span,
        basis: 'live',
        exists: undecided(value),
        attributes: new Map(),
        dependsOn: [],
        external: false,
      };
    });
}

function gapNote(file: SourceFile, gap: DocumentNode): NotAnalysed {
  const word = (name: string) => stringOf(child(gap, name)) ?? '';
  const call = `${word('service')} ${word('operation')}`;
  const denied = word('reason') === 'access-denied';
  return {
    kind: 'outside',
    what: `${call} (${word('region')})`,
    reason: text(
      `the account did not answer ${call} (${word('error')}): what hangs on it is unknown`,
      `${call} に対する回答が得られませんでした(${word('error')})。関係する事実は不明です`,
    ),
    remedy: denied
      ? text(
          'grant what "honmaru collect --print-policy" prints, and collect again',
          '「honmaru collect --print-policy」が表示する権限を付けて、収集し直してください',
        )
      : text('collect again; finished parts are kept', '収集し直してください(済んだ部分は保たれます)'),
    source: placeAt(file, gap.start),
  };
}

const OLD_AFTER_DAYS = 7;

function wholeNotes(file: SourceFile, root: DocumentNode, asOf: string): readonly NotAnalysed[] {
  const collectedAt = stringOf(child(root, 'collectedAt')) ?? '';
  const days = Math.floor((Date.parse(asOf) - Date.parse(collectedAt)) / 86_400_000);
  const regions = textsOf(child(root, 'regions'));
  const place = { kind: 'outside' as const, what: file.path };
  const notes: NotAnalysed[] = [];
  if (days > OLD_AFTER_DAYS) {
    notes.push({
      ...place,
      reason: text(`the snapshot is ${days} days old`, `スナップショットは${days}日前のものです`),
      remedy: text('collect again', '収集し直してください'),
    });
  }
  if (regions.length > 1) {
    notes.push({
      ...place,
      reason: text(
        `what a region has once is judged over ${regions.length} regions together: one that has it speaks for all`,
        `リージョンごとの設定は${regions.length}リージョンをまとめて判定します。1つでも有効なら全体が有効と扱われます`,
      ),
      remedy: text('collect and assess each region by itself', 'リージョンごとに収集・評価してください'),
    });
  }
  return notes;
}
