import { closeSync, openSync, readFileSync, statSync, writeSync } from 'node:fs';
import { syncToDisk } from '../../keeper/client/index.ts';
import { InputError } from '../../kernel/errors.ts';
import { text } from '../../kernel/texts.ts';

/** What lies beside an encrypted directory: its key, wrapped by KMS. Nothing in it is secret. */
export interface DirectoryKey {
  readonly id: string;
  /** The ARN of the KMS key. */
  readonly keyId: string;
  readonly encryptedDataKey: Buffer;
  /** ISO 8601. */
  readonly created: string;
}

export const DIRECTORY_KEY_SUFFIX = '.hmkey';
const SCHEMA = 'honmaru.directory-key/1';
const MOST_BYTES = 16_384;

/** The encryption context to which the key of a directory is bound. */
export function directoryContext(id: string): ReadonlyMap<string, string> {
  return new Map([['honmaru:directory', id]]);
}

/** Writes the key file, readable by its owner, and waits until it is on the disk. @throws InputError `directory-key` */
export function writeDirectoryKey(
  path: string,
  { id, keyId, encryptedDataKey, created }: DirectoryKey,
): void {
  if (statSync(path, { throwIfNoEntry: false })) {
    throw new InputError({
      code: 'directory-key',
      message: text(`${path} is there already`, `${path} はすでに存在します`),
    });
  }
  const encrypted = encryptedDataKey.toString('base64');
  const file = openSync(path, 'wx', 0o600);
  try {
    writeSync(
      file,
      `${JSON.stringify({ schema: SCHEMA, id, keyId, encryptedDataKey: encrypted, created })}\n`,
    );
  } finally {
    closeSync(file);
  }
  syncToDisk(path);
}

/** Reads a key file. @throws InputError `directory-key` where there is none, or it is damaged. */
export function readDirectoryKey(path: string): DirectoryKey {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat?.isFile()) {
    throw new InputError({
      code: 'directory-key',
      message: text(`there is no key file ${path}`, `鍵ファイル ${path} がありません`),
      remedy: text('honmaru kms directory encrypt makes it', 'honmaru kms directory encrypt が作成します'),
    });
  }
  const found = stat.size <= MOST_BYTES ? announcedDirectoryKey(readFileSync(path)) : undefined;
  if (found) return found;
  throw new InputError({
    code: 'directory-key',
    message: text(
      `${path} is no key file of a directory`,
      `${path} はディレクトリの鍵ファイルではありません`,
    ),
  });
}

/** The key file that some bytes are; undefined where they are none. */
export function announcedDirectoryKey(bytes: Buffer): DirectoryKey | undefined {
  if (bytes.length > MOST_BYTES || !bytes.subarray(0, 32).includes(SCHEMA.slice(0, 16))) return undefined;
  const fields = fieldsOf(bytes.toString('utf8'));
  const words = ['id', 'keyId', 'encryptedDataKey', 'created'].map((name) => fields.get(name));
  if (fields.get('schema') !== SCHEMA || words.some((word) => typeof word !== 'string')) return undefined;
  const [id = '', keyId = '', encrypted = '', created = ''] = words as readonly string[];
  return { id, keyId, encryptedDataKey: Buffer.from(encrypted, 'base64'), created };
}

function fieldsOf(words: string): ReadonlyMap<string, unknown> {
  try {
    const value: unknown = JSON.parse(words);
    return new Map(typeof value === 'object' && value !== null ? Object.entries(value) : []);
  } catch {
    return new Map();
  }
}

/** @throws InputError `directory` where there is no such directory. */
export function checkDirectory(path: string, shown: string): void {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) return;
  throw new InputError({
    code: 'directory',
    message: text(`there is no directory ${shown}`, `ディレクトリ ${shown} がありません`),
  });
}
