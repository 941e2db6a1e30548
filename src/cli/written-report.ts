import { readFileSync, statSync } from 'node:fs';
import { InputError } from '../kernel/errors.ts';
import { type Text, text } from '../kernel/texts.ts';
import type { Assessment } from '../model/assessment.ts';
import { namingFiles } from './file-trouble.ts';

const MOST_BYTES = 512 * 1024 * 1024;

const KNOWN = 'honmaru.assessment/1';

/**
 * The assessment that `assess --format json` wrote. `shown` is how people named the file.
 *
 * @throws InputError `report-unreadable` for a file that is missing, too large, not in UTF-8, cut, or something
 *   else; `report-newer` for a schema that this version does not know.
 */
export async function readReport(path: string, shown: string): Promise<Assessment> {
  const report = reportIn(await contentOf(path, shown), shown);
  if (report) return report;
  throw unreadable(
    shown,
    text('it says nothing of a schema honmaru.assessment', 'スキーマhonmaru.assessmentの記載がありません'),
  );
}

const PARTS = ['environment', 'findings', 'safeguards', 'risks', 'coverage'] as const;

/** The whole assessment that a file holds, or undefined when the path is something else, such as a template. */
export async function reportAt(path: string, shown: string): Promise<Assessment | undefined> {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!path.endsWith('.json') || !stats?.isFile() || stats.size > MOST_BYTES) return undefined;
  const content = decoded(readFileSync(path));
  const report = content === undefined ? undefined : reportIn(content, shown);
  const lacking = report && PARTS.find((part) => typeof report[part] !== 'object');
  if (lacking) throw unreadable(shown, text(`it has no ${lacking}`, `${lacking} がありません`));
  return report;
}

async function contentOf(path: string, shown: string): Promise<string> {
  const bytes = await namingFiles(async () => {
    const stats = statSync(path);
    if (!stats.isFile()) throw unreadable(shown, text('it is no file', 'ファイルではありません'));
    if (stats.size > MOST_BYTES) {
      throw unreadable(
        shown,
        text(`it is larger than ${MOST_BYTES} bytes`, `${MOST_BYTES}バイトを超えています`),
      );
    }
    return readFileSync(path);
  });
  const content = decoded(bytes);
  if (content !== undefined) return content;
  throw unreadable(shown, text('it is no text in UTF-8', 'UTF-8のテキストではありません'));
}

/** Without the mark that some editors and shells put before UTF-8. */
function decoded(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function reportIn(content: string, shown: string): Assessment | undefined {
  if (!content.includes('"honmaru.assessment/')) return undefined;
  const report = parsed(content, shown);
  const { schema } = report;
  if (typeof schema !== 'string' || !schema.startsWith('honmaru.assessment/')) return undefined;
  if (schema === KNOWN) return report as unknown as Assessment;
  throw new InputError({
    code: 'report-newer',
    message: text(
      `${shown} was written by a newer version (${schema})`,
      `${shown} は新しい版で書かれています(${schema})`,
    ),
    remedy: text(
      'update honmaru, or assess the environment again',
      'honmaruを更新するか、評価をやり直してください',
    ),
  });
}

function parsed(content: string, shown: string): { readonly schema?: unknown } {
  try {
    return JSON.parse(content) ?? {};
  } catch (error) {
    const detail = (error as Error).message;
    throw unreadable(
      shown,
      text(`it is cut or damaged (${detail})`, `途中で切れているか壊れています(${detail})`),
    );
  }
}

function unreadable(shown: string, why: Text): InputError {
  return new InputError({
    code: 'report-unreadable',
    message: text(
      `${shown} is no readable report: ${why.en}`,
      `${shown} をレポートとして読めません:${why.ja}`,
    ),
    remedy: text(
      'give the file that "honmaru assess --format json --out FILE" wrote',
      '「honmaru assess --format json --out FILE」で書き出したファイルを指定してください',
    ),
  });
}
