import { readFileSync } from 'node:fs';
import type { Terminal } from '../command.ts';
import { apiAddress, type Discussion, needed } from './discussion.ts';

/** The pull request of a GitHub Actions job ("Variables reference"; REST API, "Issue comments"). */
export function githubDiscussion(environment: Terminal['environment']): Discussion | undefined {
  const repository = environment.GITHUB_REPOSITORY ?? '';
  const number = numberIn(environment.GITHUB_EVENT_PATH);
  if (number === undefined || !/^[\w.-]+\/[\w.-]+$/.test(repository)) return undefined;
  const api = apiAddress(environment.GITHUB_API_URL || 'https://api.github.com');
  const token = needed(environment.GITHUB_TOKEN, 'GITHUB_TOKEN');
  return {
    comments: `${api}/repos/${repository}/issues/${number}/comments`,
    comment: (id) => `${api}/repos/${repository}/issues/comments/${id}`,
    change: 'PATCH',
    headers: {
      authorization: `Bearer ${token}`,
      accept: 'application/vnd.github+json',
      'x-github-api-version': '2022-11-28',
    },
    longest: 65_000,
  };
}

/** The number of the pull request in the event's payload. */
function numberIn(path: string | undefined): number | undefined {
  if (!path) return undefined;
  try {
    const event = JSON.parse(readFileSync(path, 'utf8')) as { pull_request?: { number?: unknown } } | null;
    const number = event?.pull_request?.number;
    return Number.isInteger(number) ? (number as number) : undefined;
  } catch {
    return undefined;
  }
}
