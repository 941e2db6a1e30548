import { child, type DocumentNode, spanOf, stringOf } from '../../kernel/document.ts';
import { InputError } from '../../kernel/errors.ts';
import { parseJson } from '../../kernel/json.ts';
import { placeAt, type SourceFile, type Span } from '../../kernel/source-file.ts';
import { text } from '../../kernel/texts.ts';
import { YES } from '../../model/answer.ts';
import type { NotAnalysed } from '../../model/assessment.ts';
import type { Resource } from '../../model/resource.ts';
import { known, list, map, unknown, type Value } from '../../model/value.ts';
import { EVERYWHERE } from './found.ts';
import { SNAPSHOT_SCHEMA } from './snapshot.ts';
import { itemsOf, textsOf } from './snapshot-nodes.ts';
import { snapshotNotes } from './snapshot-notes.ts';
import { standIns, unansweredTypes } from './unanswered.ts';

export interface SnapshotReading {
  /** The account's number. */
  readonly account: string | undefined;
  readonly regions: readonly string[];
  readonly resources: readonly Resource[];
  /** The types that the account was asked for. */
  readonly asked: ReadonlySet<string>;
  /** Types that may have resources that were not read, with the regions: `global`, or `*` for everywhere. */
  readonly unanswered: ReadonlyMap<string, ReadonlySet<string>>;
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
  const { root } = parseSnapshot(file);
  checkVersion(file, root);
  const parts = itemsOf(child(root, 'parts'));
  const found = parts.flatMap((part) => itemsOf(child(part, 'resources')));
  const names = namesOf(found);
  const resources = new Map<string, Resource>();
  for (const node of found) {
    const resource = resourceFrom(file, node, names);
    if (resource && !resources.has(resource.id)) resources.set(resource.id, resource);
  }
  const regions = textsOf(child(root, 'regions'));
  const unanswered = unansweredTypes(parts, regions);
  const span = spanOf(file, { start: root.start, end: root.start });
  for (const stand of standIns(unanswered, regions, span)) resources.set(stand.id, stand);
  return {
    account: stringOf(child(root, 'account')),
    regions,
    resources: [...resources.values()],
    asked: new Set(parts.flatMap((part) => textsOf(child(part, 'types')))),
    unanswered,
    notes: snapshotNotes(file, root, asOf),
  };
}

/** A file that ends too early was cut off while it was copied; collecting writes whole files only. */
function parseSnapshot(file: SourceFile) {
  try {
    return parseJson(file);
  } catch (error) {
    if (!(error instanceof InputError) || file.text.trimEnd().endsWith('}')) throw error;
    throw new InputError(
      {
        code: 'snapshot-truncated',
        message: text('the snapshot ends in the middle', 'スナップショットが途中で終わっています'),
        remedy: text('copy it again, or collect again', 'コピーし直すか、収集し直してください'),
        place: placeAt(file, file.text.length),
      },
      { cause: error },
    );
  }
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
      const attribute = key.replace(/\.[0-9]+$/, '');
      if (name !== undefined && isDistinct(name)) names.set(name, { id, attribute });
    }
  }
  return names;
}

/** `vpc-0a1b2c3d`, an ARN, a UUID or the address of a queue can mean only one thing. */
function isDistinct(name: string): boolean {
  return (
    name.startsWith('arn:') ||
    name.startsWith('https://') ||
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
  const region = stringOf(child(node, 'region')) ?? '';
  return {
    id,
    type,
    name: stringOf(child(node, 'name')) || id,
    stack: region,
    ...(region === '' || region === EVERYWHERE ? {} : { region }),
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

/** A value of which nothing is known because nobody answered. */
function unanswered(what: string, span: Span): Value {
  return unknown(what, 'not-collected', span);
}
