import type { ResourceGraph } from '../environment/graph.ts';
import { type PartialString, partial, partsOf } from '../iam/partial.ts';
import { isTrue } from '../model/answer.ts';
import type { Resource } from '../model/resource.ts';
import { get, type Part, stringFrom } from '../model/value.ts';
import { holderMay, permissionsOf } from './roles.ts';

/** What signs in with IAM may do it as: a user of the database, or any. */
export const ANY_USER = '*';

const CONNECT = 'rds-db:connect';

/**
 * The database users as which a role may sign in with IAM instead of a password: surely allowed, on a database
 * that has this sign-in on (AWS, "Creating and using an IAM policy for IAM database access").
 */
export function iamUsersOf(graph: ResourceGraph, role: Resource, database: Resource): readonly string[] {
  if (isTrue(iamSignIn(database)).is !== 'yes') return [];
  const users = grantsOf(graph, role).flatMap((resource) => {
    const user = userIn(resource, database);
    if (user === undefined) return [];
    return holderMay(graph, role, CONNECT, concrete(resource)).is === 'yes' ? [user] : [];
  });
  return [...new Set(users)];
}

/** Whether a role surely may read the secret in which RDS keeps the master user's password. */
export function mayReadMasterSecret(graph: ResourceGraph, role: Resource, database: Resource): boolean {
  return grantsOf(graph, role).some(
    (resource) =>
      partsOf(resource).some((part) => isOf(part, database, 'MasterUserSecret')) &&
      holderMay(graph, role, 'secretsmanager:GetSecretValue', concrete(resource)).is === 'yes',
  );
}

/** Instances and clusters call the same switch differently in templates and answers. */
function iamSignIn(database: Resource) {
  return get(database.properties, 'EnableIAMDatabaseAuthentication');
}

function grantsOf(graph: ResourceGraph, role: Resource): readonly PartialString[] {
  return permissionsOf(graph, role)
    .policies.flatMap(({ statements }) => statements)
    .filter(({ effect, resources }) => effect === 'Allow' && resources?.negated === false)
    .flatMap(({ resources }) => (resources?.items ?? []).map((item) => item.text));
}

function isOf(part: Part, database: Resource, attribute: string): boolean {
  return (
    typeof part !== 'string' &&
    part.resource === database.id &&
    part.attribute?.startsWith(attribute) === true
  );
}

/** Stands for the id of the database while an ARN is taken apart. */
const THIS = 'this-database';

/** `app` of `arn:aws:rds-db:eu-west-1:111122223333:dbuser:db-ABC/app`, where the ARN means this database. */
function userIn(resource: PartialString, database: Resource): string | undefined {
  const written = partsOf(resource)
    .map((part) => {
      if (typeof part === 'string') return part;
      return isOf(part, database, 'DbiResourceId') || isOf(part, database, 'DBClusterResourceId')
        ? THIS
        : '-';
    })
    .join('');
  if (written === '*') return ANY_USER;
  const [, id = '', user = ''] = /^arn:[^:]*:rds-db:[^:]*:[^:]*:dbuser:([^/]+)\/(.+)$/.exec(written) ?? [];
  const known = ['DbiResourceId', 'DBClusterResourceId'].map((name) =>
    stringFrom(get(database.properties, name)),
  );
  const meant = id === THIS || id === '*' || known.includes(id);
  if (!meant || user === '') return undefined;
  return /[*?]/.test(user) ? ANY_USER : user;
}

/** One thing that a pattern means, to ask whether it is allowed. */
function concrete(resource: PartialString): PartialString {
  return partial(
    partsOf(resource).map((part) => (typeof part === 'string' ? part.replaceAll(/[*?]/g, 'any') : part)),
  );
}
