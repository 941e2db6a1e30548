import { say } from './say.ts';

export const ASSET = {
  lead: say(
    'The inventory of what is worth protecting, who manages it, and who can reach it.',
    '情報資産管理台帳。守るべきもの、その管理者、そしてアクセスできる者の一覧。',
  ),
  name: say('Asset', '情報資産'),
  kind: say('Kind', '種類'),
  confidentiality: say('Confidentiality', '機密性'),
  integrity: say('Integrity', '完全性'),
  availability: say('Availability', '可用性'),
  classes: say('C · I · A', '機密・完全・可用'),
  importance: say('Importance', '重要度'),
  manager: say('Manager', '管理者'),
  owner: say('Owner', '事業責任者'),
  holds: say('Holds', '内容'),
  location: say('Location', '保管場所'),
  reachedFrom: say('Reached from', '到達元'),
  risks: say('Open risks', '未対応のリスク'),
  origin: say('Origin', '登録元'),
  found: say('found in the environment', '環境から検出'),
  byHand: say('entered by hand', '手入力'),
  assumed: say('assumption', '仮定'),
  assumedFilter: say('Class', '分類'),
  assumedYes: say('assumed', '仮定'),
  assumedNo: say('declared', '申告済み'),
  undeclared: say('not declared', '申告なし'),
  add: say('Enter an asset', '情報資産を登録'),
  addTitle: say('Enter an asset by hand', '情報資産を手で登録'),
  back: say('All assets', '情報資産一覧'),
  about: say('About it', '概要'),
  whoReaches: say('Who can reach it', 'アクセスできる者'),
  principals: say('Principals, by the policies', 'ポリシーによるプリンシパル'),
  network: say('Network sources, with their way', 'ネットワークの到達元と経路'),
  noPrincipals: say(
    'No policy of this environment lets anybody in.',
    'この環境のポリシーで許可された者はありません。',
  ),
  noNetwork: say('No network way was found.', 'ネットワークからの経路は見つかりませんでした。'),
  undecided: say('undecided', '未確定'),
  anybody: say('anybody', 'だれでも'),
  openRisks: say('Risks that reach it', '到達するリスク'),
  key: say('Key', 'キー'),
  keyHint: say(
    'Lower-case letters, digits and hyphens; it stays when the name changes.',
    '英小文字・数字・ハイフン。名前が変わっても変わりません。',
  ),
  reachedBy: say('Who can reach it', 'アクセスできる者'),
  notStated: say('not stated', '記載なし'),
} as const;

export const OWN_RISK = {
  title: say('Enter a risk by hand', 'リスクを手で登録'),
  name: say('Title', '件名'),
  factor: say('Factor', '要因'),
  cause: say('What makes it possible', '原因'),
  event: say('What happens', '事象'),
  effect: say('What comes of it', '影響'),
  assets: say('Assets', '情報資産'),
  assetsHint: say('Keys or names, one a line.', 'キーまたは名前を1行に1つ。'),
  threat: say('How readily it occurs', '起こりやすさ'),
} as const;

export const FINDING = {
  lead: say(
    'One fact, one finding: what each control says of each resource.',
    '一つの事実に一つの検出結果。各コントロールが各リソースについて述べること。',
  ),
  control: say('Control', 'コントロール'),
  status: say('Verdict', '判定'),
  severity: say('Severity', '重大度'),
  resource: say('Resource', 'リソース'),
  type: say('Type', '型'),
  file: say('File', 'ファイル'),
  family: say('Family', '分類'),
  because: say('Why', '理由'),
  tools: (tools: string) => say(`also said by ${tools}`, `他のツールの指摘: ${tools}`),
} as const;

export const SAFEGUARD = {
  lead: say(
    'Which safeguard is on at which resource. Choose a mark to see why, and what it would change.',
    'どのリソースでどの対策が有効か。印を選ぶと、理由と効果がわかります。',
  ),
  resource: say('Resource', 'リソース'),
  safeguard: say('Safeguard', '対策'),
  state: say('State', '状態'),
  factor: say('Factor', '要因'),
  effect: say('Effect', '効果'),
  price: say('Price', '費用'),
  places: say('Places', '場所'),
  summary: say('Safeguards', '対策'),
  noPlace: say('does not attach here', 'ここには付かない'),
  onOf: (on: number, of: number) => say(`${on} of ${of} on`, `${of}か所中${on}か所で有効`),
} as const;

export const RESOURCE = {
  lead: say('Everything that was read, and what was found about it.', '読み取ったすべてのものと、その結果。'),
  name: say('Resource', 'リソース'),
  type: say('Type', '型'),
  basis: say('Basis', '根拠'),
  existence: say('Exists', '存在'),
  analysed: say('Judged', '判定'),
  failing: say('Failing', '不適合'),
  unknown: say('Unknown', '判定不能'),
  off: say('Safeguards off', '未対策'),
  risks: say('Risks', 'リスク'),
  file: say('File', 'ファイル'),
  where: say('Where', '場所'),
  back: say('All resources', 'リソース一覧'),
  about: say('About it', '概要'),
  id: say('Id', '識別子'),
  findings: say('Findings', '検出結果'),
  safeguards: say('Safeguards', '対策'),
  noSafeguards: say('No safeguard attaches here.', 'ここに付く対策はありません。'),
  onMap: say('Show on the map', 'マップで表示'),
} as const;

export const COVERAGE = {
  lead: say(
    'What was not judged, and why. Nothing that is missing here counts as safe.',
    '判定しなかったものと、その理由。ここにあるものを安全とはみなしません。',
  ),
  judged: (judged: string, of: string) =>
    say(`${judged} of ${of} resources were judged`, `${of}件のうち${judged}件のリソースを判定`),
  kinds: {
    input: say('Could not be read', '読み取れなかったもの'),
    unsupported: say('Not judged yet', 'まだ判定できないもの'),
    outside: say('Outside what was read', '読み取った範囲の外'),
  },
  what: say('What', '対象'),
  reason: say('Why', '理由'),
  remedy: say('What to do', '対処'),
  untouched: say('Types that nothing looked at', '何も見ていない型'),
  count: say('Number', '件数'),
  examples: say('For example', '例'),
  unknowns: say('Values that could not be decided', '確定できなかった値'),
  expression: say('Expression', '式'),
  assumptions: say('Assumptions to confirm', '確認が必要な仮定'),
  assumptionsNote: say(
    'Nobody declared how important these are; say it in honmaru.yaml.',
    '重要度が申告されていません。honmaru.yamlに書いてください。',
  ),
  everything: say('Nothing is left out here.', '漏れはありません。'),
} as const;

export const REPORT = {
  lead: say('The whole assessment as a file.', '評価全体をファイルとして出力します。'),
  confidential: say(
    'Reports say how this environment can be attacked: they are marked confidential (社外秘).',
    'レポートには攻撃の手がかりが含まれるため、「社外秘」と記されます。',
  ),
  assessedAt: (when: string) => say(`As of ${when}`, `${when}時点`),
  english: say('English', '英語版'),
  japanese: say('Japanese', '日本語版'),
  inLanguage: (language: string) => say(`Download in ${language}`, `${language}をダウンロード`),
  unavailable: say('not available', '利用できません'),
} as const;
