import type { IncomingMessage } from 'node:http';

/** Memory for the bodies of all requests together. */
export interface BodyBudget {
  held: number;
  readonly most: number;
}

/** Why a body was not read: larger than one body may be, or than all together; or the client went away. */
export type BodyRefusal = 'too-large' | 'no-memory' | 'aborted';

/**
 * Reads a body into one buffer, bounded, and tells once what became of it. What was read counts against the
 * budget until whoever is told subtracts the body's length again; what is refused does not.
 */
export function readBody(
  message: IncomingMessage,
  limit: number,
  budget: BodyBudget,
  tell: (read: Buffer | BodyRefusal) => void,
): void {
  const declared = Number(message.headers['content-length'] ?? 0);
  if (declared > limit || budget.held + declared > budget.most) {
    tell(declared > limit ? 'too-large' : 'no-memory');
    return;
  }
  let first: Buffer | undefined;
  let chunks: Buffer[] | undefined;
  let size = 0;
  let told = false;

  const refuse = (refusal: BodyRefusal) => {
    if (told) return;
    told = true;
    budget.held -= size;
    chunks = undefined;
    tell(refusal);
  };
  message.on('data', (chunk: Buffer) => {
    if (told) return;
    size += chunk.length;
    budget.held += chunk.length;
    if (size > limit) refuse('too-large');
    else if (budget.held > budget.most) refuse('no-memory');
    else if (first === undefined) first = chunk;
    else {
      chunks ??= [first];
      chunks.push(chunk);
    }
  });
  message.on('end', () => {
    if (told) return;
    told = true;
    tell(chunks ? Buffer.concat(chunks) : (first ?? NOTHING));
  });
  // A client that goes away closes the message before its end; then this is the only word of it.
  message.on('close', () => refuse('aborted'));
}

const NOTHING = Buffer.alloc(0);
