import type { Context } from 'hono';
import { z } from 'zod';
import { type Text, text } from '../../kernel/texts.ts';
import { refuse } from './problem.ts';

/** Largest body of a request: texts and a passkey's answer. */
const MOST_BYTES = 256 * 1024;

/** The JSON body of a request. @throws Refusal 413, 415, 400 */
export async function jsonBody(context: Context): Promise<unknown> {
  const declared = Number(context.req.header('content-length') ?? '0');
  if (declared > MOST_BYTES) throw tooLarge();
  const type = context.req.header('content-type') ?? '';
  if (!/^application\/json(?:;|$)/i.test(type)) {
    throw refuse(
      415,
      'body-type',
      'the body must be application/json',
      '本文は application/json で送ってください',
    );
  }
  const bytes = await boundedBytes(context.req.raw.body);
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw refuse(400, 'body-json', 'the body is no JSON', '本文がJSONではありません');
  }
}

async function boundedBytes(body: ReadableStream<Uint8Array> | null): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  if (!body) return new Uint8Array();
  for await (const chunk of body) {
    size += chunk.byteLength;
    if (size > MOST_BYTES) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function tooLarge() {
  return refuse(
    413,
    'body-size',
    `the body is larger than ${MOST_BYTES} bytes`,
    `本文が${MOST_BYTES}バイトを超えています`,
  );
}

/** A query with fields that may repeat. */
export function queryOf(url: string): Readonly<Record<string, string | readonly string[]>> {
  const fields = new Map<string, string | string[]>();
  for (const [name, value] of new URL(url).searchParams) {
    const before = fields.get(name);
    if (before === undefined) fields.set(name, value);
    else if (typeof before === 'string') fields.set(name, [before, value]);
    else before.push(value);
  }
  return Object.fromEntries(fields);
}

/** What a schema makes of a value. @throws Refusal 400 that names the field. */
export function checked(schema: z.ZodType, value: unknown, kind: 'query' | 'body'): unknown {
  const result = schema.safeParse(value, { reportInput: true });
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
  // A query field may be given several times: which of its values is wrong shows in the sentence.
  const path = kind === 'query' ? issue?.path.slice(0, 1) : issue?.path;
  const field = unknown ?? path?.map(String).join('.') ?? '';
  const why = issue ? issueText(issue) : text('invalid', '不正な値');
  const named = `"${field.slice(0, 100)}"`;
  const shown = field === '' ? text('the body', '本文') : text(named, named);
  throw refuse(
    400,
    kind === 'query' ? 'query-field' : 'body-field',
    unknown === undefined ? `${shown.en}: ${why.en}` : `there is no field ${shown.en}`,
    unknown === undefined
      ? `${shown.ja} の値が正しくありません:${why.ja}`
      : `${shown.ja} という項目はありません`,
    field,
  );
}

const { localeError: japaneseIssue } = z.locales.ja();

function issueText(issue: z.core.$ZodIssue): Text {
  const said = japaneseIssue(issue as z.core.$ZodRawIssue);
  const ja = typeof said === 'string' ? said : (said?.message ?? '不正な値');
  return text(issue.message, ja);
}
