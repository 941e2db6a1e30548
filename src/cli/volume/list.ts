import { readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { InputError } from '../../kernel/errors.ts';
import { text } from '../../kernel/texts.ts';
import { readMetadata, type VolumeMetadata } from '../../volume/index.ts';
import type { Invocation, Terminal } from '../command.ts';
import { shownSize } from './size.ts';

interface Listed {
  readonly file: string;
  readonly metadata: VolumeMetadata;
}

/** `honmaru volume list [FILE|FOLDER…]`: what volume files say about themselves; no key is asked for. */
export async function listAction(
  places: readonly string[],
  invocation: Invocation,
  terminal: Terminal,
): Promise<number> {
  const files = places.flatMap((place) => volumesAt(place, terminal));
  if (invocation.option('format') === 'json') {
    terminal.out(`${JSON.stringify(files.map(asJson), null, 2)}\n`);
    return 0;
  }
  for (const { file, metadata } of files) {
    const { id, size, keyId, created, from } = metadata;
    const origin = from === undefined ? '' : text(`, from ${from}`, `、元:${from}`)[invocation.language];
    terminal.out(`${id}  ${shownSize(size)}  ${keyId}  ${created}  ${file}${origin}\n`);
  }
  if (files.length === 0) {
    terminal.out(`${text('no volumes', 'ボリュームはありません')[invocation.language]}\n`);
  }
  return 0;
}

/** A file that is named must be a volume; in a folder others are passed over. */
function volumesAt(place: string, terminal: Terminal): Listed[] {
  const path = resolve(terminal.cwd, place);
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) {
    throw new InputError({
      code: 'volume-file',
      message: text(`there is no ${place}`, `${place} はありません`),
    });
  }
  if (!found.isDirectory()) return [{ file: place, metadata: readMetadata(path) }];
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(place, entry.name))
    .sort()
    .flatMap((file) => volumeOrNone(file, terminal));
}

function volumeOrNone(file: string, terminal: Terminal): Listed[] {
  try {
    return [{ file, metadata: readMetadata(resolve(terminal.cwd, file)) }];
  } catch (error) {
    if (error instanceof InputError && error.code === 'volume-format') return [];
    throw error;
  }
}

function asJson({ file, metadata }: Listed) {
  const { kind, id, size, keyId, created, from } = metadata;
  return { file, kind, id, size, keyId, created, ...(from !== undefined && { from }) };
}
