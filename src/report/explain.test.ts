import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { control, fail } from '../controls/control.ts';
import { graphOf } from '../environment/testing.ts';
import { text } from '../kernel/texts.ts';
import { safeguard } from '../safeguards/safeguard.ts';
import { type ExplainContext, findSubject, renderExplanation, suggestSubject } from './explain.ts';
import { sampleAssessment } from './testing.ts';

const storage = control({
  id: 'RDS.3',
  title: text('RDS instances encrypt their storage', 'RDSインスタンスのストレージは暗号化する'),
  severity: 'medium',
  resourceTypes: ['AWS::RDS::DBInstance'],
  configRule: 'rds-storage-encrypted',
  mappings: { 'NIST 800-53 r5': ['SC-28'] },
  basis: 'template',
  evaluate: () => fail(text('not set', '未設定')),
  remedy: (resource) => ({
    summary: text(
      'Turn encryption on; the database is replaced.',
      '暗号化を有効にします。データベースは置き換わります。',
    ),
    edits: [{ kind: 'set-property', resource: resource.id, path: ['StorageEncrypted'], value: true }],
    needs: [text('a snapshot', 'スナップショット')],
  }),
});

const waf = safeguard({
  id: 'waf',
  name: text('AWS WAF', 'AWS WAF'),
  alsoKnownAs: ['Web Application Firewall'],
  factor: 'vulnerability',
  effect: 'hinder',
  price: 'tens-of-dollars',
  stops: text('known attack patterns', '既知の攻撃パターン'),
  doesNotStop: text('flaws of the business logic', '業務ロジックの欠陥'),
  confusedWith: text('Shield and Network Firewall', 'ShieldやNetwork Firewall'),
  attachesTo: ['AWS::ElasticLoadBalancingV2::LoadBalancer'],
  presence: () => undefined,
  remedy: () => ({
    summary: text('Add a web ACL.', 'Web ACLを追加します。'),
    edits: [
      {
        kind: 'add-resource',
        logicalId: 'WebAcl',
        type: 'AWS::WAFv2::WebACL',
        properties: { Scope: 'REGIONAL' },
      },
      { kind: 'command', command: 'aws wafv2 list-web-acls --scope REGIONAL' },
    ],
  }),
});

const guardduty = safeguard({
  ...waf,
  id: 'guardduty',
  name: text('GuardDuty', 'GuardDuty'),
  alsoKnownAs: ['Gurd Duty'],
});

const assessment = sampleAssessment();
const graph = graphOf(
  {
    Resources: {
      LoadBalancer: { Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer' },
      Database: { Type: 'AWS::RDS::DBInstance' },
    },
  },
  { stack: 'webapp' },
);
const context: ExplainContext = {
  assessment,
  graph,
  controls: [storage],
  safeguards: [waf, guardduty],
};

function explain(word: string, language: 'en' | 'ja' = 'en', changes: Partial<ExplainContext> = {}): string {
  const subject = findSubject(word, context);
  assert.ok(subject, word);
  return renderExplanation(subject, { ...context, ...changes }, { language, color: false, width: 100 });
}

describe('findSubject', () => {
  const kindOf = (word: string) => findSubject(word, context)?.kind;
  const [risk] = assessment.risks;
  assert.ok(risk);

  test('finds a risk by its id, the beginning of it, or its rule', () => {
    assert.equal(kindOf(risk.id), 'risk');
    assert.equal(kindOf(risk.id.slice(0, 6)), 'risk');
    assert.equal(kindOf('inject-db'), 'risk');
  });

  test('does not take three characters for the beginning of an id', () => {
    assert.equal(kindOf(risk.id.slice(0, 3)), undefined);
  });

  test('finds a finding by its id and a control by its id or Config rule', () => {
    assert.equal(kindOf(assessment.findings[0]?.id ?? ''), 'finding');
    assert.equal(kindOf('rds.3'), 'control');
    assert.equal(kindOf('rds-storage-encrypted'), 'control');
  });

  test('finds a safeguard by any spelling, the lecture’s too', () => {
    for (const word of ['waf', 'AWS WAF', 'web-application-firewall', 'Gurd Duty', 'gurdduty', 'ＷＡＦ']) {
      assert.equal(kindOf(word), 'safeguard', word);
    }
  });

  test('suggests what was most likely meant', () => {
    assert.equal(findSubject('inject-bd', context), undefined);
    assert.equal(suggestSubject('inject-bd', context), 'inject-db');
    assert.equal(suggestSubject('something else entirely', context), undefined);
  });
});

describe('renderExplanation of a risk', () => {
  test('tells the path hop by hop with file and line, and what stands there', () => {
    const shown = explain('inject-db');
    assert.match(
      shown,
      /2\. LoadBalancer: port 80 is open to 0\.0\.0\.0\/0 \(examples\/webapp\/template\.yaml:60:3\)/,
    );
    assert.match(shown, /· AWS WAF \(.*\): off, hinders \(proposed\)/);
  });

  test('tells the values, what the proposal does not do, the evidence and the patch', () => {
    const shown = explain('inject-db');
    assert.match(shown, /without safeguards 9, now 9, with the proposal 6/);
    assert.match(shown, /AWS WAF: flaws of the business logic/);
    assert.match(shown, /no web ACL is associated with it \(examples/);
    assert.match(shown, / {4}WebAcl:\n {4} {2}Type: AWS::WAFv2::WebACL\n/);
    assert.match(shown, /\$ aws wafv2 list-web-acls --scope REGIONAL/);
  });

  test('names what is undecided', () => {
    assert.match(explain('admin-port'), /Undecided on the way\n {2}SshSource/);
  });

  test('without a graph it tells everything but the patch', () => {
    const subject = findSubject('inject-db', context);
    assert.ok(subject);
    const { graph: _, ...rest } = context;
    const shown = renderExplanation(subject, rest, { language: 'en', color: false, width: 100 });
    assert.doesNotMatch(shown, /^Patch$/m);
    assert.match(shown, /^Evidence$/m);
  });

  test('is Japanese in Japanese', () => {
    const shown = explain('inject-db', 'ja');
    for (const word of ['起こりうること', '経路', 'リスク値', '提案では防げないこと', '証拠', '修正方法']) {
      assert.ok(shown.includes(word), word);
    }
  });
});

describe('renderExplanation of the rest', () => {
  test('a finding: why, where, standards and the patch of this resource', () => {
    const shown = explain(assessment.findings[0]?.id ?? '');
    assert.match(shown, /StorageEncrypted is not set \(examples\/webapp\/template\.yaml:130:3\)/);
    assert.match(shown, /AWS Config: rds-storage-encrypted/);
    assert.match(shown, /at Database:\n {4}Properties:\n {6}StorageEncrypted: true/);
    assert.match(shown, /you need: a snapshot/);
  });

  test('a control: what it looks at, its standards and what it found', () => {
    const shown = explain('RDS.3');
    assert.match(shown, /AWS::RDS::DBInstance/);
    assert.match(shown, /NIST 800-53 r5: SC-28/);
    assert.match(shown, /FAIL Database: StorageEncrypted is not set/);
  });

  test('a safeguard: what it stops and what not, its price, and its state at each place', () => {
    const shown = explain('waf');
    assert.match(shown, /What it stops\n {2}known attack patterns/);
    assert.match(shown, /What it does not stop\n {2}flaws of the business logic/);
    assert.match(shown, /Often confused with\n {2}Shield and Network Firewall/);
    assert.match(shown, /✕ LoadBalancer: off — no web ACL is associated with it/);
  });
});
