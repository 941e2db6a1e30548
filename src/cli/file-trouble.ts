import { InputError } from '../kernel/errors.ts';
import { text } from '../kernel/texts.ts';

const MEANINGS: ReadonlyMap<string, readonly [en: string, ja: string]> = new Map([
  ['ENOENT', ['there is no such file or folder', 'ファイルまたはフォルダがありません']],
  ['EACCES', ['you may not', '権限がありません']],
  ['EPERM', ['you may not', '権限がありません']],
  ['ENOSPC', ['the disk is full', 'ディスクに空きがありません']],
  ['EDQUOT', ['your share of the disk is full', 'ディスクの割り当てを使い切っています']],
  ['EROFS', ['the disk is read-only', 'ディスクが読み取り専用です']],
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
