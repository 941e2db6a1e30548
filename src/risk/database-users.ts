import type { ResourceGraph } from '../environment/graph.ts';
import { arnOf, DATABASE_TYPES, launchTemplateOf, SERVER_TYPES } from '../environment/reachability/index.ts';
import type { PartialString } from '../iam/engine.ts';
import { type Answer, NO, undecided, YES } from '../model/answer.ts';
import type { Resource } from '../model/resource.ts';
import type { Guard } from '../model/risk.ts';
import { get, stringFrom, type Value, visit } from '../model/value.ts';
import type { RiskContext } from './context.ts';
import { ANY_USER, iamUsersOf } from './database-access.ts';
import { topologyGuard } from './paths.ts';
import { approachesTo } from './reaching.ts';
import { holderMay, rolesOf } from './roles.ts';

/** Whether an application works with the database's master user, and what would limit that. */
export interface MasterCredentials {
  /** Yes: a server is handed them. No: the servers have another secret, and cannot read the master's. */
  readonly answer: Answer;
  /** The server that is handed the master's credentials, and where. */
  readonly server?: Resource;
  readonly at?: Value;
  /** Separate database users limit what one application can reach (低減 by dispersal). */
  readonly limits: readonly Guard[];
}

/** Looks for the master user's name or password among what servers, functions and tasks are started with. */
export function masterCredentials(context: RiskContext, database: Resource): MasterCredentials {
  const key = `master ${database.id}`;
  const kept = context.kept.get(key) as MasterCredentials | undefined;
  const found = kept ?? findMaster(context, database);
  context.kept.set(key, found);
  return found;
}

function findMaster(context: RiskContext, database: Resource): MasterCredentials {
  const handed = handedTo(context.graph, database);
  const answer = handed ? YES : ownUser(context.graph, database);
  const limits = [
    topologyGuard('secrets-manager', database.id, answer, { effect: 'limit', facet: 'application-user' }),
  ];
  return handed ? { answer, server: handed.server, at: handed.at, limits } : { answer, limits };
}

/**
 * Whether the servers that reach a database work with its master user although none is handed it: no where
 * each has a secret of its own, or signs in with IAM as another user, and may not read the secret that RDS keeps,
 * else undecided.
 */
function ownUser(graph: ResourceGraph, database: Resource): Answer {
  const servers = approachesTo(graph, database).flatMap((approach) => approach.class.servers);
  const separate = servers.length > 0 && servers.every((server) => hasOwnUser(graph, database, server));
  return separate ? NO : undecided(get(database.properties, 'MasterUsername'));
}

const MASTER_SECRET: PartialString = {
  parts: [
    'arn:aws:secretsmanager:',
    { type: 'region', expression: 'AWS::Region' },
    ':111111111111:secret:rds!db',
  ],
};

function hasOwnUser(graph: ResourceGraph, database: Resource, server: Resource): boolean {
  const roles = rolesOf(graph, server);
  const action = 'secretsmanager:GetSecretValue';
  if (roles.some((role) => holderMay(graph, role, action, MASTER_SECRET).is === 'yes')) return false;
  if (roles.some((role) => signsInAsOther(graph, role, database))) return true;
  const ofMaster = new Set(graph.references(database).map((edge) => edge.to));
  const secrets = graph.memo(secretsByStack).get(server.stack) ?? [];
  return secrets
    .filter((secret) => !ofMaster.has(secret.id))
    .some((secret) => roles.some((role) => holderMay(graph, role, action, arnOf(secret)).is === 'yes'));
}

/** A role that may sign in with IAM, and as no user that could be the master. */
function signsInAsOther(graph: ResourceGraph, role: Resource, database: Resource): boolean {
  const master = stringFrom(get(database.properties, 'MasterUsername'));
  const users = iamUsersOf(graph, role, database);
  return (
    users.length > 0 && master !== undefined && users.every((user) => user !== ANY_USER && user !== master)
  );
}

function secretsByStack(graph: ResourceGraph): ReadonlyMap<string, readonly Resource[]> {
  return Map.groupBy(graph.ofType('AWS::SecretsManager::Secret'), (secret) => secret.stack);
}

/** The servers that are handed the master credentials of some database. */
export function serversGivenMaster(graph: ResourceGraph): ReadonlySet<Resource> {
  return graph.memo(computeGiven);
}

function computeGiven(graph: ResourceGraph): ReadonlySet<Resource> {
  const databases = graph.ofType(...DATABASE_TYPES);
  return new Set(databases.flatMap((database) => handedTo(graph, database)?.server ?? []));
}

interface Handed {
  readonly server: Resource;
  readonly at: Value;
}

function handedTo(graph: ResourceGraph, database: Resource): Handed | undefined {
  const index = graph.memo(indexExpressions);
  const managed = index.get(`${database.id} secret`)?.[0];
  if (managed) return managed;
  for (const name of ['MasterUserPassword', 'MasterUsername']) {
    for (const expression of parameterExpressions(get(database.properties, name))) {
      const handed = index.get(expression)?.find(({ server }) => server.stack === database.stack);
      if (handed) return handed;
    }
  }
  return undefined;
}

/** Where servers are handed a parameter or secret, by its expression. */
function indexExpressions(graph: ResourceGraph): ReadonlyMap<string, readonly Handed[]> {
  const index = new Map<string, Handed[]>();
  for (const server of graph.ofType(...SERVER_TYPES, 'AWS::ECS::TaskDefinition')) {
    for (const value of startValues(graph, server)) {
      visit(value, (each) => {
        for (const expression of parameterExpressions(each)) {
          const list = index.get(expression);
          if (list) list.push({ server, at: each });
          else index.set(expression, [{ server, at: each }]);
        }
      });
    }
  }
  return index;
}

/** What a server or function is started with: user data, environment. */
export function startValues(graph: ResourceGraph, server: Resource): readonly Value[] {
  const template = launchTemplateOf(graph, server);
  return [
    get(server.properties, 'UserData'),
    get(server.properties, 'Environment', 'Variables'),
    get(server.properties, 'ContainerDefinitions'),
    ...(template
      ? [get(template.properties, 'LaunchTemplateData', 'UserData'), get(template.properties, 'UserData')]
      : []),
  ].filter((value) => value.kind !== 'absent');
}

/** Parameters in a value, and the secrets that RDS keeps for the master users of databases. */
function parameterExpressions(value: Value): readonly string[] {
  if (value.kind !== 'unknown') return [];
  return (value.parts ?? []).flatMap((part) => {
    if (typeof part === 'string') return [];
    if (part.type === 'parameter') return [normalised(part.expression)];
    return part.resource && part.attribute?.startsWith('MasterUserSecret') ? [`${part.resource} secret`] : [];
  });
}

/** `!Ref Name`, `Ref: Name` and `${Name}` mean the same parameter. */
function normalised(expression: string): string {
  return expression.replace(/^(!Ref|Ref:?)\s+|[${}"']/g, '').trim();
}
