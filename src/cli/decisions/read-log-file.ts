import { readFileSync, statSync } from 'node:fs';
import { InputError } from '../../kernel/errors.ts';
import { text } from '../../kernel/texts.ts';

/** Histories hold what people saw, about 20 KB for each entry. */
const MOST_BYTES = 256 * 1024 * 1024;

/**
 * The content of a file of decisions, without the mark that editors may put before it.
 *
 * @throws InputError `decisions-file` when it is no readable text in UTF-8, or too large.
 */
export function readLogFile(path: string, shown: string): string {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats?.isFile()) {
    throw unreadable(shown, text('there is no such file', 'ファイルがありません'));
  }
  if (stats.size > MOST_BYTES) {
    throw unreadable(
      shown,
      text(`it is larger than ${MOST_BYTES} bytes`, `${MOST_BYTES}バイトを超えています`),
    );
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path));
  } catch (error) {
    if (error instanceof TypeError) {
      throw unreadable(shown, text('it is no text in UTF-8', 'UTF-8のテキストではありません'));
    }
    const detail = (error as Error).message;
    throw unreadable(shown, text(detail, detail));
  }
}

function unreadable(shown: string, why: { readonly en: string; readonly ja: string }): InputError {
  return new InputError({
    code: 'decisions-file',
    message: text(
      `${shown} cannot be read as decisions: ${why.en}`,
      `${shown} を決定の記録として読めません:${why.ja}`,
    ),
  });
}
