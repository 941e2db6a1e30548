import type { SourceFile, Span } from '../kernel/source-file.ts';
import { YES } from '../model/answer.ts';
import type { FileOfKey, KeyFact } from '../model/key-fact.ts';
import type { Resource } from '../model/resource.ts';
import { known, map } from '../model/value.ts';

const TYPES: Readonly<Record<FileOfKey['kind'], string>> = {
  volume: 'Encrypted::Volume',
  snapshot: 'Encrypted::Snapshot',
  file: 'Encrypted::File',
  directory: 'Encrypted::Directory',
  seal: 'Encrypted::Seal',
};

const ID_PREFIX = 'file:';

/** What lies under keys in trouble beside what templates declare, each a resource that names its key. */
export function keyFiles(keys: readonly KeyFact[]): readonly Resource[] {
  return keys.flatMap(({ arn, files = [] }) => files.map((file) => resourceOf(file, arn)));
}

/** Whether a resource is one of them. */
export function isKeyFile({ id }: Pick<Resource, 'id'>): boolean {
  return id.startsWith(ID_PREFIX);
}

/** A volume by its id, everything else by where it lies; the key of a directory lies beside it. */
export function nameOfFile({ id, file, kind }: FileOfKey): string {
  if (kind === 'directory') return file.replace(/\.hmkey$/, '');
  return id === undefined ? file : `${id} (${file})`;
}

function resourceOf(file: FileOfKey, key: string): Resource {
  const source: SourceFile = { path: file.file, text: '' };
  const span: Span = { file: source, start: 0, end: 0 };
  return {
    id: `${ID_PREFIX}${file.file}`,
    type: TYPES[file.kind],
    name: nameOfFile(file),
    stack: '',
    properties: map(new Map([['KmsKeyId', known(key, span)]]), span),
    span,
    basis: 'live',
    exists: YES,
    attributes: new Map(),
    dependsOn: [],
    external: false,
  };
}
