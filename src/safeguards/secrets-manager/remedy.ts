import type { ResourceGraph } from '../../environment/graph.ts';
import { launchValue } from '../../environment/reachability/index.ts';
import { text } from '../../kernel/texts.ts';
import type { Edit, Remedy } from '../../model/remedy.ts';
import type { Resource } from '../../model/resource.ts';
import { clusterOf, isResource } from '../databases.ts';
import { addResource, getAtt, logicalId, ref, setProperty } from '../edits.ts';
import { instanceRoles } from '../roles.ts';
import { property } from '../values.ts';

const FETCH_AT_RUN_TIME = text(
  'application code that reads the secret when it connects (GetSecretValue, cached, read again when sign-in fails), instead of a password in its settings',
  '設定にパスワードを置く代わりに、接続時にシークレットを読み取るアプリケーションコード(GetSecretValue。キャッシュし、認証に失敗したら読み直す)',
);

/** Moves a password into Secrets Manager, lets it rotate, and lets the servers read it. */
export function secretsRemedy(graph: ResourceGraph, place: Resource): Remedy {
  switch (place.type) {
    case 'AWS::RDS::DBInstance':
    case 'AWS::RDS::DBCluster':
      return databaseRemedy(graph, place);
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

function databaseRemedy(graph: ResourceGraph, place: Resource): Remedy {
  const cluster = clusterOf(graph, place);
  const database = cluster && isResource(cluster) ? cluster : place;
  const edits: Edit[] = [setProperty(database, 'ManageMasterUserPassword', true)];
  if (property(database, 'MasterUserPassword').kind !== 'absent') {
    edits.push({ kind: 'remove-property', resource: database.id, path: ['MasterUserPassword'] });
  }
  return {
    summary: text(
      'Let RDS keep the master password in Secrets Manager and change it every seven days; let the servers read it at run time.',
      'マスターパスワードの保管と7日ごとの変更をRDSとSecrets Managerに任せ、サーバーは実行時に読み取ります。',
    ),
    edits: [...edits, ...readPermissions(graph, database)],
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

/** One small policy for each role whose servers get the database's address. */
function readPermissions(graph: ResourceGraph, database: Resource): readonly Edit[] {
  const servers = graph.referrersOfType(database, 'AWS::EC2::Instance', 'AWS::EC2::LaunchTemplate');
  const roles = new Map(
    servers
      .flatMap((server) => instanceRoles(graph, profileOf(graph, server)))
      .map((role) => [role.id, role] as const),
  );
  return [...roles.values()].map((role) =>
    addResource(logicalId(role, 'ReadsDatabaseSecret'), 'AWS::IAM::Policy', {
      PolicyName: 'reads-database-secret',
      Roles: [ref(role)],
      PolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Action: 'secretsmanager:GetSecretValue',
            Resource: getAtt(database, 'MasterUserSecret.SecretArn'),
          },
        ],
      },
    }),
  );
}

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
