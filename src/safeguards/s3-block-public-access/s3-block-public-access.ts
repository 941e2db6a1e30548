import type { ResourceGraph } from '../../environment/graph.ts';
import { type Text, text } from '../../kernel/texts.ts';
import { all, isTrue } from '../../model/answer.ts';
import type { EditValue, Remedy } from '../../model/remedy.ts';
import { ACCOUNT_TYPE, type Resource } from '../../model/resource.ts';
import { get, type Value } from '../../model/value.ts';
import { accountFact, declared } from '../account-service.ts';
import { runCommand, setProperty } from '../edits.ts';
import { partial, presenceOf, providedBy, unsure } from '../presence.ts';
import { type Presence, safeguard } from '../safeguard.ts';
import { property } from '../values.ts';

const SETTINGS = [
  'BlockPublicAcls',
  'IgnorePublicAcls',
  'BlockPublicPolicy',
  'RestrictPublicBuckets',
] as const;

const ACCOUNT_BLOCK = 'Account::S3PublicAccessBlock';

/**
 * S3 Block Public Access of a bucket and of the account; the stricter of the two holds. Source: Amazon S3
 * user guide, "Blocking public access to your Amazon S3 storage" and "Default settings for new S3 buckets
 * FAQ" (on for buckets made after April 2023, however they were made).
 */
export const definition = safeguard({
  id: 's3-block-public-access',
  name: text('S3 Block Public Access', 'S3ブロックパブリックアクセス'),
  alsoKnownAs: [
    'Block Public Access',
    'BPA',
    'ブロックパブリックアクセス',
    'パブリックアクセスブロック',
    'S3の公開防止',
  ],
  factor: 'credential-leak',
  effect: 'block',
  price: 'free',
  stops: text(
    'Publishing of objects by a policy or ACL that admits everybody, also by mistake.',
    '誰にでもアクセスを許可するポリシーやACLによるオブジェクトの公開(操作ミスを含む)。',
  ),
  doesNotStop: text(
    'Access with credentials, links that were signed by somebody with access, and publishing through CloudFront.',
    '認証情報を使ったアクセス、権限のある人が発行した署名付きURL、CloudFrontを通じた公開。',
  ),
  confusedWith: text(
    'Block Public Access prevents publishing; Macie looks for what is in the bucket; Access Analyzer tells who is admitted.',
    'ブロックパブリックアクセスは公開を防ぎ、Macieはバケットの中身を調べ、Access Analyzerは誰に許可しているかを示します。',
  ),
  attachesTo: ['AWS::S3::Bucket', ACCOUNT_TYPE],
  presence: (graph, place) => (place.type === ACCOUNT_TYPE ? ofAccount(graph) : ofBucket(graph, place)),
  remedy: remedyAt,
});

function ofAccount(graph: ResourceGraph): Presence {
  return accountFact(graph, ACCOUNT_BLOCK, (fact) => fromSettings(fact.properties), {
    what: text("the account's S3 public access block", 'アカウントのS3パブリックアクセスブロック'),
    command: 'aws s3control get-public-access-block --account-id ACCOUNT',
    terraform: 'aws_s3_account_public_access_block',
  });
}

function ofBucket(graph: ResourceGraph, bucket: Resource): Presence {
  const account = declared(graph, ACCOUNT_BLOCK)[0];
  const ofAll = account && providedBy(account, fromSettings(account.properties));
  if (ofAll?.state === 'on') {
    return {
      ...ofAll,
      because: text(
        'the account blocks public access to all buckets',
        'アカウント全体でバケットの公開をブロックしています',
      ),
    };
  }
  const configuration = property(bucket, 'PublicAccessBlockConfiguration');
  if (configuration.kind === 'absent') {
    return unsure(
      text(
        'not written: blocked if the bucket was made after April 2023, open to policies if before; find out with: aws s3api get-public-access-block',
        '指定がありません。2023年4月より後に作成されたバケットならブロックされ、それ以前ならされません。確認するコマンド: aws s3api get-public-access-block',
      ),
      [configuration],
    );
  }
  return fromSettings(configuration);
}

function fromSettings(settings: Value): Presence {
  const answers = SETTINGS.map((name) => isTrue(get(settings, name)));
  const missing = SETTINGS.filter((_, index) => answers[index]?.is === 'no');
  if (missing.length > 0 && missing.length < SETTINGS.length) return partial(without(missing), settings);
  return presenceOf(all(answers), TEXTS, settings);
}

function without(missing: readonly string[]): Text {
  return text(
    `blocked, but not ${missing.join(', ')}`,
    `ブロックされますが、${missing.join('、')}は無効です`,
  );
}

const TEXTS = {
  on: text('public access is blocked by all four settings', '4つの設定すべてで公開をブロックしています'),
  off: text('public access is not blocked', '公開をブロックしていません'),
  unknown: text('whether public access is blocked is not decided', '公開をブロックするかどうかが未確定です'),
};

const ALL_FOUR: EditValue = Object.fromEntries(SETTINGS.map((name) => [name, true]));

function remedyAt(_: ResourceGraph, place: Resource): Remedy {
  if (place.type === ACCOUNT_TYPE) {
    return {
      summary: text(
        'Block public access for all buckets of the account.',
        'アカウントのすべてのバケットで公開をブロックします。',
      ),
      edits: [
        runCommand(
          'aws s3control put-public-access-block --account-id ACCOUNT --public-access-block-configuration BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true',
        ),
      ],
      needs: [
        text(
          'no bucket that must be public (serve such files through CloudFront)',
          '公開が必要なバケットがないこと(公開するファイルはCloudFront経由で配信)',
        ),
      ],
    };
  }
  return {
    summary: text('Block public access to the bucket.', 'バケットの公開をブロックします。'),
    edits: [setProperty(place, 'PublicAccessBlockConfiguration', ALL_FOUR)],
  };
}
