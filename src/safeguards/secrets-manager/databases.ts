import type { ResourceGraph } from '../../environment/graph.ts';
import { text } from '../../kernel/texts.ts';
import { isTrue } from '../../model/answer.ts';
import type { Resource } from '../../model/resource.ts';
import { referencesIn, showUndecided, type Value } from '../../model/value.ts';
import { clusterOf, isReplica, isResource, restoredFrom } from '../databases.ts';
import { notApplicable, off, on, partial, providedBy, rollUp, unsure } from '../presence.ts';
import type { Presence } from '../safeguard.ts';
import { property } from '../values.ts';
import { FACETS } from './facets.ts';
import { rotationOf } from './rotation.ts';

/** Where the master password of a database comes from, and whether it changes by itself. */
export function atDatabase(graph: ResourceGraph, database: Resource): Presence {
  const cluster = clusterOf(graph, database);
  if (cluster && isResource(cluster)) return atDatabase(graph, cluster);
  if (cluster)
    return unsure(
      text('the cluster is not among what was read', 'クラスターが読み取り対象に含まれていません'),
      [cluster],
    );
  if (isReplica(database)) {
    return notApplicable(
      text('a replica has the password of its source', 'レプリカのパスワードはソースと同じです'),
    );
  }
  const managed = property(database, 'ManageMasterUserPassword');
  const isManaged = isTrue(managed);
  if (isManaged.is === 'yes') return managedPassword(managed);
  if (isManaged.is === 'unknown') {
    return unsure(
      text(
        'whether RDS manages the password is not decided',
        'RDSがパスワードを管理するかどうかが未確定です',
      ),
      [managed],
    );
  }
  return withPassword(graph, database);
}

function managedPassword(managed: Value): Presence {
  const both = on(
    text(
      'RDS keeps the password in Secrets Manager and changes it every seven days',
      'RDSがパスワードをSecrets Managerに保管し、7日ごとに変更します',
    ),
    managed,
  );
  return rollUp([
    { facet: FACETS.stored, presence: both },
    { facet: FACETS.rotation, presence: both },
  ]);
}

function withPassword(graph: ResourceGraph, database: Resource): Presence {
  const password = property(database, 'MasterUserPassword');
  if (password.kind === 'absent') return withoutPassword(database, password);
  const stored = storedIn(graph, password);
  const iam = isTrue(property(database, 'EnableIAMDatabaseAuthentication')).is === 'yes';
  if (stored.presence.state === 'off' && iam) {
    return partial(
      text(
        'the application can sign in with IAM, but the master password stands in a file or parameter',
        'アプリケーションはIAM認証で接続できますが、マスターパスワードがファイルまたはパラメータにあります',
      ),
      password,
    );
  }
  return rollUp([
    { facet: FACETS.stored, presence: stored.presence },
    { facet: FACETS.rotation, presence: rotationFor(graph, database, stored) },
  ]);
}

function withoutPassword(database: Resource, password: Value): Presence {
  const source = restoredFrom(database);
  return source
    ? unsure(text('the password came with the snapshot', 'パスワードはスナップショットから引き継がれます'), [
        source,
      ])
    : unsure(text('no password is written', 'パスワードの指定がありません'), [password]);
}

interface Stored {
  readonly presence: Presence;
  readonly secret?: Resource;
  readonly elsewhere?: boolean;
}

/** A dynamic reference keeps the password out of the template; everything else hands it through files. */
function storedIn(graph: ResourceGraph, password: Value): Stored {
  const shown = password.kind === 'unknown' ? dynamicReferenceOf(password) : '';
  if (shown.startsWith('{{resolve:secretsmanager:')) {
    const secret = referencesIn(password)
      .map(({ resource }) => graph.get(resource))
      .find((each) => each?.type === 'AWS::SecretsManager::Secret');
    const presence = on(
      text('the password comes from Secrets Manager', 'パスワードはSecrets Managerから取得されます'),
      password,
    );
    return secret ? { presence: providedBy(secret, presence), secret } : { presence, elsewhere: true };
  }
  if (shown.startsWith('{{resolve:ssm-secure:')) {
    return {
      presence: on(
        text('the password comes from Parameter Store', 'パスワードはパラメータストアから取得されます'),
        password,
      ),
    };
  }
  if (password.kind === 'unknown' && password.why === 'parameter') {
    return {
      presence: off(
        text(
          `the password is handed in as a parameter (${showUndecided(password)})`,
          `パスワードをパラメータ(${showUndecided(password)})として渡しています`,
        ),
        password,
      ),
    };
  }
  if (password.kind === 'known') {
    return {
      presence: off(
        text('the password stands in the template', 'パスワードがテンプレートに書かれています'),
        password,
      ),
    };
  }
  return {
    presence: unsure(text('where the password comes from is not decided', 'パスワードの出所が未確定です'), [
      password,
    ]),
  };
}

function dynamicReferenceOf(password: Value): string {
  if (password.kind !== 'unknown' || password.why !== 'dynamic-reference') return '';
  const hole = password.parts?.find(
    (part) => typeof part === 'object' && part.expression.startsWith('{{resolve:'),
  );
  return typeof hole === 'object' ? hole.expression : showUndecided(password);
}

function rotationFor(graph: ResourceGraph, database: Resource, stored: Stored): Presence {
  if (stored.elsewhere) {
    return unsure(
      text('the secret is not among what was read', 'シークレットが読み取り対象に含まれていません'),
      [property(database, 'MasterUserPassword')],
    );
  }
  if (!stored.secret)
    return off(text('nothing changes the password', 'パスワードを変更する仕組みがありません'));
  return rotationOf(graph, stored.secret);
}
