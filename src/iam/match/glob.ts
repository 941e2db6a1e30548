import { MANY, ONE, type Token } from './tokens.ts';

/**
 * A wildcard pattern over known text. Matching looks for the pieces between `*` from left to right and
 * never goes back to an earlier one, so that no pattern takes more than one pass per piece.
 */
export interface Glob {
  /** Pieces between the `*`s; one piece alone means that there is no `*`. */
  readonly pieces: readonly Piece[];
  /** Fewest characters that a matching text has. */
  readonly shortest: number;
}

interface Piece {
  /** Literal text; at the places of `?` any character stands. */
  readonly text: string;
  /** Offsets of `?`, or undefined when the piece is all literal. */
  readonly any: readonly number[] | undefined;
}

/** Compiles tokens that hold neither variables nor holes. */
export function compileGlob(tokens: readonly Token[]): Glob {
  const pieces: Piece[] = [];
  let text = '';
  let any: number[] = [];
  const close = () => {
    pieces.push({ text, any: any.length > 0 ? any : undefined });
    text = '';
    any = [];
  };
  for (const token of tokens) {
    if (token === MANY) close();
    else if (token === ONE) {
      any.push(text.length);
      text += ' ';
    } else if (typeof token === 'string') text += token;
  }
  close();
  return { pieces, shortest: pieces.reduce((sum, piece) => sum + piece.text.length, 0) };
}

/** Whether the whole text matches. */
export function matchGlob(glob: Glob, text: string): boolean {
  const { pieces } = glob;
  if (text.length < glob.shortest) return false;
  const first = pieces[0] as Piece;
  if (pieces.length === 1) return text.length === first.text.length && standsAt(first, text, 0);
  const last = pieces[pieces.length - 1] as Piece;
  const end = text.length - last.text.length;
  if (!standsAt(first, text, 0) || !standsAt(last, text, end)) return false;
  let at = first.text.length;
  for (let index = 1; index < pieces.length - 1; index += 1) {
    const piece = pieces[index] as Piece;
    const found = find(piece, text, at, end);
    if (found < 0) return false;
    at = found + piece.text.length;
  }
  return at <= end;
}

function standsAt(piece: Piece, text: string, at: number): boolean {
  if (piece.any === undefined) return text.startsWith(piece.text, at);
  let next = 0;
  for (let index = 0; index < piece.text.length; index += 1) {
    if (piece.any[next] === index) next += 1;
    else if (piece.text.charCodeAt(index) !== text.charCodeAt(at + index)) return false;
  }
  return true;
}

function find(piece: Piece, text: string, from: number, end: number): number {
  if (piece.any === undefined) {
    const found = text.indexOf(piece.text, from);
    return found >= 0 && found + piece.text.length <= end ? found : -1;
  }
  for (let at = from; at + piece.text.length <= end; at += 1) if (standsAt(piece, text, at)) return at;
  return -1;
}
