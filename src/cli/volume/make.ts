import { resolve } from 'node:path';
import { UsageError } from '../../kernel/errors.ts';
import { type Text, text } from '../../kernel/texts.ts';
import {
  askForSnapshot,
  createVolume,
  lockVolume,
  readMetadata,
  reencryptVolume,
  snapshotVolume,
  type VolumeMetadata,
} from '../../volume/index.ts';
import type { Invocation, Terminal } from '../command.ts';
import { keyIdOf, kmsClientOptions } from '../kms/client-options.ts';
import { kmsDataKeys } from '../kms/data-keys.ts';
import { rememberFiles } from '../kms/remembered-files.ts';
import { checkThere } from './files.ts';
import { shownSize, sizeOf } from './size.ts';

/** `honmaru volume create FILE --size SIZE` or `--snapshot FILE`. */
export async function createAction(
  file: string,
  invocation: Invocation,
  terminal: Terminal,
): Promise<number> {
  const size = invocation.option('size');
  const snapshot = invocation.option('snapshot');
  if ((size === undefined) === (snapshot === undefined)) {
    throw new UsageError({
      code: 'volume-size',
      message: text(
        'say how large it is (--size 10G), or what it is made from (--snapshot FILE)',
        'サイズ(--size 10G)か、元のスナップショット(--snapshot FILE)を指定してください',
      ),
    });
  }
  if (snapshot !== undefined) checkThere(snapshot, terminal);
  const path = resolve(terminal.cwd, file);
  const making = makingOf(invocation, terminal);
  const keyId = invocation.option('key-id');
  const made =
    size === undefined
      ? await undisturbed(resolve(terminal.cwd, snapshot ?? ''), (from) =>
          reencryptVolume(from, path, { ...making, keyId, asVolume: true }),
        )
      : await createVolume(path, { ...making, size: sizeOf(size), keyId: keyIdOf(invocation) });
  say(made, file, text('created', '作成しました'), invocation, terminal);
  return 0;
}

/** `honmaru volume snapshot FILE --out FILE`: of a volume that is served, by the process that serves it. */
export async function snapshotAction(
  file: string,
  invocation: Invocation,
  terminal: Terminal,
): Promise<number> {
  const out = invocation.option('out');
  if (out === undefined) {
    throw new UsageError({
      code: 'volume-out',
      message: text(
        'say where the snapshot goes: --out FILE',
        'スナップショットの出力先を指定してください:--out FILE',
      ),
    });
  }
  const from = resolve(terminal.cwd, file);
  const into = resolve(terminal.cwd, out);
  const made =
    (await askForSnapshot(from, into)) ??
    (await undisturbed(from, (path) => snapshotVolume(path, into, makingOf(invocation, terminal))));
  say(made, out, text('kept', '保存しました'), invocation, terminal);
  return 0;
}

/** `honmaru volume reencrypt FILE --key-id KEY`, in its place or into `--out FILE`. */
export async function reencryptAction(
  file: string,
  invocation: Invocation,
  terminal: Terminal,
): Promise<number> {
  const out = invocation.option('out') ?? file;
  const making = { ...makingOf(invocation, terminal), keyId: keyIdOf(invocation) };
  const made = await undisturbed(resolve(terminal.cwd, file), (path) =>
    reencryptVolume(path, resolve(terminal.cwd, out), making),
  );
  say(made, out, text('encrypted anew', '再暗号化しました'), invocation, terminal);
  return 0;
}

/** Works on a volume that nobody writes meanwhile; nobody ever writes a snapshot. */
async function undisturbed<T>(path: string, work: (path: string) => Promise<T>): Promise<T> {
  if (readMetadata(path).kind === 'snapshot') return work(path);
  const release = await lockVolume(path);
  try {
    return await work(path);
  } finally {
    release();
  }
}

function makingOf(invocation: Invocation, terminal: Terminal) {
  return { dataKeys: kmsDataKeys(kmsClientOptions(invocation)), now: terminal.now() };
}

/** Says what was made, and remembers that it depends on its key. */
function say(
  { id, size, keyId }: Pick<VolumeMetadata, 'id' | 'size' | 'keyId'>,
  file: string,
  what: Text,
  invocation: Invocation,
  terminal: Terminal,
): void {
  const line = text(
    `${what.en}: ${id} (${shownSize(size)}) in ${file}, under ${keyId}`,
    `${what.ja}:${id}(${shownSize(size)})${file}、キー ${keyId}`,
  );
  terminal.out(`${line[invocation.language]}\n`);
  rememberFiles([resolve(terminal.cwd, file)], invocation, terminal);
}
