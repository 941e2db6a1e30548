import type {
  Assurance,
  Band,
  Basis,
  DecisionState,
  Effect,
  Factor,
  FindingStatus,
  PriceClass,
  Response,
  SafeguardState,
  Severity,
  Text,
} from '../../../src/api/contract.ts';
import { say } from './say.ts';

/** The words for the values that the server names; the same on every page. */
export const BANDS: Readonly<Record<Band, Text>> = {
  high: say('high', '高'),
  medium: say('medium', '中'),
  low: say('low', '低'),
};

export const FACTORS: Readonly<Record<Factor, Text>> = {
  vulnerability: say('vulnerability', '脆弱性'),
  'credential-leak': say('credential leak', '認証情報の流出'),
  overload: say('overload', '人為的な過負荷'),
  'human-error': say('human error', '人為ミス'),
};

export const EFFECTS: Readonly<Record<Effect, Text>> = {
  block: say('blocks', '遮断'),
  hinder: say('hinders', '妨害'),
  detect: say('detects', '検知'),
  limit: say('limits the damage', '被害限定'),
};

export const STATES: Readonly<Record<SafeguardState, Text>> = {
  on: say('on', '有効'),
  partial: say('partial', '一部有効'),
  off: say('off', '未対策'),
  unknown: say('unknown', '不明'),
  'not-applicable': say('not applicable', '対象外'),
};

export const BASES: Readonly<Record<Basis, Text>> = {
  template: say('template', 'テンプレート'),
  plan: say('plan', 'プラン'),
  state: say('recorded state', '記録された状態'),
  live: say('live account', '実際のアカウント'),
  declared: say('declared', '申告'),
};

export const RESPONSES: Readonly<Record<Response, Text>> = {
  accept: say('accept', '受容'),
  reduce: say('reduce', '低減'),
  transfer: say('transfer', '移転'),
  avoid: say('avoid', '回避'),
};

export const RESPONSE_HINTS: Readonly<Record<Response, Text>> = {
  accept: say('Live with it until a date.', '期限を決めて、そのまま受け入れる。'),
  reduce: say('Put the proposed safeguards in place.', '提案された対策を講じる。'),
  transfer: say('Somebody else carries it by contract.', '契約により他者に引き受けてもらう。'),
  avoid: say('Remove what makes it possible.', '原因となるものを取り除く。'),
};

export const DECISION_STATES: Readonly<Record<DecisionState, Text>> = {
  undecided: say('undecided', '未決定'),
  proposed: say('proposed', '承認待ち'),
  rejected: say('rejected', '差し戻し'),
  accepted: say('accepted', '受容'),
  reducing: say('being reduced', '低減中'),
  transferred: say('transferred', '移転'),
  avoided: say('avoided', '回避'),
  lapsed: say('lapsed', '失効'),
  closed: say('closed', '完了'),
};

export const ASSURANCES: Readonly<Record<Assurance, Text>> = {
  signed: say('signed', '署名済み'),
  confirmed: say('confirmed, not signed', '確認済み(署名なし)'),
  unsigned: say('unsigned', '署名なし'),
};

export const SELF_APPROVED = say('self-approved', '自己承認');

export const SEVERITIES: Readonly<Record<Severity, Text>> = {
  critical: say('critical', '重大'),
  high: say('high', '高'),
  medium: say('medium', '中'),
  low: say('low', '低'),
  informational: say('informational', '参考'),
};

export const STATUSES: Readonly<Record<FindingStatus, Text>> = {
  FAIL: say('FAIL', '不適合'),
  UNKNOWN: say('UNKNOWN', '判定不能'),
  PASS: say('PASS', '適合'),
  NOT_APPLICABLE: say('NOT APPLICABLE', '対象外'),
};

export const PRICES: Readonly<Record<PriceClass, Text>> = {
  free: say('free', '無料'),
  'a-few-dollars': say('a few dollars a month', '月に数ドル'),
  'tens-of-dollars': say('tens of dollars a month', '月に数十ドル'),
  'hundreds-of-dollars': say('hundreds of dollars a month', '月に数百ドル'),
  'thousands-of-dollars': say('thousands of dollars a month', '月に数千ドル'),
};

export const EXISTENCE = {
  certain: say('certain', '確定'),
  maybe: say('perhaps', '条件による'),
} as const;

export const ASSET_KINDS: Readonly<Record<string, Text>> = {
  database: say('database', 'データベース'),
  storage: say('storage', 'ストレージ'),
  server: say('server', 'サーバー'),
  secret: say('secret', 'シークレット'),
  key: say('key', '暗号鍵'),
  account: say('account', 'アカウント'),
  pc: say('PC', 'パソコン'),
  mobile: say('mobile device', '携帯端末'),
  paper: say('paper', '書類'),
  media: say('portable media', '可搬媒体'),
  office: say('office', '事務所'),
  partner: say('partner company', '取引先'),
  service: say('outside service', '外部サービス'),
  other: say('other', 'その他'),
};

/** Of what is no resource in a file. */
export const PSEUDO_NAMES: Readonly<Record<string, Text>> = {
  'account:this': say('the account', 'アカウント'),
  'region:this': say('the region', 'リージョン'),
  internet: say('Internet', 'インターネット'),
};

export const YES = say('yes', 'はい');
export const NO = say('no', 'いいえ');
export const LIST_SEPARATOR = say(', ', '、');
