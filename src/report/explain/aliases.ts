/**
 * Other words by which people look for a page: spellings of lectures and textbooks, parts of a service, and
 * Japanese readings. Each leads to the id of a safeguard, a risk rule, a topic or a control family.
 */
export const ALIASES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    waf: [
      'OWASP TOP10',
      'AWS Managed Rules',
      'AWS Managed Rules Common RuleSet',
      'Common Rule Set',
      'マネージドルール',
      'ルールグループ',
      'ワフ',
      'ダブリューエーエフ',
    ],
    tls: [
      'ビューワプロトコルポリシー',
      'ビューワープロトコルポリシー',
      'Viewer Protocol Policy',
      'HTTPS通信',
      '通信の暗号化',
      '通信経路の暗号化',
    ],
    acm: ['パブリック証明書', 'プライベート証明書', 'サーバー証明書'],
    'encryption-at-rest': ['暗号化', '透過的暗号化', '保管時の暗号化', 'EBS暗号化'],
    kms: ['キーポリシー', '鍵ポリシー', 'KMS鍵', '鍵管理'],
    'secrets-manager': [
      'DBパスワード',
      'パスワード',
      'パスワードの定期変更',
      'シークレット',
      'ローテーション',
    ],
    shield: ['DDoS攻撃', 'DDoS対策', 'DDoS', 'Shield Standard', 'Shield Advanced'],
    'access-advisor': ['最終アクセス情報', 'アクセスアドバイザー'],
    'access-analyzer': ['アクセスアナライザー', 'アクセスアナライザ'],
    'patch-manager': ['パッチ', 'パッチ適用', 'パッチ自動化'],
    inspector: ['ECRスキャン', '脆弱性スキャン', '脆弱性検索'],
    'vulnerability-intelligence': ['NIST', '脆弱性情報'],
    dependabot: ['デペンダボット', 'ディペンダボット'],
    'code-review': ['Amazon CodeGuru', 'CodeGuru', 'コードレビュー'],
    cloudtrail: ['証跡', 'Croud Trail', '監査ログ'],
    'cloudwatch-alarms': ['クラウドウォッチ', 'CloudWatch', 'アラーム'],
    'network-least-privilege': [
      'セキュリティグループ',
      'Security Group',
      'ネットワーク通信の許可設定',
      'ファイアウォールルール',
    ],
    'iam-least-privilege': [
      '最小権限の原則',
      '最小限の法則',
      'IAM権限',
      '不要な権限',
      'IAMロール',
      'IAMポリシー',
    ],
    segmentation: ['プライベートサブネット', 'ネットワーク分離'],
    redundancy: ['冗長化', 'マルチAZ', 'Multi-AZ'],
    logging: ['ログ', 'アクセスログ', 'フローログ'],
    guardduty: ['マイニング', '仮想通貨の採掘'],
    macie: ['個人情報の検出', 'メイシー'],
    detective: ['ディテクティブ'],
    'inject-db': ['SQLインジェクション', 'SQL injection', 'SQLi'],
    'ssrf-imds': ['SSRF', 'メタデータサービス'],
    accept: ['受容', '保有', 'リスク受容', 'accept'],
    reduce: ['低減', '軽減', '分散', 'リスク低減', 'mitigate'],
    transfer: ['移転', '転嫁', '移転(転嫁)', 'リスク移転', '保険'],
    avoid: ['回避', 'リスク回避'],
    vulnerability: ['脆弱性', '設定不備', '弱点'],
    'credential-leak': ['認証情報の流出', '認証情報', 'アクセスキー流出'],
    overload: ['人為的な過負荷', '過負荷'],
    'human-error': ['人為ミス', '操作ミス'],
    owner: ['事業責任者', 'business owner', '責任者'],
    inventory: ['情報資産管理台帳', '資産台帳', '情報資産', 'PCや紙', 'asset inventory'],
    'risk-value': ['リスク', 'リスク値', 'risk value', 'score', 'スコア', '想定されるリスク'],
    elb: ['ALB', 'NLB', 'ロードバランサー', 'Elastic Load Balancing'],
    cloudfront: ['Cloud Front', 'クラウドフロント'],
    ec2: ['VPC', 'サーバー'],
    route53: ['Route 53'],
  }).flatMap(([id, words]) => words.map((word) => [plainName(word), id] as const)),
);

/** A name without case, spaces and joints: `Gurd Duty`, `gurd-duty` and `GurdDuty` are one. */
export function plainName(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\-_.・]/g, '');
}

/**
 * The forms in which a name is known: with and without the vendor before it, the bracket behind it and the
 * long vowel at the end of a Japanese word.
 */
export function nameForms(name: string): readonly string[] {
  const bare = name.normalize('NFKC').replace(/\s*\([^)]*\)\s*$/, '');
  const forms = [name, bare].flatMap((form) => [form, form.replace(/^(?:AWS|Amazon|IAM|SSM)\s+/i, '')]);
  return [...new Set(forms.map(plainName).flatMap((form) => [form, form.replace(/ー$/, '')]))];
}
