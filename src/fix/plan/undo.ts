import { joinTexts, type Text, text } from '../../kernel/texts.ts';
import type { Edit } from '../../model/remedy.ts';

const EMPTY_FIRST = text('empty the added bucket first', '追加したバケットを先に空にする');
const FINDINGS_ARE_LOST = text(
  'its findings are lost with it; export them first',
  '検出結果も消えるため、先にエクスポートする',
);
const RECORDS_STAY = text(
  'what was recorded stays in its bucket; from then on nothing is recorded',
  '記録済みのデータはバケットに残るが、以後は記録されない',
);
const LOGS_ARE_LOST = text(
  'the logs in the added group are deleted with it; export them first',
  '追加したロググループのログも消えるため、先にエクスポートする',
);
const NOBODY_IS_TOLD = text('from then on nobody is told', '以後は誰にも通知されない');
const PERMISSION_ENDS = text(
  'let the application do without the permission first',
  '先にアプリケーションがこの権限を使わないようにする',
);
const WITHOUT_RULE = text(
  'requests are no longer inspected as soon as it is gone',
  '削除した時点からリクエストは検査されない',
);
const TAKES_RESTART = text(
  'restart the database afterwards: static parameters change only then',
  '静的パラメータは再起動後に変わるため、その後データベースを再起動する',
);

/**
 * What undoing an added type needs besides taking it out of the files; `undefined` for types for which that is all.
 */
const NOTES: ReadonlyMap<string, Text | undefined> = new Map([
  ['AWS::S3::Bucket', EMPTY_FIRST],
  ['AWS::S3::BucketPolicy', undefined],
  [
    'AWS::KMS::Key',
    text(
      'encrypt the data with another key first: a deleted key makes it unreadable after the waiting period',
      '先に別の鍵で暗号化し直す。鍵を削除すると待機期間後にデータを読めなくなる',
    ),
  ],
  ['AWS::GuardDuty::Detector', FINDINGS_ARE_LOST],
  ['AWS::SecurityHub::Hub', FINDINGS_ARE_LOST],
  ['AWS::AccessAnalyzer::Analyzer', FINDINGS_ARE_LOST],
  ['AWS::Macie::Session', FINDINGS_ARE_LOST],
  [
    'AWS::Detective::Graph',
    text(
      'the gathered history is deleted with it and starts anew if it is enabled again',
      '蓄積した履歴も消え、再度有効にすると最初からになる',
    ),
  ],
  [
    'AWS::Shield::Protection',
    text(
      'the subscription itself cannot be ended before its year is over',
      '契約自体は1年が終わるまで解約できない',
    ),
  ],
  ['AWS::CloudTrail::Trail', RECORDS_STAY],
  ['AWS::Config::ConfigurationRecorder', RECORDS_STAY],
  ['AWS::Config::DeliveryChannel', undefined],
  ['AWS::EC2::FlowLog', undefined],
  ['AWS::Logs::LogGroup', LOGS_ARE_LOST],
  ['AWS::Logs::MetricFilter', undefined],
  ['AWS::CloudWatch::Alarm', NOBODY_IS_TOLD],
  ['AWS::Events::Rule', NOBODY_IS_TOLD],
  ['AWS::SNS::Topic', undefined],
  ['AWS::SNS::TopicPolicy', undefined],
  ['AWS::Budgets::Budget', NOBODY_IS_TOLD],
  [
    'AWS::CertificateManager::Certificate',
    text(
      'in one deployment with what uses it: a certificate in use cannot be deleted',
      '使用中の証明書は削除できないため、利用側の変更と同じデプロイで行う',
    ),
  ],
  [
    'AWS::ElasticLoadBalancingV2::Listener',
    text(
      'visitors with https addresses no longer get an answer',
      'https のURLで訪れる閲覧者は応答を得られなくなる',
    ),
  ],
  ['AWS::ElasticLoadBalancingV2::ListenerRule', undefined],
  ['AWS::WAFv2::WebACL', WITHOUT_RULE],
  ['AWS::WAFv2::WebACLAssociation', undefined],
  ['AWS::WAFv2::LoggingConfiguration', undefined],
  ['AWS::NetworkFirewall::Firewall', WITHOUT_RULE],
  ['AWS::NetworkFirewall::FirewallPolicy', undefined],
  ['AWS::NetworkFirewall::RuleGroup', undefined],
  ['AWS::IAM::Role', undefined],
  ['AWS::IAM::Policy', PERMISSION_ENDS],
  ['AWS::IAM::ManagedPolicy', PERMISSION_ENDS],
  ['AWS::IAM::InstanceProfile', undefined],
  ['AWS::EC2::LaunchTemplate', undefined],
  ['AWS::EC2::VPCEndpoint', undefined],
  ['AWS::EC2::SecurityGroupIngress', undefined],
  ['AWS::RDS::DBParameterGroup', TAKES_RESTART],
  ['AWS::RDS::DBClusterParameterGroup', TAKES_RESTART],
  [
    'AWS::SecretsManager::Secret',
    text(
      'the secret waits 7 to 30 days before it is gone; give the application its former password first',
      'シークレットは7〜30日の待機後に消える。先にアプリケーションを以前のパスワードに戻す',
    ),
  ],
  [
    'AWS::SecretsManager::RotationSchedule',
    text('the last value stays valid', '最後の値がそのまま有効である'),
  ],
  ['AWS::SSM::Association', text('installed patches stay installed', '適用済みのパッチはそのまま残る')],
]);

/** Whether the undoing of an added type was thought of. */
export function isUndoKnown(type: string): boolean {
  return NOTES.has(type);
}

const PROPERTY_NOTES: ReadonlyMap<string, Text> = new Map([
  [
    'VersioningConfiguration',
    text(
      'versioning can only be suspended; versions that exist stay until they are deleted',
      'バージョニングは停止しかできず、既存のバージョンは削除するまで残る',
    ),
  ],
  [
    'BucketEncryption',
    text(
      'objects that were written meanwhile stay under the key: keep it, or copy them over themselves first',
      'その間に書き込まれたオブジェクトは鍵で暗号化されたまま。鍵を残すか、先に上書きコピーする',
    ),
  ],
  [
    'ManageMasterUserPassword',
    text(
      'give the database a password again in the same deployment',
      '同じデプロイでデータベースのパスワードを改めて設定する',
    ),
  ],
  ['MultiAZ', text('the standby is removed while the database runs', '稼働したまま予備系が削除される')],
  [
    'BackupRetentionPeriod',
    text(
      'backups older than the former period are deleted at once',
      '以前の保持期間より古いバックアップはすぐに削除される',
    ),
  ],
  [
    'EnableCloudwatchLogsExports',
    text('logs that were exported stay in CloudWatch Logs', '出力済みのログはCloudWatch Logsに残る'),
  ],
  ['SecurityGroupIngress', text('closed ports are open again at once', '閉じたポートがすぐに再び開く')],
  ['DBParameterGroupName', TAKES_RESTART],
  [
    'MetadataOptions',
    text('works on the running server, without a restart', '稼働中のサーバーに再起動なしで反映される'),
  ],
  [
    'DefaultActions',
    text(
      'browsers that were told to use HTTPS (HSTS) still do',
      'HTTPSの使用を記憶したブラウザー(HSTS)はHTTPSで接続し続ける',
    ),
  ],
]);

/** How a change is undone: the hunk the other way round, and what must be minded. */
export function undoOf(edits: readonly Edit[]): Text {
  const notes = new Set<Text>();
  for (const edit of edits) {
    const note =
      edit.kind === 'add-resource'
        ? NOTES.get(edit.type)
        : edit.kind === 'set-property'
          ? PROPERTY_NOTES.get(edit.path[0] ?? '')
          : undefined;
    if (note) notes.add(note);
  }
  const reverse = text(
    'apply the hunk in reverse (patch -R) and deploy',
    'この差分を逆に適用し(patch -R)、デプロイする',
  );
  return joinTexts([reverse, ...notes], text('; ', '。'));
}
