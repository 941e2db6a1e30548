import { type Text, text } from '../../kernel/texts.ts';

/**
 * Controls that resources added by a change do not meet on purpose, each with the reason. What is not here and
 * fails is shown as a failure.
 */
const REASONS: ReadonlyMap<string, Text> = new Map([
  [
    'S3.7',
    text(
      'a copy in a second region doubles the storage and needs a region that you choose; add ReplicationConfiguration where the law or your contracts ask for it',
      '別リージョンへの複製は保存費用が倍になり、複製先の選択が必要です。法令や契約で求められる場合に ReplicationConfiguration を追加してください',
    ),
  ],
  [
    'S3.11',
    text(
      'services write there all the time and nobody would read a notice of each file; findings and alarms are told by the topic instead',
      'サービスが常に書き込むため、ファイルごとの通知は誰も読みません。検出結果とアラームはトピックで通知します',
    ),
  ],
  [
    'S3.15',
    text(
      'access logs of S3 and AWS Config cannot be delivered into a locked bucket; the trail’s bucket, which can be, is locked',
      'S3のアクセスログとAWS Configはオブジェクトロック付きのバケットに配信できません。ロックできる証跡のバケットはロックします',
    ),
  ],
  [
    'CloudTrail.1001',
    text(
      'events of every object cost 0.10 USD for a hundred thousand; add an event selector for the buckets that hold personal data',
      '全オブジェクトのイベント記録は10万件ごとに0.10米ドルかかります。個人情報を含むバケットに絞ってイベントセレクターを追加してください',
    ),
  ],
]);

/** Why an added resource does not meet a control on purpose; undefined where there is no such reason. */
export function reasonNotMet(control: string): Text | undefined {
  return REASONS.get(control);
}
