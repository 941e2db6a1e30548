import type { Terminal } from '../command.ts';
import { apiAddress, type Discussion, needed } from './discussion.ts';

/** The merge request of a GitLab CI job ("Predefined CI/CD variables"; "Notes API"). */
export function gitlabDiscussion(environment: Terminal['environment']): Discussion | undefined {
  const { CI_PROJECT_ID: project = '', CI_MERGE_REQUEST_IID: request = '' } = environment;
  if (!/^\d+$/.test(project) || !/^\d+$/.test(request)) return undefined;
  const api = apiAddress(environment.CI_API_V4_URL || 'https://gitlab.com/api/v4');
  // The job's own token may not write notes: a project access token is needed.
  const token = needed(environment.HONMARU_GITLAB_TOKEN, 'HONMARU_GITLAB_TOKEN');
  const comments = `${api}/projects/${project}/merge_requests/${request}/notes`;
  return {
    comments,
    comment: (id) => `${comments}/${id}`,
    change: 'PUT',
    headers: { 'private-token': token },
    longest: 900_000,
  };
}
