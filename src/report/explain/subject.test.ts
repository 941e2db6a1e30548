import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { CONTROLS } from '../../controls/registry.generated.ts';
import { RISK_RULES } from '../../risk/registry.generated.ts';
import { RULE_PAGES } from '../../risk/rule-pages.generated.ts';
import { SAFEGUARDS } from '../../safeguards/registry.generated.ts';
import { renderExplanation } from '../explain.ts';
import { ALIASES } from './aliases.ts';
import { findSubject, type Subject } from './subject.ts';

const PAGES = { controls: CONTROLS, safeguards: SAFEGUARDS, rules: RULE_PAGES };

/** The page that a word leads to, as `kind id`. */
function pageOf(word: string): string {
  const subject = findSubject(word, PAGES);
  return subject ? `${subject.kind} ${idOf(subject)}` : 'nothing';
}

function idOf(subject: Subject): string {
  switch (subject.kind) {
    case 'risk':
      return subject.risk.id;
    case 'finding':
      return subject.finding.id;
    case 'control':
      return subject.control.id;
    case 'safeguard':
      return subject.safeguard.id;
    case 'rule':
      return subject.rule.id;
    case 'topic':
      return subject.topic.id;
    case 'family':
      return subject.family;
  }
}

describe('explain finds the page', () => {
  const pages: Readonly<Record<string, readonly string[]>> = {
    'safeguard dependabot': ['Dependabot'],
    'safeguard code-review': ['Code Guru Reviewer', 'Amazon CodeGuru'],
    'safeguard waf': [
      'AWS WAF',
      'Web Application Firewall',
      'OWASP TOP10',
      'AWS Managed Rules Common RuleSet',
    ],
    'safeguard tls': ['SSL接続', 'SSL', 'HTTPS', 'ビューワプロトコルポリシー'],
    'safeguard acm': ['ACM', 'AWS Certificate Manager', 'SSL証明書'],
    'safeguard vulnerability-intelligence': ['CVSS', 'JVN', 'NVD', 'NIST', 'IPA'],
    'safeguard iam-least-privilege': ['最小限の法則', '最小権限', 'IAM権限'],
    'safeguard network-least-privilege': ['セキュリティグループ', 'ネットワーク通信の許可設定'],
    'safeguard inspector': ['Inspector', 'インスペクター'],
    'safeguard patch-manager': ['SSM Patch Manager', 'パッチマネージャ', 'パッチマネージャー'],
    'safeguard eventbridge': ['Event Bridge'],
    'safeguard security-hub': ['Security Hub', 'セキュリティハブ'],
    'safeguard mfa': ['MFA', '多要素認証'],
    'safeguard kms': ['KMS', 'Key Management Service', 'キーポリシー'],
    'safeguard encryption-at-rest': ['透過的暗号化', '暗号化'],
    'safeguard secrets-manager': ['Security Manager', 'Secret Manager', 'Secrets Manager', 'DBパスワード'],
    'safeguard shield': ['Shield', 'Shield Advanced', 'DDoS攻撃'],
    'safeguard access-analyzer': ['IAM Access Analizer', 'Access Analyzer'],
    'safeguard access-advisor': ['IAM Access Advisor'],
    'safeguard guardduty': ['Amazon Gurd Duty', 'Gurd Duty', 'ガードデューティ', 'ガードデューティー'],
    'safeguard macie': ['Marcie', 'Amazon Macie'],
    'safeguard detective': ['Detective'],
    'safeguard network-firewall': ['Network Firewall', 'ネットワークファイアウォール'],
    'safeguard cloudtrail': ['Croud Trail', 'Cloud Trail'],
    'safeguard cloudwatch-alarms': ['Cloud Watchアラーム', 'CloudWatch'],
    'topic accept': ['受容', 'accept'],
    'topic reduce': ['低減', '分散'],
    'topic transfer': ['移転', '転嫁', '移転(転嫁)'],
    'topic avoid': ['回避'],
    'topic vulnerability': ['脆弱性'],
    'topic credential-leak': ['認証情報の流出'],
    'topic overload': ['人為的な過負荷', '過負荷'],
    'topic owner': ['事業責任者'],
    'topic inventory': ['情報資産管理台帳', 'PCや紙'],
    'rule inject-db': ['inject-db', 'SQLインジェクション', 'Database contents stolen by SQL injection'],
    'family ELB': ['ELB', 'ALB'],
    'family CloudFront': ['Cloud Front'],
    'family S3': ['S3', 's3'],
    'control S3.8': ['S3.8', 's3.8'],
  };
  for (const [page, words] of Object.entries(pages)) {
    test(page, () => {
      assert.deepEqual(
        words.map((word) => `${word}: ${pageOf(word)}`),
        words.map((word) => `${word}: ${page}`),
      );
    });
  }

  test('of every safeguard, rule and other word, in both languages', () => {
    const words = [...SAFEGUARDS.map(({ id }) => id), ...RISK_RULES.map(({ id }) => id), ...ALIASES.keys()];
    for (const word of words) {
      const subject = findSubject(word, PAGES);
      assert.ok(subject, word);
      for (const language of ['en', 'ja'] as const) {
        const shown = renderExplanation(subject, PAGES, { language, color: false, width: 80 });
        assert.ok(shown.length > 30 && !/undefined|\[object/.test(shown), `${word} ${language}`);
      }
    }
  });

  test('and nothing for a word that means nothing', () => {
    for (const word of ['', ' ', '()', '__proto__', 'xyzzy', '-', '😀'])
      assert.equal(pageOf(word), 'nothing', word);
  });
});
