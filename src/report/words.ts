import { type Text, text } from '../kernel/texts.ts';
import type { Assessment } from '../model/assessment.ts';
import type { AssetKind, Scope } from '../model/declaration.ts';
import type { FindingStatus, Severity } from '../model/finding.ts';
import type { Basis } from '../model/resource.ts';
import type { Band, Response } from '../model/risk.ts';
import type { Effect, Factor, PriceClass } from '../model/safeguard.ts';

export { STATE_MARKS, STATE_WORDS } from '../map/badge-text.ts';

/** The words that all reports share, so that one thing has one name in each language. */
export const BAND_WORDS: Readonly<Record<Band, Text>> = {
  high: text('high', '高'),
  medium: text('medium', '中'),
  low: text('low', '低'),
};

export const RESPONSE_WORDS: Readonly<Record<Response, Text>> = {
  accept: text('accept', '受容'),
  reduce: text('reduce', '低減'),
  transfer: text('transfer', '移転'),
  avoid: text('avoid', '回避'),
};

export const FACTOR_WORDS: Readonly<Record<Factor, Text>> = {
  vulnerability: text('vulnerability', '脆弱性'),
  'credential-leak': text('credential leak', '認証情報の流出'),
  overload: text('overload', '人為的な過負荷'),
  'human-error': text('human error', '人為ミス'),
};

export const EFFECT_WORDS: Readonly<Record<Effect, Text>> = {
  block: text('blocks', '遮断'),
  hinder: text('hinders', '妨害'),
  detect: text('detects', '検知'),
  limit: text('limits the damage', '被害限定'),
};

export const PRICE_WORDS: Readonly<Record<PriceClass, Text>> = {
  free: text('free', '無料'),
  'a-few-dollars': text('a few dollars a month', '月に数ドル'),
  'tens-of-dollars': text('tens of dollars a month', '月に数十ドル'),
  'hundreds-of-dollars': text('hundreds of dollars a month', '月に数百ドル'),
  'thousands-of-dollars': text('thousands of dollars a month', '月に数千ドル'),
};

export const SEVERITY_WORDS: Readonly<Record<Severity, Text>> = {
  critical: text('critical', '重大'),
  high: text('high', '高'),
  medium: text('medium', '中'),
  low: text('low', '低'),
  informational: text('informational', '参考'),
};

export const STATUS_WORDS: Readonly<Record<FindingStatus, Text>> = {
  FAIL: text('FAIL', '不適合'),
  UNKNOWN: text('UNKNOWN', '判定不能'),
  PASS: text('PASS', '適合'),
  NOT_APPLICABLE: text('NOT APPLICABLE', '対象外'),
};

const SCOPE_WORDS: Readonly<Record<Scope, Text>> = {
  application: text('one application of an account', 'アカウントの中の一つのアプリケーション'),
  account: text('a whole account', 'アカウント全体'),
};

/** Off AWS there is no account: what was read is a part of what people run, or all of it. */
const OFF_AWS_SCOPE_WORDS: Readonly<Record<Scope, Text>> = {
  application: text('one application of several', '複数あるうちの一つのアプリケーション'),
  account: text('all there is', '対象全体'),
};

const SELF_HOSTED = /^(?:Compose|Nginx|Caddy|Host)::/;

/** How far an environment reaches. */
export function scopeText({ scope, resources }: Assessment['environment']): Text {
  const off = resources.some(({ type }) => SELF_HOSTED.test(type));
  const onAws = resources.some(({ type }) => type.startsWith('AWS::'));
  return off && !onAws ? OFF_AWS_SCOPE_WORDS[scope] : SCOPE_WORDS[scope];
}

export const BASIS_WORDS: Readonly<Record<Basis, Text>> = {
  template: text('template', 'テンプレート'),
  plan: text('plan', 'プラン'),
  state: text('recorded state', '記録された状態'),
  live: text('live account', '実際のアカウント'),
  declared: text('declared', '申告'),
};

export const ASSET_KIND_WORDS: Readonly<Record<AssetKind, Text>> = {
  database: text('database', 'データベース'),
  storage: text('storage', 'ストレージ'),
  server: text('server', 'サーバー'),
  secret: text('secret', 'シークレット'),
  key: text('key', '暗号鍵'),
  account: text('account', 'アカウント'),
  pc: text('PC', 'PC'),
  mobile: text('mobile device', '携帯端末'),
  paper: text('paper', '書類'),
  media: text('portable media', '可搬媒体'),
  office: text('office', '事務所'),
  partner: text('partner company', '取引先'),
  service: text('outside service', '外部サービス'),
  other: text('other', 'その他'),
};

export const NOT_ANALYSED_WORDS = {
  input: text('could not be read', '読み取れなかったもの'),
  unsupported: text('not judged yet', 'まだ判定できないもの'),
  outside: text('outside what was read', '読み取った範囲の外'),
} as const;

/** What every score and what-if must say of itself. */
export const MODEL_NOTE: Text = text(
  'A level in the model, not a probability.',
  'モデル上の段階。確率ではない。',
);
