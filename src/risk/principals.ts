import type { ResourceGraph } from '../environment/graph.ts';
import { arnOf, DATABASE_TYPES } from '../environment/reachability/index.ts';
import { type Text, text } from '../kernel/texts.ts';
import type { AssetPrincipal } from '../model/declaration.ts';
import type { Resource } from '../model/resource.ts';
import { ANY_USER, iamUsersOf, mayReadMasterSecret } from './database-access.ts';
import { holderMay } from './roles.ts';
import { bucketsFor } from './stores.ts';
import { workloads } from './workloads.ts';

/** Who has access to an asset by the policies that were read; undefined where no role does. */
export function principalsOf(
  graph: ResourceGraph,
  asset: Resource,
): { readonly principals?: readonly AssetPrincipal[] } {
  const principals = graph.memo(indexPrincipals).get(asset.id);
  return principals ? { principals } : {};
}

/** In larger environments only the roles of an asset's own stack are asked about it. */
const MOST_QUESTIONS = 5_000;

function indexPrincipals(graph: ResourceGraph): ReadonlyMap<string, readonly AssetPrincipal[]> {
  const index = new Map<string, AssetPrincipal[]>();
  const roles = workloads(graph).map(({ role }) => role);
  const add = (asset: Resource, role: Resource, may: Text) => {
    const list = index.get(asset.id) ?? [];
    list.push({ principal: role.id, may, decided: role.exists.is === 'yes' });
    index.set(asset.id, list);
  };
  for (const role of roles) {
    for (const bucket of bucketsFor(graph, role, 's3:GetObject')) add(bucket, role, READS_OBJECTS);
  }
  const secrets = graph.ofType('AWS::SecretsManager::Secret');
  const databases = graph.ofType(...DATABASE_TYPES);
  const few = roles.length * (secrets.length + databases.length) <= MOST_QUESTIONS;
  const near = (asset: Resource) => (few ? roles : roles.filter(({ stack }) => stack === asset.stack));
  for (const secret of secrets) {
    for (const role of near(secret)) {
      if (holderMay(graph, role, 'secretsmanager:GetSecretValue', arnOf(secret)).is === 'yes')
        add(secret, role, READS_SECRET);
    }
  }
  for (const database of databases) {
    for (const role of near(database)) {
      if (mayReadMasterSecret(graph, role, database)) add(database, role, READS_MASTER);
      for (const user of iamUsersOf(graph, role, database)) add(database, role, signsInAs(user));
    }
  }
  return index;
}

const READS_OBJECTS = text('reads its objects', '内容を読み取れる');
const READS_SECRET = text('reads its value', '値を読み取れる');
const READS_MASTER = text(
  'reads the password of the master user',
  'マスターユーザーのパスワードを読み取れる',
);

function signsInAs(user: string): Text {
  return user === ANY_USER
    ? text('signs in with IAM as any user', 'IAM認証で任意のユーザーとして接続できる')
    : text(`signs in with IAM as ${user}`, `IAM認証でユーザー${user}として接続できる`);
}
