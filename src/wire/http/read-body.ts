import type { IncomingMessage } from 'node:http';

/** Memory for the bodies of all requests together. */
export interface BodyBudget {
  held: number;
  readonly most: number;
}

/** Why a body was not read: larger than one body may be, or than all together; or the client went away. */
export type BodyRefusal = 'too-large' | 'no-memory' | 'aborted';

/**
 * Reads a body into one buffer, bounded. What is read counts against the budget until `release` is called.
 */
export function readBody(
  message: IncomingMessage,
  limit: number,
  budget: BodyBudget,
): Promise<{ readonly body: Buffer; release(): void } | BodyRefusal> {
  const declared = Number(message.headers['content-length'] ?? 0);
  if (declared > limit) return Promise.resolve('too-large');
  if (budget.held + declared > budget.most) return Promise.resolve('no-memory');
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const release = () => {
      budget.held -= size;
      size = 0;
    };
    const refuse = (refusal: BodyRefusal) => {
      release();
      message.removeAllListeners('data');
      message.removeAllListeners('end');
      resolve(refusal);
    };
    message.on('data', (chunk: Buffer) => {
      size += chunk.length;
      budget.held += chunk.length;
      if (size > limit) refuse('too-large');
      else if (budget.held > budget.most) refuse('no-memory');
      else chunks.push(chunk);
    });
    message.on('end', () => {
      const [only] = chunks;
      resolve({ body: chunks.length === 1 && only ? only : Buffer.concat(chunks), release });
    });
    message.on('error', () => refuse('aborted'));
    message.on('close', () => {
      if (!message.complete) refuse('aborted');
    });
  });
}
