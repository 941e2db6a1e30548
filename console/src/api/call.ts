import type { Answer, Body, PathPart, Problem, Query, RouteName } from '../../../src/api/contract.ts';

/** A failure as the server words it. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  readonly status: number;
  readonly problem: Problem;

  constructor(status: number, problem: Problem) {
    super(problem.message.en);
    this.status = status;
    this.problem = problem;
  }
}

export interface Request<Name extends RouteName> {
  readonly parts?: Readonly<Record<PathPart<Name>, string>>;
  readonly query?: Query<Name>;
  readonly body?: Body<Name>;
  readonly signal?: AbortSignal;
}

let csrf = '';

/** Takes the token that must go with every request that changes something. */
export function keepCsrf(token: string): void {
  csrf = token;
}

/**
 * Asks the server by a route's name, such as `GET /api/risks/:id`.
 * @throws {ApiProblem} when the server refuses or cannot be reached (status 0).
 */
export async function call<Name extends RouteName>(
  name: Name,
  { parts, query, body, signal }: Request<Name> = {},
): Promise<Answer<Name>> {
  const [method = 'GET'] = name.split(' ');
  const response = await reach(address(name, parts, query), {
    method,
    credentials: 'same-origin',
    headers: {
      accept: 'application/json',
      ...(method === 'GET' ? {} : { 'x-honmaru-csrf': csrf, 'content-type': 'application/json' }),
    },
    ...(method === 'GET' ? {} : { body: JSON.stringify(body ?? {}) }),
    ...(signal ? { signal } : {}),
  });
  const answer: unknown = await response.json().catch(() => undefined);
  if (!response.ok)
    throw new ApiProblem(response.status, isProblem(answer) ? answer : unreadable(response.status));
  return answer as Answer<Name>;
}

/** The address of a route, with its parts and query. */
export function address<Name extends RouteName>(
  name: Name,
  parts?: Readonly<Record<string, string>>,
  query?: Query<Name>,
): string {
  const [, path = '/'] = name.split(' ');
  const filled = path.replace(/:([a-z]+)/gi, (_, part: string) => encodeURIComponent(parts?.[part] ?? ''));
  const search = new URLSearchParams();
  for (const [field, value] of Object.entries(query ?? {})) {
    const values: readonly unknown[] = Array.isArray(value) ? value : [value];
    for (const each of values) if (each !== undefined && each !== '') search.append(field, String(each));
  }
  return search.size > 0 ? `${filled}?${search}` : filled;
}

async function reach(url: string, init: RequestInit): Promise<globalThis.Response> {
  try {
    return await fetch(url, init);
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ApiProblem(0, {
      code: 'Unreachable',
      message: { en: 'The server does not answer.', ja: 'サーバーが応答しません。' },
    });
  }
}

function isProblem(value: unknown): value is Problem {
  return typeof value === 'object' && value !== null && 'message' in value && 'code' in value;
}

function unreadable(status: number): Problem {
  return {
    code: 'Unreadable',
    message: {
      en: `The server answered ${status} without saying why.`,
      ja: `サーバーが理由を示さずに${status}を返しました。`,
    },
  };
}
