/** A text that was read, with the name people know it by (relative to where they stand). */
export interface SourceFile {
  /** Path as it is shown: relative to the working directory, with `/`. */
  readonly path: string;
  readonly text: string;
}

/** A stretch of a file in UTF-16 code units; `end` is exclusive. */
export interface Span {
  readonly file: SourceFile;
  readonly start: number;
  readonly end: number;
}

/** Where a person finds something: line and column count from 1, columns in UTF-16 code units. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

const lineStarts = new WeakMap<SourceFile, readonly number[]>();

function lineStartsOf(file: SourceFile): readonly number[] {
  const known = lineStarts.get(file);
  if (known) return known;
  const starts = [0];
  for (let at = file.text.indexOf('\n'); at >= 0; at = file.text.indexOf('\n', at + 1)) starts.push(at + 1);
  lineStarts.set(file, starts);
  return starts;
}

/** The line and column of an offset. */
export function placeAt(file: SourceFile, offset: number): Place {
  const starts = lineStartsOf(file);
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return { file: file.path, line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
}

/** The line and column at which a span begins. */
export function placeOf(span: Span): Place {
  return placeAt(span.file, span.start);
}

/** `file:line:column`, as editors and terminals link it. */
export function formatPlace(place: Place): string {
  return `${place.file}:${place.line}:${place.column}`;
}

/** The bytes that a span covers, as text. */
export function spanText(span: Span): string {
  return span.file.text.slice(span.start, span.end);
}
