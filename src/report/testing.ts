import { stableId } from '../kernel/ids.ts';
import type { Place } from '../kernel/source-file.ts';
import { type Text, text, verbatim } from '../kernel/texts.ts';
import type { AssessedResource, Assessment } from '../model/assessment.ts';
import type { Asset } from '../model/declaration.ts';
import type { Finding } from '../model/finding.ts';
import type { Guard, Interval, PathStep, Risk } from '../model/risk.ts';
import type { Attachment, SafeguardReport } from '../model/safeguard.ts';

/** A rich assessment of a small web application, for the tests of the reports. */
export function sampleAssessment(changes: Partial<Assessment> = {}): Assessment {
  return {
    schema: 'honmaru.assessment/1',
    tool: { name: 'honmaru', version: '0.1.0' },
    assessedAt: '2026-11-24T09:00:00.000Z',
    environment: {
      name: 'webapp',
      scope: 'application',
      owner: '山田 花子',
      resources: RESOURCES,
      unknowns: [
        {
          resource: id('Database'),
          property: 'MasterUserPassword',
          expression: 'DatabasePassword',
          why: text('the parameter has no default', 'パラメーターに既定値がありません'),
          source: place(140),
        },
      ],
    },
    findings: FINDINGS,
    safeguards: SAFEGUARDS,
    risks: [injection(), adminPort(), acceptedFlood()],
    assets: ASSETS,
    coverage: {
      analysed: RESOURCES.map((each) => each.id),
      notAnalysed: [
        {
          kind: 'unsupported',
          what: 'AWS::Custom::Thing',
          reason: text('no control looks at this type', 'この型を調べる項目がありません'),
          source: place(200),
        },
      ],
    },
    ...changes,
  };
}

/** A risk like the sample's first one with its own id, for tests with many. */
export function sampleRisk(index: number, current: Interval = { low: 6, high: 6 }): Risk {
  const band = current.high >= 6 ? 'high' : current.high >= 3 ? 'medium' : 'low';
  return {
    ...injection(),
    id: stableId('sample', String(index)),
    current,
    band: { inherent: 'high', current: band, target: 'medium' },
  };
}

function id(name: string): string {
  return `cfn:webapp/${name}`;
}

function place(line: number): Place {
  return { file: 'examples/webapp/template.yaml', line, column: 3 };
}

function resource(name: string, type: string, line: number): AssessedResource {
  return { id: id(name), type, name, basis: 'template', existence: 'certain', source: place(line) };
}

const RESOURCES: readonly AssessedResource[] = [
  resource('LoadBalancer', 'AWS::ElasticLoadBalancingV2::LoadBalancer', 60),
  resource('HttpListener', 'AWS::ElasticLoadBalancingV2::Listener', 70),
  resource('WebServer', 'AWS::EC2::Instance', 90),
  resource('Database', 'AWS::RDS::DBInstance', 130),
  resource('UploadBucket', 'AWS::S3::Bucket', 160),
];

function finding(control: string, name: string, partial: Partial<Finding>): Finding {
  return {
    id: stableId('webapp', control, id(name)),
    control,
    title: verbatim(control),
    status: 'FAIL',
    resource: id(name),
    type: RESOURCES.find((each) => each.name === name)?.type ?? '',
    severity: 'medium',
    because: verbatim(''),
    source: place(100),
    ...partial,
  };
}

const FINDINGS: readonly Finding[] = [
  finding('RDS.3', 'Database', {
    title: text('RDS instances encrypt their storage', 'RDSインスタンスのストレージは暗号化する'),
    because: text('StorageEncrypted is not set', 'StorageEncryptedが設定されていません'),
    configRule: 'rds-storage-encrypted',
    source: place(130),
  }),
  finding('EC2.8', 'WebServer', {
    title: text('EC2 instances require IMDSv2', 'EC2インスタンスはIMDSv2を必須にする'),
    severity: 'high',
    because: text('HttpTokens is optional', 'HttpTokensがoptionalです'),
    source: place(95),
  }),
  finding('S3.10', 'UploadBucket', {
    title: text('Buckets have lifecycle rules', 'バケットにはライフサイクルルールがある'),
    status: 'UNKNOWN',
    undecided: ['LifecycleDays'],
    because: text('depends on LifecycleDays', 'LifecycleDaysによります'),
    source: place(165),
  }),
  finding('S3.8', 'UploadBucket', {
    title: text('Buckets block public access', 'バケットはパブリックアクセスをブロックする'),
    status: 'PASS',
    because: text('all four settings are on', '四つの設定がすべて有効です'),
    source: place(161),
  }),
];

function attachment(name: string, state: Attachment['state'], because: Text, line = 60): Attachment {
  return {
    resource: name.includes(':') ? name : id(name),
    state,
    basis: 'template',
    asOf: '2026-11-24T09:00:00.000Z',
    because,
    source: place(line),
  };
}

const SAFEGUARDS: readonly SafeguardReport[] = [
  {
    id: 'waf',
    name: text('AWS WAF', 'AWS WAF'),
    factor: 'vulnerability',
    effect: 'hinder',
    price: 'tens-of-dollars',
    attachments: [
      {
        ...attachment(
          'LoadBalancer',
          'off',
          text('no web ACL is associated with it', 'Web ACLが関連付けられていません'),
        ),
        facets: [
          { id: 'common', state: 'off', because: text('no web ACL', 'Web ACLなし') },
          { id: 'sqli', state: 'off', because: text('no web ACL', 'Web ACLなし') },
          { id: 'rate', state: 'off', because: text('no web ACL', 'Web ACLなし') },
        ],
      },
    ],
  },
  {
    id: 'encryption-at-rest',
    name: text('Encryption at rest', '保存データの暗号化'),
    factor: 'credential-leak',
    effect: 'hinder',
    price: 'free',
    attachments: [
      attachment('Database', 'off', text('StorageEncrypted is not set', 'StorageEncryptedがありません'), 130),
      attachment('UploadBucket', 'on', text('S3 encrypts every object', 'S3はすべて暗号化します'), 160),
    ],
  },
  {
    id: 'kms',
    name: text('KMS customer keys', 'KMSカスタマー管理キー'),
    factor: 'credential-leak',
    effect: 'hinder',
    price: 'a-few-dollars',
    attachments: [attachment('UploadBucket', 'on', text('its own key', '専用の鍵です'), 162)],
  },
  {
    id: 'guardduty',
    name: text('GuardDuty', 'GuardDuty'),
    factor: 'credential-leak',
    effect: 'detect',
    price: 'tens-of-dollars',
    attachments: [
      attachment('region:this', 'unknown', text('not declared here', 'ここでは宣言されていません')),
    ],
  },
];

function guard(safeguard: string, name: string, partial: Partial<Guard> = {}): Guard {
  return { safeguard, place: id(name), effect: 'hinder', state: 'off', proposed: false, ...partial };
}

function step(name: string, what: Text, line: number, guards: readonly Guard[] = []): PathStep {
  return name === 'internet'
    ? { resource: name, what, guards }
    : { resource: id(name), what, source: place(line), guards };
}

function injection(): Risk {
  const path = [
    step('internet', text('anybody', '誰でも'), 0),
    step('LoadBalancer', text('port 80 is open to 0.0.0.0/0', '80番ポートが0.0.0.0/0に開いています'), 60, [
      guard('waf', 'LoadBalancer', { facet: 'sqli', proposed: true }),
    ]),
    step('WebServer', text('forwarded by HttpListener', 'HttpListenerが転送します'), 90),
    step('Database', text('port 3306 is open to the server', '3306番ポートがサーバーに開いています'), 130),
  ];
  return {
    id: stableId('inject-db', id('Database')),
    rule: 'inject-db',
    number: 1,
    title: text(
      'Injected SQL reads the database behind the load balancer',
      '注入されたSQLがロードバランサーの先のデータベースを読む',
    ),
    statement: {
      cause: text(
        'Requests reach the application unfiltered; a flaw in it is assumed',
        'リクエストが検査されずにアプリケーションへ届く(欠陥があると仮定)',
      ),
      event: text('an attacker sends SQL to Database', '攻撃者がDatabaseへSQLを送る'),
      effect: text('customer data is read or changed', '顧客データが読まれる、または書き換えられる'),
    },
    factor: 'vulnerability',
    assets: [{ resource: id('Database'), importance: { low: 3, high: 3 }, assumed: false }],
    path,
    cut: [],
    scoring: {
      importance: { low: 3, high: 3 },
      threat: { low: 3, high: 3 },
      threatReason: text('an anonymous path from the internet', 'インターネットからの匿名の経路'),
      limits: [],
      paths: [{ decided: true, steps: path }],
    },
    inherent: { low: 9, high: 9 },
    current: { low: 9, high: 9 },
    target: { low: 6, high: 6 },
    band: { inherent: 'high', current: 'high', target: 'high' },
    seenBy: [guard('guardduty', 'Database', { effect: 'detect', state: 'unknown', place: 'region:this' })],
    lowering: [],
    proposal: {
      response: 'reduce',
      safeguards: [{ id: 'waf', place: id('LoadBalancer'), facet: 'sqli' }],
      reason: text(
        'The SQL injection rules of the WAF stop known patterns',
        'WAFのSQLインジェクション用ルールが既知のパターンを止めます',
      ),
      price: 'tens-of-dollars',
    },
    evidence: [
      {
        kind: 'safeguard',
        id: 'waf',
        because: text('no web ACL is associated with it', 'Web ACLが関連付けられていません'),
        source: place(60),
      },
    ],
  };
}

function adminPort(): Risk {
  const path = [
    step('internet', text('anybody', '誰でも'), 0),
    step('WebServer', text('port 22 is open to a parameter', '22番ポートはパラメーター次第です'), 92, [
      guard('network-least-privilege', 'WebServer', { effect: 'block', state: 'unknown', proposed: true }),
    ]),
  ];
  return {
    ...injection(),
    id: stableId('admin-port', id('WebServer')),
    rule: 'admin-port',
    number: 9,
    title: text(
      'The administration port is open to the internet',
      '管理用ポートがインターネットに開いている',
    ),
    path,
    cut: [],
    scoring: {
      importance: { low: 2, high: 3 },
      threat: { low: 3, high: 3 },
      threatReason: text('an anonymous path from the internet', 'インターネットからの匿名の経路'),
      limits: [],
      paths: [{ decided: false, steps: path, undecided: ['SshSource'] }],
    },
    assets: [{ resource: id('WebServer'), importance: { low: 2, high: 3 }, assumed: true }],
    inherent: { low: 6, high: 9 },
    current: { low: 2, high: 9 },
    target: { low: 2, high: 3 },
    band: { inherent: 'high', current: 'high', target: 'medium' },
    seenBy: [],
    lowering: [],
    proposal: {
      response: 'avoid',
      safeguards: [{ id: 'network-least-privilege', place: id('WebServer') }],
      reason: text('Session Manager needs no open port', 'Session Managerなら開いたポートは要りません'),
      price: 'free',
    },
    evidence: [],
  };
}

function acceptedFlood(): Risk {
  return {
    ...injection(),
    id: stableId('flood-single', id('LoadBalancer')),
    rule: 'flood-single',
    number: 31,
    title: text('A flood of requests stops the only server', '大量のリクエストで一台のサーバーが止まる'),
    factor: 'overload',
    assets: [{ resource: id('WebServer'), importance: { low: 1, high: 1 }, assumed: false }],
    inherent: { low: 3, high: 3 },
    current: { low: 2, high: 2 },
    target: { low: 2, high: 2 },
    band: { inherent: 'medium', current: 'low', target: 'low' },
    seenBy: [],
    lowering: [],
    proposal: {
      response: 'accept',
      safeguards: [],
      reason: text('an outage of an hour is bearable', '一時間の停止は許容できます'),
    },
    evidence: [],
  };
}

function asset(name: string, kind: Asset['kind'], level: Interval, partial: Partial<Asset> = {}): Asset {
  return {
    resource: id(name),
    name,
    type: RESOURCES.find((each) => each.name === name)?.type ?? '',
    kind,
    confidentiality: level,
    integrity: level,
    availability: { low: 2, high: 2 },
    importance: level,
    assumed: level.low !== level.high,
    reachedFrom: text('not reached from the internet', 'インターネットからは届きません'),
    ...partial,
  };
}

const ASSETS: readonly Asset[] = [
  asset('Database', 'database', { low: 3, high: 3 }, { manager: '佐藤 健', holds: '顧客の個人情報' }),
  asset('UploadBucket', 'storage', { low: 2, high: 3 }),
  asset(
    'WebServer',
    'server',
    { low: 2, high: 3 },
    { reachedFrom: text('the internet through LoadBalancer', 'LoadBalancerを通してインターネットから') },
  ),
];
