import { child, type DocumentNode, spanOf, stringOf } from '../../kernel/document.ts';
import { InputError } from '../../kernel/errors.ts';
import { parseJson } from '../../kernel/json.ts';
import { placeAt, type SourceFile, type Span } from '../../kernel/source-file.ts';
import { text } from '../../kernel/texts.ts';
import { YES } from '../../model/answer.ts';
import type { NotAnalysed } from '../../model/assessment.ts';
import type { Resource } from '../../model/resource.ts';
import { known, list, map, unknown, type Value } from '../../model/value.ts';
import { HOST } from '../self-hosted.ts';
import { HOST_SCHEMA } from './host.ts';

export interface HostReading {
  readonly resource: Resource;
  readonly notes: readonly NotAnalysed[];
}

/**
 * Reads the facts of a host as one resource; its properties are those of the file, with a capital. A null
 * is a question that was not answered, and unknown.
 *
 * @throws InputError for text that is no JSON, or facts of a newer version.
 */
export function readHost(file: SourceFile): HostReading {
  const { root } = parseJson(file);
  const schema = stringOf(child(root, 'schema'));
  if (schema !== HOST_SCHEMA || root.kind !== 'map') throw version(file, schema);
  const name = stringOf(child(root, 'name')) || 'host';
  const span = spanOf(file, root);
  const properties = root.entries.map(({ key, value }): [string, Value] => [
    key.charAt(0).toUpperCase() + key.slice(1),
    valueFrom(file, value, key),
  ]);
  const resource: Resource = {
    id: `host:${name}`,
    type: HOST,
    name,
    stack: '',
    properties: map(new Map(properties), span),
    span,
    basis: 'live',
    exists: YES,
    attributes: new Map(),
    dependsOn: [],
    external: false,
  };
  return { resource, notes: gapNotes(file, child(root, 'gaps')) };
}

function valueFrom(file: SourceFile, node: DocumentNode, name: string): Value {
  const span: Span = spanOf(file, node);
  if (node.kind === 'list')
    return list(
      node.items.map((item) => valueFrom(file, item, name)),
      span,
    );
  if (node.kind === 'map') {
    return map(new Map(node.entries.map(({ key, value }) => [key, valueFrom(file, value, key)])), span);
  }
  return node.value === null ? unknown(name, 'not-collected', span) : known(node.value, span);
}

function gapNotes(file: SourceFile, node: DocumentNode | undefined): readonly NotAnalysed[] {
  return (node?.kind === 'list' ? node.items : []).map((gap) => {
    const what = stringOf(child(gap, 'what')) ?? '?';
    const error = stringOf(child(gap, 'error')) ?? '?';
    return {
      kind: 'outside' as const,
      what,
      reason: text(
        `the host did not answer about "${what}" (${error}): what hangs on it is unknown`,
        `ホストから「${what}」について回答が得られませんでした(${error})。関係する事実は不明です`,
      ),
      remedy: text(
        'collect again as a user with the rights (sudo)',
        '権限のあるユーザ(sudo)で収集し直してください',
      ),
      source: placeAt(file, gap.start),
    };
  });
}

function version(file: SourceFile, schema: string | undefined): InputError {
  return new InputError({
    code: 'host-version',
    message: text(
      `these host facts are ${schema?.slice(0, 60) ?? 'of no version'}; this program reads ${HOST_SCHEMA}`,
      `このホスト情報は${schema?.slice(0, 60) ?? '版が不明'}です。このプログラムが読めるのは${HOST_SCHEMA}です`,
    ),
    remedy: text('update Honmaru, or collect again', 'Honmaruを更新するか、収集し直してください'),
    place: placeAt(file, 0),
  });
}
