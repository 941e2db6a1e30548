import { type Text, text } from '../../kernel/texts.ts';

/** What a deployment does to a resource when one of its properties changes. */
export type Effect = 'replaced' | 'interrupted' | 'none';

/** A property whose change does something that the resource schema does not say. */
export interface DeployException {
  readonly type: string;
  readonly property: string;
  readonly effect: Effect;
  readonly why: Text;
}

const REPLACES_WITH_DISKS = text(
  'a change of a block device after the launch replaces the instance, and its disks with it',
  '起動後のブロックデバイスの変更は、ディスクごとインスタンスを置き換えます',
);
const REBOOT = text(
  'static parameters take effect only after a restart of the database',
  '静的パラメータはデータベースの再起動後に有効になります',
);
const BLUE_GREEN = text(
  'the domain moves to new nodes (blue/green); data stays, requests may slow down',
  'ドメインは新しいノードへ移行します(ブルー/グリーン)。データは残りますが、遅くなることがあります',
);

function entry(type: string, property: string, effect: Effect, why: Text): DeployException {
  return { type, property, effect, why };
}

/**
 * Where the schema's create-only properties do not tell the whole story (CloudFormation template reference,
 * "Update requires" of each property).
 */
export const DEPLOY_EXCEPTIONS: readonly DeployException[] = [
  entry('AWS::EC2::Instance', 'BlockDeviceMappings', 'replaced', REPLACES_WITH_DISKS),
  entry(
    'AWS::EC2::Instance',
    'SecurityGroups',
    'replaced',
    text('replaced outside a VPC', 'VPC外では置き換わります'),
  ),
  entry(
    'AWS::EC2::Volume',
    'Encrypted',
    'replaced',
    text('an existing volume cannot become encrypted', '既存のボリュームは暗号化できません'),
  ),
  entry(
    'AWS::EC2::Volume',
    'KmsKeyId',
    'replaced',
    text('an existing volume keeps its key', '既存のボリュームの鍵は変えられません'),
  ),
  entry(
    'AWS::ElastiCache::ReplicationGroup',
    'TransitEncryptionEnabled',
    'replaced',
    text(
      'replaced with older engine versions; with Redis 7 or Valkey it is changed in place in two steps',
      '古いエンジンでは置き換わります。Redis 7以降やValkeyでは2段階でそのまま変更できます',
    ),
  ),
  entry('AWS::RDS::DBInstance', 'DBParameterGroupName', 'interrupted', REBOOT),
  entry('AWS::RDS::DBCluster', 'DBClusterParameterGroupName', 'interrupted', REBOOT),
  entry(
    'AWS::RDS::DBInstance',
    'ManageMasterUserPassword',
    'interrupted',
    text(
      'the password changes at once: an application that does not read the secret can no longer sign in',
      'パスワードがすぐに変わるため、シークレットを読まないアプリケーションは接続できなくなります',
    ),
  ),
  entry(
    'AWS::RDS::DBCluster',
    'ManageMasterUserPassword',
    'interrupted',
    text(
      'the password changes at once: an application that does not read the secret can no longer sign in',
      'パスワードがすぐに変わるため、シークレットを読まないアプリケーションは接続できなくなります',
    ),
  ),
  entry(
    'AWS::RDS::DBInstance',
    'MultiAZ',
    'none',
    text('a standby is made from a snapshot while the database runs', '稼働したまま予備系が作られます'),
  ),
  entry('AWS::OpenSearchService::Domain', 'EncryptionAtRestOptions', 'interrupted', BLUE_GREEN),
  entry('AWS::OpenSearchService::Domain', 'NodeToNodeEncryptionOptions', 'interrupted', BLUE_GREEN),
  entry('AWS::Elasticsearch::Domain', 'EncryptionAtRestOptions', 'replaced', BLUE_GREEN),
  entry('AWS::Elasticsearch::Domain', 'NodeToNodeEncryptionOptions', 'replaced', BLUE_GREEN),
  entry(
    'AWS::MSK::Cluster',
    'EncryptionInfo',
    'replaced',
    text(
      'the encryption of an existing cluster cannot be changed',
      '既存のクラスターの暗号化は変更できません',
    ),
  ),
  entry(
    'AWS::Redshift::Cluster',
    'Encrypted',
    'interrupted',
    text(
      'the cluster is read-only while its data moves to encrypted storage',
      '暗号化ストレージへの移行中、クラスターは読み取り専用になります',
    ),
  ),
  entry(
    'AWS::ElasticLoadBalancingV2::Listener',
    'DefaultActions',
    'interrupted',
    text(
      'clients that do not follow a redirect to HTTPS no longer get an answer',
      'HTTPSへのリダイレクトに従わないクライアントは応答を得られなくなります',
    ),
  ),
];
