import { endOfLine, FOLDED, isBlank, NEWLINE, SPACE, skipSpaces } from './characters.ts';
import { uncommon } from './uncommon.ts';

/** What `|` or `>` and the lines below say. */
export interface BlockScalar {
  readonly value: string;
  /** Behind the line feed of the last line that has something in it (of the last line at all with `+`). */
  readonly end: number;
}

/**
 * Reads a block scalar (YAML 1.2.2, section 8.1) from its sign on.
 *
 * @param parent indentation of what holds it; its lines are indented more
 * @throws Uncommon for a header with an indentation or a comment, for tabs and for lines of blanks that are longer
 * than the indentation; of folded ones, where a line is indented more than the first.
 */
export function blockScalar(source: string, at: number, parent: number): BlockScalar {
  const folded = source.charCodeAt(at) === FOLDED;
  const headerEnd = endOfLine(source, at);
  const chomp = source.slice(at + 1, headerEnd).trimEnd();
  if (chomp !== '' && chomp !== '-' && chomp !== '+') return uncommon();
  const { lines, blanks, end, behind } = linesBelow(source, headerEnd + 1, parent);
  const value = folded ? foldedText(lines) : lines.join('\n');
  if (chomp === '-') return { value, end };
  if (chomp === '') return { value: `${value}\n`, end };
  return { value: `${value}\n${'\n'.repeat(blanks)}`, end: behind };
}

interface Lines {
  readonly lines: readonly string[];
  /** Empty lines behind the last one that has something in it. */
  readonly blanks: number;
  readonly end: number;
  /** Behind those empty lines. */
  readonly behind: number;
}

function linesBelow(source: string, from: number, parent: number): Lines {
  const lines: string[] = [];
  let blanks = 0;
  let longest = 0;
  let indent = -1;
  let end = from;
  let behind = from;
  for (let at = from; at < source.length; ) {
    const content = skipSpaces(source, at);
    const width = content - at;
    const lineEnd = endOfLine(source, content);
    if (content === lineEnd) {
      // The last line of a file without a line feed is none.
      if (lineEnd === source.length && width > 0) return uncommon();
      longest = Math.max(longest, width);
      blanks += 1;
    } else {
      if (indent < 0 && width > parent) indent = width;
      if (indent < 0 || width < indent) break;
      for (; blanks > 0; blanks -= 1) lines.push('');
      lines.push(source.slice(at + indent, lineEnd));
      end = Math.min(lineEnd + 1, source.length);
    }
    at = lineEnd + 1;
    behind = Math.min(at, source.length);
  }
  const isClosed = end > 0 && source.charCodeAt(end - 1) === NEWLINE;
  if (indent < 0 || longest > indent || !isClosed) return uncommon();
  return { lines, blanks, end, behind };
}

/** Single line feeds become spaces; of each run of empty lines one is lost. */
function foldedText(lines: readonly string[]): string {
  let made = '';
  let empty = 0;
  for (const [index, line] of lines.entries()) {
    if (line === '') {
      empty += 1;
      continue;
    }
    const first = line.charCodeAt(0);
    if (first === SPACE || isBlank(first) || line.startsWith('\t')) return uncommon();
    if (index === empty) made = '\n'.repeat(empty);
    else made += empty > 0 ? '\n'.repeat(empty) : ' ';
    made += line;
    empty = 0;
  }
  return made;
}
