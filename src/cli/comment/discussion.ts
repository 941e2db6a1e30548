import { HonmaruError } from '../../kernel/errors.ts';
import { text } from '../../kernel/texts.ts';

/** The comments of one pull or merge request. */
export interface Discussion {
  /** Address of the list of comments; new ones are posted there. */
  readonly comments: string;
  /** Address of one comment. */
  comment(id: number): string;
  /** How an existing comment is changed. */
  readonly change: 'PATCH' | 'PUT';
  readonly headers: Readonly<Record<string, string>>;
  /** Longest body, in characters. */
  readonly longest: number;
}

/** Most pages of a hundred comments that are looked through for our own. */
const MOST_PAGES = 20;
const PATIENCE_MS = 30_000;

/**
 * Posts a comment, or changes the one that begins with the same marker.
 *
 * @throws HonmaruError `comment-refused` or `comment-unreachable`.
 */
export async function commentOn(
  discussion: Discussion,
  marker: string,
  content: string,
): Promise<'posted' | 'updated'> {
  const body = fitted(`${marker}\n${content}`, discussion.longest);
  const id = await ownComment(discussion, marker);
  if (id === undefined) await send(discussion, 'POST', discussion.comments, { body });
  else await send(discussion, discussion.change, discussion.comment(id), { body });
  return id === undefined ? 'posted' : 'updated';
}

async function ownComment(discussion: Discussion, marker: string): Promise<number | undefined> {
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const found = await send(discussion, 'GET', `${discussion.comments}?per_page=100&page=${page}`);
    const comments = Array.isArray(found) ? (found as readonly { id?: unknown; body?: unknown }[]) : [];
    const own = comments.find(({ body }) => typeof body === 'string' && body.startsWith(marker));
    if (typeof own?.id === 'number') return own.id;
    if (comments.length < 100) return undefined;
  }
  return undefined;
}

async function send(
  { headers }: Discussion,
  method: string,
  address: string,
  content?: object,
): Promise<unknown> {
  let response: Response;
  try {
    response = await fetch(address, {
      method,
      headers: { ...headers, 'content-type': 'application/json', 'user-agent': 'honmaru' },
      redirect: 'error',
      signal: AbortSignal.timeout(PATIENCE_MS),
      ...(content ? { body: JSON.stringify(content) } : {}),
    });
  } catch (error) {
    throw unreachable(address, error);
  }
  if (!response.ok) throw refused(method, address, response.status);
  return response.json().catch(() => undefined);
}

function unreachable(address: string, error: unknown): HonmaruError {
  const cause = (error as { cause?: Error }).cause ?? (error as Error);
  return new HonmaruError({
    code: 'comment-unreachable',
    message: text(
      `${new URL(address).host} cannot be reached: ${cause.message}`,
      `${new URL(address).host} に接続できません:${cause.message}`,
    ),
  });
}

function refused(method: string, address: string, status: number): HonmaruError {
  return new HonmaruError({
    code: 'comment-refused',
    message: text(
      `${new URL(address).host} answered ${status} to ${method}: the comment was not posted`,
      `${new URL(address).host} が ${method} に ${status} を返しました。コメントは投稿されていません`,
    ),
    remedy: text(
      'give the job’s token the right to write comments (GitHub: permissions: pull-requests: write; requests from forks have none)',
      'ジョブのトークンにコメントの書き込み権限を付けてください(GitHub:permissions: pull-requests: write。フォークからのリクエストには権限がありません)',
    ),
  });
}

const CUT = '\n\n</details>\n\n…\n';

/** Cuts a body at a line's end and closes its folded part, so that what is shown stays whole. */
function fitted(body: string, longest: number): string {
  if (body.length <= longest) return body;
  const kept = body.slice(0, longest - CUT.length);
  return `${kept.slice(0, kept.lastIndexOf('\n'))}${CUT}`;
}

/**
 * The address of an API: https, or a loopback one for tests.
 *
 * @throws HonmaruError `comment-address`.
 */
export function apiAddress(given: string): string {
  const url = URL.parse(given);
  const local = url?.protocol === 'http:' && ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname);
  if (url && (url.protocol === 'https:' || local)) return given.replace(/\/+$/, '');
  throw new HonmaruError({
    code: 'comment-address',
    message: text('the address of the API is no https address', 'APIのアドレスがhttpsではありません'),
  });
}

/** @throws HonmaruError `comment-token`. */
export function needed(token: string | undefined, names: string): string {
  if (token) return token;
  throw new HonmaruError({
    code: 'comment-token',
    message: text(
      `there is no token: ${names} is not set`,
      `トークンがありません:${names} が設定されていません`,
    ),
    remedy: text(`pass it to this step as ${names}`, `このステップに ${names} として渡してください`),
  });
}
