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
    'S3.12',
    text(
      'CloudFront delivers its standard logs with an access control list; no one else is granted anything by one',
      'CloudFrontの標準ログはACLを使って配信されます。ほかの誰にもACLで権限を与えていません',
    ),
  ],
  [
    'S3.17',
    text(
      'it is encrypted with S3’s own key, which CloudFront needs no permission for; a key of your own must let delivery.logs.amazonaws.com use it, else logs are lost',
      'CloudFrontに権限が要らない、S3が管理する鍵で暗号化されます。自社管理の鍵にする場合、delivery.logs.amazonaws.com に使用を許可しないとログが失われます',
    ),
  ],
  [
    'S3.15',
    text(
      'S3 delivers its access logs into no bucket that has Object Lock; the trail’s bucket is locked, and objects of the other buckets can be locked one by one',
      'S3のアクセスログはオブジェクトロックを有効にしたバケットに配信できません。証跡のバケットはロックし、ほかのバケットのオブジェクトは個別にロックできます',
    ),
  ],
  [
    'CloudTrail.1001',
    text(
      'left out as you asked (--set TrailDataEvents=none); add an event selector for the buckets that hold personal data',
      '指定(--set TrailDataEvents=none)により外しました。個人情報を含むバケットに絞ってイベントセレクターを追加してください',
    ),
  ],
]);

/** Why an added resource does not meet a control on purpose; undefined where there is no such reason. */
export function reasonNotMet(control: string): Text | undefined {
  return REASONS.get(control);
}
