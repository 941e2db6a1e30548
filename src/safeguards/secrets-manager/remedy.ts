import type { ResourceGraph } from '../../environment/graph.ts';
import { launchValue } from '../../environment/reachability/index.ts';
import { text } from '../../kernel/texts.ts';
import type { Edit, EditValue, Remedy } from '../../model/remedy.ts';
import type { Resource } from '../../model/resource.ts';
import { clusterOf, isResource } from '../databases.ts';
import { addResource, getAtt, logicalId, ref, setProperty } from '../edits.ts';
import { instanceRoles } from '../roles.ts';
import { property } from '../values.ts';
import { APPLICATION_USER, applicationSecret, createUser } from './application-user.ts';

const FETCH_AT_RUN_TIME = text(
  'application code that reads the secret when it connects (GetSecretValue, cached, read again when sign-in fails), instead of a password in its settings',
  '設定にパスワードを置く代わりに、接続時にシークレットを読み取るアプリケーションコード(GetSecretValue。キャッシュし、認証に失敗したら読み直す)',
);

/** Moves a password into Secrets Manager, lets it rotate, and lets the servers read it. */
export function secretsRemedy(graph: ResourceGraph, place: Resource, facets: readonly string[] = []): Remedy {
  switch (place.type) {
    case 'AWS::RDS::DBInstance':
    case 'AWS::RDS::DBCluster':
      return ofDatabase(graph, place, facets);
    case 'AWS::SecretsManager::Secret':
      return secretRemedy(place);
    default:
      return {
        summary: text(
          'Take secrets out of the settings and read them from Secrets Manager at run time.',
          '設定から秘密の値を取り除き、実行時にSecrets Managerから読み取ります。',
        ),
        edits: [],
        needs: [FETCH_AT_RUN_TIME],
      };
  }
}

/** A user of its own for the application beside, or instead of, what keeps the master's password. */
function ofDatabase(graph: ResourceGraph, place: Resource, facets: readonly string[]): Remedy {
  const cluster = clusterOf(graph, place);
  const database = cluster && isResource(cluster) ? cluster : place;
  if (!facets.includes(APPLICATION_USER)) return databaseRemedy(graph, database);
  const user = applicationUser(graph, database);
  if (facets.length === 1) return user;
  const master = databaseRemedy(graph, database);
  return {
    summary: text(`${master.summary.en} ${user.summary.en}`, `${master.summary.ja}${user.summary.ja}`),
    edits: [...master.edits, ...user.edits],
    needs: [...new Set([...(master.needs ?? []), ...(user.needs ?? [])])],
  };
}

function databaseRemedy(graph: ResourceGraph, database: Resource): Remedy {
  const edits: Edit[] = [setProperty(database, 'ManageMasterUserPassword', true)];
  if (property(database, 'MasterUserPassword').kind !== 'absent') {
    edits.push({ kind: 'remove-property', resource: database.id, path: ['MasterUserPassword'] });
  }
  return {
    summary: text(
      'Let RDS keep the master password in Secrets Manager and change it every seven days; let the servers read it at run time.',
      'マスターパスワードの保管と7日ごとの変更をRDSとSecrets Managerに任せ、サーバーは実行時に読み取ります。',
    ),
    edits: [...edits, ...readPermissions(graph, database, MASTER)],
    needs: [
      FETCH_AT_RUN_TIME,
      text(
        'no read replica of this database (except SQL Server) and no blue/green deployment: RDS does not allow them together',
        'このデータベースのリードレプリカ(SQL Serverを除く)やブルー/グリーンデプロイを使っていないこと(併用できません)',
      ),
      text(
        'better: a database user of its own for the application',
        '推奨: アプリケーション専用のデータベースユーザー',
      ),
    ],
  };
}

/** A secret that is read: how its policy is called, and what its ARN is. */
interface ReadSecret {
  readonly suffix: string;
  readonly policy: string;
  arn(database: Resource): EditValue;
}

const MASTER: ReadSecret = {
  suffix: 'ReadsDatabaseSecret',
  policy: 'reads-database-secret',
  arn: (database) => getAtt(database, 'MasterUserSecret.SecretArn'),
};

/** One small policy for each role whose servers, functions or tasks get the database's address. */
export function readPermissions(
  graph: ResourceGraph,
  database: Resource,
  { suffix, policy, arn }: ReadSecret,
): readonly Edit[] {
  const servers = graph.referrersOfType(database, 'AWS::EC2::Instance', 'AWS::EC2::LaunchTemplate');
  const code = graph.referrersOfType(database, 'AWS::Lambda::Function', 'AWS::ECS::TaskDefinition');
  const roles = new Map(
    [
      ...servers.flatMap((server) => instanceRoles(graph, profileOf(graph, server))),
      ...code.flatMap((each) => graph.target(property(each, ROLE_PROPERTY[each.type] ?? 'Role')) ?? []),
    ].map((role) => [role.id, role] as const),
  );
  return [...roles.values()].map((role) =>
    addResource(logicalId(role, suffix), 'AWS::IAM::Policy', {
      PolicyName: policy,
      Roles: [ref(role)],
      PolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Action: 'secretsmanager:GetSecretValue',
            Resource: arn(database),
          },
        ],
      },
    }),
  );
}

/** The property that names the role of code that runs; the task's own one, not that of its agent. */
const ROLE_PROPERTY: Readonly<Record<string, string>> = { 'AWS::ECS::TaskDefinition': 'TaskRoleArn' };

function profileOf(graph: ResourceGraph, server: Resource) {
  return server.type === 'AWS::EC2::Instance'
    ? launchValue(graph, server, 'IamInstanceProfile')
    : property(server, 'LaunchTemplateData', 'IamInstanceProfile');
}

function secretRemedy(secret: Resource): Remedy {
  return {
    summary: text(
      'Let Secrets Manager make the value, and rotate it every thirty days.',
      '値の生成をSecrets Managerに任せ、30日ごとにローテーションします。',
    ),
    edits: [
      ...(property(secret, 'SecretString').kind === 'absent' ? [] : generated(secret)),
      addResource(logicalId(secret, 'Rotation'), 'AWS::SecretsManager::RotationSchedule', {
        SecretId: ref(secret),
        RotationLambdaARN: ref('RotationFunctionArn'),
        RotationRules: { AutomaticallyAfterDays: 30 },
      }),
    ],
    needs: [
      text(
        'a rotation function for what the secret opens (parameter RotationFunctionArn)',
        'シークレットの対象に合わせたローテーション関数(パラメータRotationFunctionArn)',
      ),
    ],
  };
}

/** A value that stands in a template is known; a generated one is known to nobody. */
function generated(secret: Resource): readonly Edit[] {
  return [
    { kind: 'remove-property', resource: secret.id, path: ['SecretString'] },
    setProperty(secret, 'GenerateSecretString', { PasswordLength: 32 }),
  ];
}

/**
 * A database user for the application with a secret of its own: who breaks into the application then has the
 * rights of that user, not those of the master.
 */
function applicationUser(graph: ResourceGraph, database: Resource): Remedy {
  const { secret, edits } = applicationSecret(database);
  const reader: ReadSecret = {
    suffix: 'ReadsApplicationSecret',
    policy: 'reads-application-secret',
    arn: () => ref(secret),
  };
  return {
    summary: text(
      'Give the application a database user of its own, with a secret of its own that only its role reads.',
      'アプリケーション専用のデータベースユーザーと、そのロールだけが読み取れる専用のシークレットを用意します。',
    ),
    edits: [...edits, ...readPermissions(graph, database, reader), createUser(database, secret)],
    needs: [
      FETCH_AT_RUN_TIME,
      text(
        'start-up data and settings without the master user’s name and password',
        '起動データや設定からマスターユーザーの名前とパスワードを取り除くこと',
      ),
      text(
        'the rights that the application needs: reading and writing its own tables, not changing their form',
        'アプリケーションに必要な権限の確認(自分のテーブルの読み書きのみで、定義の変更は含めない)',
      ),
    ],
  };
}
