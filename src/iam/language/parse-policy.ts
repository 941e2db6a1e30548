import { InputError, type ProblemDetails } from '../../kernel/errors.ts';
import { parseJson } from '../../kernel/json.ts';
import { placeAt, type SourceFile } from '../../kernel/source-file.ts';
import { text } from '../../kernel/texts.ts';
import { LIMITS } from '../limits.ts';
import { valueOfDocument } from './document-value.ts';
import type { Policy } from './policy.ts';
import { tooLarge } from './problems.ts';
import { type PolicyReading, readPolicy } from './read-policy.ts';

export interface ParseOptions {
  /** Most characters of the document; the default is the largest that an operation of IAM takes. */
  readonly characters?: number;
}

/**
 * Reads a policy document in JSON and reports everything that is wrong with it.
 *
 * @throws InputError when it is no JSON at all, too large (`policy-size`) or too deep (`json-depth`).
 */
export function readPolicyDocument(file: SourceFile, options: ParseOptions = {}): PolicyReading {
  const limit = options.characters ?? LIMITS.documentCharacters;
  if (file.text.length > limit)
    refuse('policy-size', tooLarge(limit, text('characters', '文字')), file, limit);
  const strange = strangeCharacter(file.text);
  if (strange >= 0) {
    const message = text('a character stands here that IAM does not take', 'IAMが受け付けない文字があります');
    refuse('policy-character', message, file, strange);
  }
  const { root, problems } = parseJson(file, { depth: LIMITS.documentDepth });
  const reading = readPolicy(valueOfDocument(file, root), file.path);
  return { policy: reading.policy, problems: [...problems, ...reading.problems] };
}

/**
 * Reads a policy document in JSON.
 *
 * @throws InputError with the place of the first flaw for which IAM refuses the document.
 */
export function parsePolicy(file: SourceFile, options: ParseOptions = {}): Policy {
  const { policy, problems } = readPolicyDocument(file, options);
  const first = problems[0];
  if (first !== undefined) throw new InputError(first);
  return policy;
}

/** Reads a policy from its text under a name that messages show. */
export function parsePolicyText(document: string, name = 'policy.json'): Policy {
  return parsePolicy({ path: name, text: document });
}

function refuse(code: string, message: ProblemDetails['message'], file: SourceFile, offset: number): never {
  throw new InputError({ code, message, place: placeAt(file, offset) });
}

/** U+0009, U+000A, U+000D and U+0020 to U+00FF are what IAM takes ("IAM API reference", PolicyDocument). */
const STRANGE = /[^\t\n\r\u0020-\u00ff]/;

function strangeCharacter(document: string): number {
  return document.search(STRANGE);
}
