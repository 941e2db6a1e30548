import type { Text } from '../../../src/api/contract.ts';
import { say } from './say.ts';

export const MAP = {
  picture: say('Picture', '図'),
  list: say('List', '一覧'),
  view: say('View of the map', 'マップの表示'),
  search: say('Find a resource', 'リソースを探す'),
  found: (count: number) => say(`${count} found`, `${count}件`),
  zoomIn: say('Zoom in', '拡大'),
  zoomOut: say('Zoom out', '縮小'),
  fit: say('Show all', '全体を表示'),
  actual: say('Readable size', '読みやすい大きさ'),
  collapseAll: say('Collapse groups', 'グループをたたむ'),
  expandAll: say('Expand groups', 'グループを開く'),
  collapse: (name: string) => say(`Collapse ${name}`, `${name}をたたむ`),
  expand: (name: string) => say(`Expand ${name}`, `${name}を開く`),
  inside: (count: number) =>
    say(count === 1 ? '1 resource inside' : `${count} resources inside`, `リソース${count}件`),
  canvas: say('Picture of the environment', '環境の図'),
  canvasHint: say(
    'Drag to move, scroll to zoom, Tab to go from safeguard to safeguard.',
    'ドラッグで移動、スクロールで拡大縮小、Tabキーで対策を順にたどれます。',
  ),
  aside: say('About the map', 'マップの説明'),
  guide: say('What you see', '見かた'),
  guideLead: say(
    'Each safeguard stands where it attaches. Choose one to see what it stops, why it is in that state, and what it would change.',
    '対策は、付いている場所に描かれています。選ぶと、何を止めるか、なぜその状態か、何が変わるかがわかります。',
  ),
  legend: say('States', '状態'),
  lines: say('Lines', '線'),
  decidedLine: say('a way that is decided', '確定した経路'),
  undecidedLine: say('a way with something undecided on it', '未確定の部分がある経路'),
  attacks: say('Follow an attack', '攻撃をたどる'),
  attacksLead: say('Play a way over the map, hop by hop.', '攻撃の経路を、一歩ずつマップ上で再生します。'),
  safeguards: say('Safeguards', '対策'),
  safeguardsLead: say('Choose one to see only where it stands.', '選ぶと、その対策の場所だけを示します。'),
  offMap: say('Not on the map', 'マップにないもの'),
  offMapNote: say('Each with the reason.', '理由とともに示します。'),
  problems: say('The drawing has faults', '図に問題があります'),
  back: say('Back', '戻る'),
  places: (count: number) => say(count === 1 ? '1 place' : `${count} places`, `${count}か所`),
  place: say('Place', '場所'),
  stops: say('What it stops', '止めるもの'),
  doesNotStop: say('What it does not stop', '止めないもの'),
  confusedWith: say('Often confused with', 'よく混同されるもの'),
  because: say('Why this state', 'この状態の理由'),
  basis: say('Basis', '根拠'),
  asOf: say('As of', '時点'),
  facets: say('Its parts', '内訳'),
  price: say('Price', '費用'),
  effect: say('Effect', '効果'),
  factor: say('Against', '対象の要因'),
  risks: say('Risks whose band it changes', '段階が変わるリスク'),
  noRisks: say(
    'At this place it changes no risk’s band, alone or with others.',
    'この場所では、単独でも他との組み合わせでも、リスクの段階は変わりません。',
  ),
  alone: say('alone', '単独で'),
  together: (names: string) => say(`together with ${names}`, `${names}とともに`),
  holds: say('holds it where it is', '現在の段階を保っている'),
  patch: say('How to put it on', '有効にする方法'),
  patchFormats: {
    cloudformation: say('CloudFormation', 'CloudFormation'),
    terraform: say('Terraform', 'Terraform'),
    command: say('Command', 'コマンド'),
  },
  needs: say('Needed first', '先に必要なもの'),
  whatIf: say('What if', 'もし切り替えたら'),
  switchOn: say('What if it were on?', '有効にしたら?'),
  switchOff: say('What if it were off?', '無効にしたら?'),
  whatIfOn: say('What if: on', '仮に有効'),
  whatIfOff: say('What if: off', '仮に無効'),
  undo: say('Take back', '取り消す'),
  undoAll: say('Take back all', 'すべて取り消す'),
  counts: say('Risks by band', '段階別のリスク'),
  before: say('Now', '現在'),
  after: say('What if', '仮の状態'),
  changedRisks: say('What changes', '変わるもの'),
  nothingChanges: say('No risk changes its value.', '値が変わるリスクはありません。'),
  openPaths: (before: number, after: number) =>
    say(`open ways ${before} → ${after}`, `開いた経路 ${before} → ${after}`),
  cutBy: (names: string) => say(`cut by ${names}`, `遮るもの: ${names}`),
  play: say('Play', '再生'),
  pause: say('Pause', '一時停止'),
  forward: say('Next hop', '次へ'),
  backward: say('Hop back', '前へ'),
  hop: (hop: number, of: number) => say(`Hop ${hop} of ${of}`, `${of}歩中${hop}歩目`),
  likelihood: say('How likely it is', '起こりやすさの根拠'),
  wouldSee: say('Would be seen by', '検知するもの'),
  openRisk: say('Open the risk', 'リスクを開く'),
  notDrawn: say('not on the map', 'マップ外'),
  undecided: say('undecided', '未確定'),
} as const;

/** What a safeguard does to a request that passes it. */
export const VERDICTS: Readonly<
  Record<'blocks' | 'hinders' | 'limits' | 'sees' | 'unknown' | 'nothing', Text>
> = {
  blocks: say('blocks', '止める'),
  hinders: say('hinders', '妨げる'),
  limits: say('limits the damage', '被害を限る'),
  sees: say('only sees', '見つけるだけ'),
  unknown: say('unknown', '不明'),
  nothing: say('does nothing (off)', '働かない(未対策)'),
};

export const OUTCOMES: Readonly<Record<'reaches' | 'hindered' | 'blocked' | 'undecided', Text>> = {
  reaches: say('reaches its end', '到達する'),
  hindered: say('is hindered', '妨げられる'),
  blocked: say('is blocked', '止められる'),
  undecided: say('undecided', '未確定'),
};

export const ATTACK_KINDS: Readonly<
  Record<'injection' | 'stolen-credentials' | 'flood' | 'unpatched' | 'other', Text>
> = {
  injection: say('Injection', 'インジェクション'),
  'stolen-credentials': say('Stolen credentials', '認証情報の窃取'),
  flood: say('Flood', '大量アクセス'),
  unpatched: say('Unpatched server', '未修正のサーバー'),
  other: say('Others', 'その他'),
};
