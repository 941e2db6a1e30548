import { InputError } from '../kernel/errors.ts';
import { type Text, text, verbatim } from '../kernel/texts.ts';

const MEANINGS: ReadonlyMap<string, readonly [en: string, ja: string]> = new Map([
  ['ENOENT', ['there is no such file or folder', 'ファイルまたはフォルダがありません']],
  ['EACCES', ['permission denied', '権限がありません']],
  ['EPERM', ['permission denied', '権限がありません']],
  ['ENOSPC', ['the disk is full', 'ディスクに空きがありません']],
  ['EDQUOT', ['your share of the disk is full', 'ディスクの割り当てを使い切っています']],
  ['EROFS', ['the disk is read-only', 'ディスクが読み取り専用です']],
  ['ENOTDIR', ['a part of the path is no folder', 'パスの途中がフォルダではありません']],
  ['ENAMETOOLONG', ['the name is too long', '名前が長すぎます']],
  ['EISDIR', ['it is a folder', 'フォルダです']],
  ['EFBIG', ['the disk takes no file of that size', 'ディスクが扱えるファイルサイズを超えています']],
  ['EADDRINUSE', ['something else listens there', '別のプログラムが使用中です']],
]);

/** Does work with files; what the system says no with becomes a sentence with the file's name. */
export async function namingFiles<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw fileTrouble(error);
  }
}

/** What the system says no with, in words; its own message where it is none of the usual ones. */
export function systemWords(error: unknown): Text {
  const { code = '', message } = error as NodeJS.ErrnoException;
  const meaning = MEANINGS.get(code);
  return meaning ? text(...meaning) : verbatim(message);
}

function fileTrouble(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const { code = '', path, port } = error as NodeJS.ErrnoException & { readonly port?: number };
  const meaning = MEANINGS.get(code);
  const where = path ?? (port === undefined ? undefined : `port ${port}`);
  if (!meaning) return error;
  const [en, ja] = meaning;
  const message = where === undefined ? text(en, ja) : text(`${where}: ${en}`, `${where}:${ja}`);
  return new InputError({ code: 'file-trouble', message }, { cause: error });
}
