import type { ProblemDetails } from '../../kernel/errors.ts';
import { placeOf, type Span } from '../../kernel/source-file.ts';
import type { Text } from '../../kernel/texts.ts';
import type { NotAnalysed } from '../../model/assessment.ts';

/** Receives what could not be read or judged. */
export type Report = (note: NotAnalysed) => void;

/** A problem of a file as a note; it makes the program exit with 2. */
export function inputNote(what: string, problem: ProblemDetails): NotAnalysed {
  return {
    kind: 'input',
    what,
    reason: problem.message,
    ...(problem.remedy ? { remedy: problem.remedy } : {}),
    ...(problem.place ? { source: problem.place } : {}),
  };
}

/** A note about something that stands at a place of a file. */
export function noteAt(
  kind: NotAnalysed['kind'],
  what: string,
  span: Span,
  reason: Text,
  remedy?: Text,
): NotAnalysed {
  return { kind, what, reason, ...(remedy ? { remedy } : {}), source: placeOf(span) };
}

/** Passes each note on once: the same problem may be met from several places. */
export function once(report: Report): Report {
  const seen = new Set<string>();
  return (note) => {
    const key = JSON.stringify(note);
    if (seen.has(key)) return;
    seen.add(key);
    report(note);
  };
}
