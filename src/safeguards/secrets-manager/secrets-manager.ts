import type { ResourceGraph } from '../../environment/graph.ts';
import { text } from '../../kernel/texts.ts';
import type { Resource } from '../../model/resource.ts';
import { DATABASE_TYPES } from '../databases.ts';
import { type Presence, safeguard } from '../safeguard.ts';
import { atDatabase } from './databases.ts';
import { FACETS } from './facets.ts';
import { secretsRemedy } from './remedy.ts';
import { secretPresence } from './rotation.ts';
import { atWorkload } from './workloads.ts';

/**
 * Secrets in AWS Secrets Manager instead of in templates, settings and heads. Sources: Amazon RDS user
 * guide, "Password management with Amazon RDS and AWS Secrets Manager" (a managed password rotates every
 * seven days with no schedule in the template; not together with read replicas of most engines or with
 * blue/green deployments); CloudFormation user guide, "Get values stored in other services using dynamic
 * references"; Secrets Manager user guide, "Rotate AWS Secrets Manager secrets".
 */
export const definition = safeguard({
  id: 'secrets-manager',
  name: text('AWS Secrets Manager', 'AWS Secrets Manager'),
  alsoKnownAs: [
    'Secrets Manager',
    'Secret Manager',
    'Security Manager',
    'シークレットマネージャー',
    'シークレット',
    'パスワードの定期変更',
  ],
  factor: 'credential-leak',
  effect: 'block',
  price: 'a-few-dollars',
  stops: text(
    'Passwords that stand in templates, user data, settings or repositories, and passwords that never change.',
    'テンプレート・ユーザーデータ・設定・リポジトリに書かれたパスワードの流出と、変更されないパスワードの悪用。',
  ),
  doesNotStop: text(
    'A role that may read the secret and is stolen, and an application that logs what it read. NoEcho only hides a parameter from displays.',
    'シークレットの読み取りを許可されたロールの盗用や、読み取った値をログに書くアプリケーション。NoEchoは画面に表示しないだけです。',
  ),
  confusedWith: text(
    'Secrets Manager hands out values and rotates them; KMS encrypts them; Parameter Store keeps settings and rotates nothing.',
    'Secrets Managerは値を渡してローテーションします。KMSはそれを暗号化する鍵です。パラメータストアは設定の保管で、ローテーションはしません。',
  ),
  facets: [FACETS.stored, FACETS.rotation],
  attachesTo: [
    ...DATABASE_TYPES,
    'AWS::SecretsManager::Secret',
    'AWS::Lambda::Function',
    'AWS::ECS::TaskDefinition',
    'AWS::EC2::Instance',
    'AWS::EC2::LaunchTemplate',
    'AWS::AutoScaling::AutoScalingGroup',
    'AWS::ECS::Service',
  ],
  presence: presenceAt,
  remedy: secretsRemedy,
});

function presenceAt(graph: ResourceGraph, place: Resource): Presence | undefined {
  switch (place.type) {
    case 'AWS::RDS::DBInstance':
    case 'AWS::RDS::DBCluster':
      return atDatabase(graph, place);
    case 'AWS::SecretsManager::Secret':
      return secretPresence(graph, place);
    default:
      return atWorkload(graph, place);
  }
}
