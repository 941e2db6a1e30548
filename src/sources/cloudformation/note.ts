import type { DocumentNode } from '../../kernel/document.ts';
import type { ProblemDetails } from '../../kernel/errors.ts';
import { placeAt, type SourceFile } from '../../kernel/source-file.ts';
import type { Text } from '../../kernel/texts.ts';
import type { NotAnalysed } from '../../model/assessment.ts';

export interface NoteDetails {
  readonly file: SourceFile;
  readonly at: number | Pick<DocumentNode, 'start'>;
  readonly what: string;
  readonly reason: Text;
  readonly remedy?: Text;
}

/** A note about something that could not be read or judged, with its line. */
export function note(kind: NotAnalysed['kind'], details: NoteDetails): NotAnalysed {
  const offset = typeof details.at === 'number' ? details.at : details.at.start;
  return {
    kind,
    what: details.what,
    reason: details.reason,
    ...(details.remedy ? { remedy: details.remedy } : {}),
    source: placeAt(details.file, offset),
  };
}

/** A problem of a document as a note about its file; it makes the program exit with 2. */
export function inputNote(what: string, problem: ProblemDetails): NotAnalysed {
  return {
    kind: 'input',
    what,
    reason: problem.message,
    ...(problem.remedy ? { remedy: problem.remedy } : {}),
    ...(problem.place ? { source: problem.place } : {}),
  };
}
