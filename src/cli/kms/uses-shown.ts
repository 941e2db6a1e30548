import { type Language, type Text, text, verbatim } from '../../kernel/texts.ts';
import type { FileOfKey, KeyFact } from '../../model/key-fact.ts';
import type { GrantRecord, LastUseRecord } from '../../services/kms/records.ts';

/** Everything that is known to depend on a key. */
export interface Uses {
  readonly fact: KeyFact;
  readonly grants: readonly GrantRecord[];
  /** Regions of related multi-Region keys. */
  readonly related: readonly string[];
  readonly lastUse: LastUseRecord | undefined;
  readonly resources: readonly UsingResource[];
  readonly files: readonly FileOfKey[];
  /** What was looked through; nothing of it was asked for where it is empty. */
  readonly paths: readonly string[];
  readonly complete: boolean;
}

export interface UsingResource {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly path: string;
  readonly source: string;
}

/** The answer as plain data (`honmaru.key-uses/1`). */
export function usesJson({ fact, grants, related, lastUse, resources, files, paths, complete }: Uses) {
  return {
    schema: 'honmaru.key-uses/1',
    key: fact,
    grants: grants.map(({ id, name, grantee, operations }) => ({
      id,
      ...(name !== undefined && { name }),
      grantee,
      operations,
    })),
    relatedRegions: related,
    lastUse: lastUse ? { operation: lastUse.operation, at: new Date(lastUse.at).toISOString() } : null,
    resources,
    files,
    lookedThrough: paths,
    complete,
  };
}

/** The answer line by line, the key first. */
export function usesLines(uses: Uses, language: Language): readonly string[] {
  const { fact, grants, related, lastUse, resources, files, paths, complete } = uses;
  const line = (what: Text, rest: string) => `  ${what[language]}  ${rest}`;
  return [
    `${fact.arn}  ${stateText(fact)[language]}`,
    ...fact.aliases.map((name) => line(text('alias', 'エイリアス'), name)),
    ...grants.map(({ id, grantee, operations }) =>
      line(text('grant', 'グラント'), `${grantee}: ${operations.join(', ')} (${id})`),
    ),
    ...related.map((each) => line(text('related key in', '関連キー'), each)),
    ...resources.map(({ name, type, path, source }) =>
      line(text('resource', 'リソース'), `${name} (${type}) ${path}  ${source}`),
    ),
    ...files.map(({ kind, id, file }) => line(KINDS[kind], id === undefined ? file : `${id}  ${file}`)),
    lastUse
      ? line(text('last used', '最終使用'), `${new Date(lastUse.at).toISOString()} ${lastUse.operation}`)
      : line(text('no use recorded', '使用の記録なし'), ''),
    ...notes(paths, complete).map((note) => `  ${note[language]}`),
  ].map((each) => each.trimEnd());
}

const KINDS: Readonly<Record<FileOfKey['kind'], Text>> = {
  volume: text('volume', 'ボリューム'),
  snapshot: text('snapshot', 'スナップショット'),
  file: text('encrypted file', '暗号化ファイル'),
  directory: text('directory', 'ディレクトリ'),
  seal: text('seal of an installation', 'インストールの封印'),
};

function stateText({ state, deletionDate }: KeyFact): Text {
  if (deletionDate === undefined) return verbatim(state);
  const day = deletionDate.slice(0, 10);
  return text(`${state}, deleted on ${day}`, `${state}(${day} に削除)`);
}

function notes(paths: readonly string[], complete: boolean): readonly Text[] {
  const unknown = text(
    'Ciphertexts that clients keep themselves are not known here.',
    'クライアント側で保管している暗号文は把握できません。',
  );
  if (paths.length === 0) {
    const hint = text(
      'Name the folders of your environment, volumes and backups to see what of them depends on it.',
      '環境・ボリューム・バックアップのフォルダを指定すると、この鍵に依存するものを表示します。',
    );
    return [hint, unknown];
  }
  if (complete) return [unknown];
  const more = text(
    'Not every file was looked at: there are too many.',
    'ファイル数が多いため、一部のみ確認しました。',
  );
  return [more, unknown];
}
