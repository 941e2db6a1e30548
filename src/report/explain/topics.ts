import { type Text, text } from '../../kernel/texts.ts';
import type { Factor } from '../../model/safeguard.ts';

/** A word of the method that has a page of its own. */
export interface Topic {
  readonly id: string;
  readonly title: Text;
  readonly what: readonly Text[];
  /** What it is mistaken for, or does not do. */
  readonly not?: Text;
  /** For a factor: its safeguards and rules are listed. */
  readonly factor?: Factor;
  readonly commands?: readonly string[];
}

export const TOPICS: readonly Topic[] = [
  {
    id: 'accept',
    title: text('Accept (a treatment)', '受容(対応の一つ)'),
    what: [
      text(
        'The risk is taken as it is, because it is rare or does little harm. The business owner decides it, with a last day.',
        '発生の頻度や影響を考え、対策をせずそのまま受け入れること。事業責任者が期限を付けて決めます。',
      ),
      text(
        'It is bound to the facts that were shown: when the path, the safeguards or the class change, it lapses.',
        '提示された事実に結び付けられ、経路・対策・重要度が変わると失効します。',
      ),
    ],
    not: text(
      'Silence is not acceptance: a risk that nobody decided on stays open.',
      '放置は受容ではありません。決定のないリスクは未決定のままです。',
    ),
    commands: ['honmaru risk treat ID --response accept --reason TEXT --until DAY', 'honmaru risk decide ID'],
  },
  {
    id: 'reduce',
    title: text('Reduce (a treatment)', '低減(対応の一つ)'),
    what: [
      text(
        'Safeguards make the risk less likely, or the damage smaller: a WAF in front, patches, data spread over stores with credentials of their own.',
        '対策により起こりやすさや影響を減らすこと。WAFの設置、パッチ、データを分散して個別に認証することなど。',
      ),
      text(
        'A report proposes the cheapest smallest set of safeguards at places that changes the band.',
        '報告書は、段階が変わる最小で最も安い対策の組み合わせを提案します。',
      ),
    ],
    not: text(
      'What only detects does not lower the value: it is told as "would be seen by".',
      '検知だけの対策ではリスク値は下がりません(「気づく手段」として示します)。',
    ),
    commands: ['honmaru risk treat ID --response reduce --reason TEXT'],
  },
  {
    id: 'transfer',
    title: text('Transfer (a treatment)', '移転・転嫁(対応の一つ)'),
    what: [
      text(
        'Somebody else takes the risk: an insurance, a managed service, a contract. The decision names the counterparty, the contract and what it covers.',
        'リスクへの対応を当事者以外に任せること(保険、マネージドサービス、契約)。相手先・契約・範囲を記録します。',
      ),
    ],
    not: text('The responsibility towards customers stays with you.', '顧客に対する責任は移転できません。'),
    commands: [
      'honmaru risk treat ID --response transfer --counterparty NAME --contract TEXT --coverage TEXT --reason TEXT',
    ],
  },
  {
    id: 'avoid',
    title: text('Avoid (a treatment)', '回避(対応の一つ)'),
    what: [
      text(
        'What makes the risk possible is removed: a port that nobody needs is closed, data that nobody uses is deleted.',
        'リスクの原因そのものをなくすこと。不要なポートを閉じる、使わないデータを消すなど。',
      ),
    ],
    commands: ['honmaru risk treat ID --response avoid --reason TEXT'],
  },
  {
    id: 'vulnerability',
    factor: 'vulnerability',
    title: text('Vulnerability (a factor)', '脆弱性(要因の一つ)'),
    what: [
      text(
        'A weak point from a bug or a setting: in the application, its libraries, the system below it, or the network.',
        'バグや設定不備による弱点。アプリケーション、ライブラリ、OS・ミドルウェア、ネットワークにあります。',
      ),
    ],
  },
  {
    id: 'credential-leak',
    factor: 'credential-leak',
    title: text('Credential leak (a factor)', '認証情報の流出(要因の一つ)'),
    what: [
      text(
        'A password, key or role gets into foreign hands: published by mistake, stolen from a server, or guessed.',
        'パスワード・鍵・ロールが他人の手に渡ること。誤った公開、サーバーからの窃取、推測などによります。',
      ),
    ],
  },
  {
    id: 'overload',
    factor: 'overload',
    title: text('Overload by people (a factor)', '人為的な過負荷(要因の一つ)'),
    what: [
      text(
        'Many machines send requests until the service stops, or until the bill is the damage.',
        '多数の機器から要求を送り、サービスを停止させたり費用を膨らませたりすること(DDoS攻撃など)。',
      ),
    ],
  },
  {
    id: 'human-error',
    factor: 'human-error',
    title: text('Human error (a factor)', '人為ミス(要因の一つ)'),
    what: [
      text(
        'A mistake deletes or overwrites data, or a duty is forgotten: a certificate that lapses, an alarm that reaches nobody.',
        '操作ミスによる削除・上書きや、証明書の期限切れ・届かないアラームのような失念。',
      ),
    ],
  },
  {
    id: 'owner',
    title: text('Business owner', '事業責任者'),
    what: [
      text(
        'Not every risk can be found, and not every one removed. Who decides is the business owner, named as owner in honmaru.yaml; whoever proposes a treatment does not decide on it.',
        'すべてのリスクを洗い出すことも、なくすこともできません。最終判断は事業責任者(honmaru.yaml の owner)が行い、提案した人は決定しません。',
      ),
      text('A team of one is marked as self-approved.', '一人のチームでは自己承認と表示されます。'),
    ],
    commands: ['honmaru risk list', 'honmaru risk decide ID'],
  },
  {
    id: 'inventory',
    title: text('Asset inventory', '情報資産管理台帳'),
    what: [
      text(
        'What there is to protect, who manages it, and who can reach it by which path. The environment shows databases, buckets and servers; PCs, paper and partners are added by hand.',
        '何を守るのか、誰が管理し、誰がどの経路でアクセスできるのかの一覧。データベース・バケット・サーバーは環境から、PC・紙・取引先などは手入力で追加します。',
      ),
    ],
    commands: [
      'honmaru asset list',
      'honmaru asset add --name NAME --kind pc',
      'honmaru risk add --title TEXT …',
    ],
  },
  {
    id: 'risk-value',
    title: text('Risk value', 'リスク値'),
    what: [
      text(
        'Importance (1 to 3) times likelihood (1 to 3): 1 and 2 are low, 3 and 4 medium, 6 and 9 high. docs/risk-scale.md has the rules, and honmaru verify-scores recomputes a report.',
        '重要度(1〜3)×発生しやすさ(1〜3)。1・2が低、3・4が中、6・9が高です。計算方法は docs/risk-scale.md にあり、honmaru verify-scores で報告書を検算できます。',
      ),
    ],
    not: text('It is a level in the model, not a probability.', 'モデル上の段階であり、確率ではありません。'),
    commands: ['honmaru assess PATH', 'honmaru verify-scores REPORT.json'],
  },
];
