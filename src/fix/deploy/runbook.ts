import { type Text, text, verbatim } from '../../kernel/texts.ts';
import type { Resource } from '../../model/resource.ts';
import { type RunbookId, statefulType } from './stateful.ts';

/** One step of a migration: what is done, what to mind, and the commands for it. */
export interface RunbookStep {
  readonly title: Text;
  readonly notes: readonly Text[];
  readonly commands: readonly string[];
}

const TITLES = {
  snapshot: text('take a snapshot', 'スナップショットを取得する'),
  copy: text('make an encrypted copy', '暗号化したコピーを作る'),
  restore: text('restore the copy as a new resource', 'コピーから新しいリソースを復元する'),
  switch: text('switch the application over', 'アプリケーションの接続先を切り替える'),
  verify: text('verify', '確認する'),
  remove: text('remove the old one', '旧リソースを削除する'),
} satisfies Record<string, Text>;

/** Commands as they are, and notes in both languages. */
type Lines = readonly (string | Text)[];
type Commands = Readonly<Record<keyof typeof TITLES, Lines>>;

/**
 * How a resource with data is moved to one that is made anew, as steps that lose nothing: snapshot, encrypted
 * copy, restore, switch, verify, remove.
 *
 * @param names the create-only properties that the new resource gets, as its file calls them
 */
export function runbookFor(resource: Resource, names: readonly string[]): readonly RunbookStep[] {
  const inTerraform = resource.id.startsWith('tf:');
  const commands = COMMANDS[statefulType(resource.type)?.runbook ?? 'generic'](
    resource.name,
    names.join(', '),
  );
  const worded = (note: Text) => (inTerraform ? inTerraformWords(note) : note);
  return (Object.keys(TITLES) as (keyof typeof TITLES)[]).map((step) => ({
    title: TITLES[step],
    notes: commands[step].filter((line): line is Text => typeof line !== 'string').map(worded),
    commands: commands[step].filter((line): line is string => typeof line === 'string'),
  }));
}

/** What CloudFormation calls otherwise than Terraform, longer names first. */
const TERRAFORM_WORDS: readonly (readonly [cloudFormation: string, terraform: string])[] = [
  ['DBSnapshotIdentifier', 'snapshot_identifier'],
  ['SnapshotIdentifier', 'snapshot_identifier'],
  ['SnapshotName', 'snapshot_name'],
  ['SnapshotId', 'snapshot_id'],
  ['ImageId', 'ami'],
  [
    'its DeletionPolicy leaves a snapshot (switch deletion protection off first)',
    'with a last snapshot (set final_snapshot_identifier, take prevent_destroy out and switch deletion protection off first)',
  ],
  [
    'DeletionPolicyによりスナップショットが残る(先に削除保護を無効にする)',
    '最後のスナップショットを残す(final_snapshot_identifier を指定し、先に prevent_destroy を外して削除保護を無効にする)',
  ],
  [
    'its DeletionPolicy keeps it; delete it by hand when nobody misses it',
    'with a removed block that does not destroy it; delete it by hand when nobody misses it',
  ],
  [
    'DeletionPolicyにより残るため、不要と確認できたら手作業で削除する',
    'destroy = false の removed ブロックで残し、不要と確認できたら手作業で削除する',
  ],
  ['out of the template', 'out of the files'],
  ['テンプレートから', 'ファイルから'],
  [' and DeletionPolicy Retain', ''],
  [' と DeletionPolicy: Retain', ''],
];

function inTerraformWords({ en, ja }: Text): Text {
  const said = (words: string) =>
    TERRAFORM_WORDS.reduce((text, [from, to]) => text.replaceAll(from, to), words);
  return text(said(en), said(ja));
}

/** The words of a runbook on lines, numbered. */
export function runbookLines(steps: readonly RunbookStep[]): readonly Text[] {
  return steps.flatMap(({ title, notes, commands }, index) => [
    text(`${index + 1}. ${title.en}`, `${index + 1}. ${title.ja}`),
    ...notes.map((note) => text(`   ${note.en}`, `   ${note.ja}`)),
    ...commands.map((command) => verbatim(`   $ ${command}`)),
  ]);
}

const KEY = '<KEY-ID>';

function stopWriting(name: string): Text {
  return text(
    `stop writing to ${name} first (a maintenance window): what is written later is not in the copy`,
    `先に ${name} への書き込みを止める(メンテナンス時間を設ける)。後の書き込みはコピーに含まれない`,
  );
}

function newBeside(name: string, properties: string, from: string): Text {
  return text(
    `declare a new resource beside ${name}, under a name of its own, with ${properties}${from === '' ? '' : ` and ${from}`}`,
    `${name} とは別に、新しい名前で ${properties}${from === '' ? '' : ` と ${from}`} を指定したリソースを宣言する`,
  );
}

function switchReferences(name: string): Text {
  return text(
    `let whatever refers to ${name} refer to the new resource, and deploy`,
    `${name} を参照している箇所を新しいリソースに向け、デプロイする`,
  );
}

function takeOut(name: string, kept: Text): Text {
  return text(
    `take ${name} out of the template when nobody uses it any more: ${kept.en}`,
    `誰も使わなくなったら ${name} をテンプレートから外す:${kept.ja}`,
  );
}

/** AWS CloudFormation user guide, "Import AWS resources into a CloudFormation stack"; Terraform has `import` blocks. */
function importTable(properties: string): Text {
  return text(
    `declare the restored table under a name of its own, with ${properties} and DeletionPolicy Retain, and import it (a change set of type IMPORT, or an import block)`,
    `復元したテーブルを別の名前で ${properties} と DeletionPolicy: Retain を指定して宣言し、インポートする(IMPORTタイプの変更セット、または import ブロック)`,
  );
}

const LEAVES_SNAPSHOT = text(
  'its DeletionPolicy leaves a snapshot (switch deletion protection off first)',
  'DeletionPolicyによりスナップショットが残る(先に削除保護を無効にする)',
);
const IS_KEPT = text(
  'its DeletionPolicy keeps it; delete it by hand when nobody misses it',
  'DeletionPolicyにより残るため、不要と確認できたら手作業で削除する',
);
const COMPARE = text(
  'compare what both hold, and watch the errors of the application for a day',
  '両者の内容を比較し、アプリケーションのエラーを1日監視する',
);
const COPY_IS_RESTORE = text(
  'the restore below makes the encrypted copy; the backup itself needs none',
  '暗号化は次の復元で行うため、バックアップ自体のコピーは不要',
);

function relational(
  service: string,
  kind: 'db-instance' | 'db-cluster',
  name: string,
  properties: string,
): Commands {
  const snapshot = kind === 'db-instance' ? 'db-snapshot' : 'db-cluster-snapshot';
  const from = kind === 'db-instance' ? 'DBSnapshotIdentifier' : 'SnapshotIdentifier';
  // Neptune and DocumentDB have no command that waits for a snapshot.
  const until = (id: string) =>
    service === 'rds'
      ? `aws rds wait ${snapshot}-available --${snapshot}-identifier ${id}`
      : `aws ${service} describe-${snapshot}s --${snapshot}-identifier ${id} --query '*[].Status'`;
  return {
    snapshot: [
      stopWriting(name),
      `aws ${service} create-${snapshot} --${kind}-identifier <${name}> --${snapshot}-identifier before-migration`,
      until('before-migration'),
    ],
    copy: [
      `aws ${service} copy-${snapshot} --source-${snapshot}-identifier before-migration --target-${snapshot}-identifier encrypted-copy --kms-key-id ${KEY}`,
      until('encrypted-copy'),
    ],
    restore: [newBeside(name, properties, `${from} encrypted-copy`)],
    switch: [switchReferences(name)],
    verify: [
      COMPARE,
      `aws ${service} describe-${kind}s --${kind}-identifier <new> --query '*[].[StorageEncrypted,KmsKeyId]'`,
    ],
    remove: [takeOut(name, LEAVES_SNAPSHOT)],
  };
}

function cache(service: 'elasticache' | 'memorydb', name: string, properties: string): Commands {
  const id = service === 'memorydb' ? '--cluster-name' : '--replication-group-id';
  return {
    snapshot: [`aws ${service} create-snapshot ${id} <${name}> --snapshot-name before-migration`],
    copy: [
      `aws ${service} copy-snapshot --source-snapshot-name before-migration --target-snapshot-name encrypted-copy --kms-key-id ${KEY}`,
    ],
    restore: [newBeside(name, properties, 'SnapshotName encrypted-copy')],
    switch: [switchReferences(name)],
    verify: [COMPARE],
    remove: [takeOut(name, service === 'memorydb' ? IS_KEPT : LEAVES_SNAPSHOT)],
  };
}

const COMMANDS: Readonly<Record<RunbookId, (name: string, properties: string) => Commands>> = {
  'rds-instance': (name, properties) => relational('rds', 'db-instance', name, properties),
  'rds-cluster': (name, properties) => relational('rds', 'db-cluster', name, properties),
  neptune: (name, properties) => relational('neptune', 'db-cluster', name, properties),
  docdb: (name, properties) => relational('docdb', 'db-cluster', name, properties),
  elasticache: (name, properties) => cache('elasticache', name, properties),
  memorydb: (name, properties) => cache('memorydb', name, properties),
  efs: (name, properties) => ({
    snapshot: [
      `aws backup start-backup-job --backup-vault-name Default --resource-arn <arn of ${name}> --iam-role-arn <role>`,
    ],
    copy: [COPY_IS_RESTORE],
    restore: [
      newBeside(name, properties, ''),
      'aws backup start-restore-job --recovery-point-arn <recovery point> --metadata file-system-id=<new>,newFileSystem=false,Encrypted=true --iam-role-arn <role>',
    ],
    switch: [
      text(
        'mount the new file system in the application; AWS DataSync copies what changed since the backup',
        '新しいファイルシステムをマウントする。バックアップ後の変更はAWS DataSyncで写す',
      ),
    ],
    verify: [COMPARE],
    remove: [takeOut(name, IS_KEPT)],
  }),
  volume: (name, properties) => ({
    snapshot: [`aws ec2 create-snapshot --volume-id <${name}> --description before-migration`],
    copy: [
      `aws ec2 copy-snapshot --source-region <region> --source-snapshot-id <snapshot> --encrypted --kms-key-id ${KEY}`,
    ],
    restore: [newBeside(name, properties, 'SnapshotId <encrypted copy>')],
    switch: [
      text(
        'stop what writes to it, detach the old volume, attach the new one under the same device name',
        '書き込みを止め、旧ボリュームを外し、新ボリュームを同じデバイス名で接続する',
      ),
    ],
    verify: [COMPARE],
    remove: [takeOut(name, LEAVES_SNAPSHOT)],
  }),
  instance: (name, properties) => ({
    snapshot: [
      text(
        'stop the application first for a clean image',
        '整合の取れたイメージのため、先にアプリケーションを止める',
      ),
      `aws ec2 create-image --instance-id <${name}> --name before-migration`,
    ],
    copy: [
      `aws ec2 copy-image --source-region <region> --source-image-id <image> --name encrypted-copy --encrypted --kms-key-id ${KEY}`,
    ],
    restore: [newBeside(name, properties, 'ImageId <encrypted copy>')],
    switch: [
      text(
        'register the new instance with the target group (or move the address), drain the old one',
        '新しいインスタンスをターゲットグループに登録し(またはアドレスを移し)、旧インスタンスの接続を閉じる',
      ),
    ],
    verify: [COMPARE, 'aws elbv2 describe-target-health --target-group-arn <target group>'],
    remove: [takeOut(name, IS_KEPT)],
  }),
  bucket: (name, properties) => ({
    snapshot: [
      text(
        `switch versioning of ${name} on: nothing is lost from now on`,
        `${name} のバージョニングを有効にする:以後は失われない`,
      ),
    ],
    copy: [newBeside(name, properties, '')],
    restore: [`aws s3 sync s3://<${name}> s3://<new bucket>`],
    switch: [
      text(
        'let the application write to the new bucket, then run the sync again for what came meanwhile',
        'アプリケーションの書き込み先を新しいバケットに変え、その間の分をもう一度同期する',
      ),
    ],
    verify: [COMPARE, 'aws s3 ls s3://<new bucket> --recursive --summarize'],
    remove: [takeOut(name, IS_KEPT)],
  }),
  table: (name, properties) => ({
    snapshot: [
      stopWriting(name),
      `aws dynamodb create-backup --table-name <${name}> --backup-name before-migration`,
    ],
    copy: [COPY_IS_RESTORE],
    restore: [
      `aws dynamodb restore-table-from-backup --target-table-name <new> --backup-arn <backup> --sse-specification-override Enabled=true,SSEType=KMS,KMSMasterKeyId=${KEY}`,
      importTable(properties),
    ],
    switch: [switchReferences(name)],
    verify: [COMPARE, 'aws dynamodb scan --table-name <new> --select COUNT'],
    remove: [takeOut(name, IS_KEPT)],
  }),
  redshift: (name, properties) => ({
    snapshot: [
      `aws redshift create-cluster-snapshot --cluster-identifier <${name}> --snapshot-identifier before-migration`,
    ],
    copy: [COPY_IS_RESTORE],
    restore: [newBeside(name, properties, 'SnapshotIdentifier before-migration')],
    switch: [switchReferences(name)],
    verify: [COMPARE],
    remove: [takeOut(name, LEAVES_SNAPSHOT)],
  }),
  generic: (name, properties) => ({
    snapshot: [
      text(
        `back up what ${name} holds: AWS Backup, or the service's own snapshot or export`,
        `${name} の内容をバックアップする(AWS Backup、またはサービスのスナップショットやエクスポート)`,
      ),
    ],
    copy: [
      text(
        'copy the backup under a key of your own where the service allows it',
        '可能であれば、自分の鍵でバックアップをコピーする',
      ),
    ],
    restore: [newBeside(name, properties, '')],
    switch: [switchReferences(name)],
    verify: [COMPARE],
    remove: [takeOut(name, IS_KEPT)],
  }),
};
