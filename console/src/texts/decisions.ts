import type { HistoryEntry, Text } from '../../../src/api/contract.ts';
import { say } from './say.ts';

/** The page of all histories. */
export const DECISIONS = {
  lead: say(
    'Everything that was proposed and decided, by whom and how surely, in histories that show tampering.',
    '提案と決定のすべて。誰が、どれほど確かに行ったか。改ざんがわかる履歴として残ります。',
  ),
  when: say('When', '日時'),
  kind: say('What', '種別'),
  by: say('By', '実行者'),
  empty: say('Nothing was proposed yet.', 'まだ提案はありません。'),
  emptyNext: say('Choose a risk and propose a treatment.', 'リスクを選び、対応を提案してください。'),
  verify: say('Verify all histories', 'すべての履歴を検証'),
  verifyNote: say(
    'Every hash, link and signature is checked again. Give an anchor that was kept elsewhere, and a history that was cut off shows too.',
    'すべてのハッシュ・つながり・署名を検証し直します。別に保管したアンカーを指定すると、末尾の切り捨ても検出できます。',
  ),
  anchorFile: say('Choose an anchor (optional)', 'アンカーを選ぶ(任意)'),
  verifyNow: say('Verify now', '検証する'),
  whole: (count: number) =>
    say(count === 1 ? '1 history is whole' : `${count} histories are whole`, `${count}件の履歴は完全です`),
  broken: say('Something is wrong', '問題が見つかりました'),
  inForce: say('Decisions in force', '有効な決定'),
  signedCount: (count: string) => say(`${count} signed`, `署名済み ${count}`),
  confirmedCount: (count: string) => say(`${count} confirmed, not signed`, `確認済み(署名なし) ${count}`),
  unsignedCount: (count: string) => say(`${count} not signed`, `署名なし ${count}`),
  keep: say('Keep outside this machine', 'この端末の外に保管'),
  keepNote: say(
    'Keep the anchor elsewhere, such as in a signed commit: it shows when a history was cut off.',
    'アンカーは署名付きコミットなど別の場所に保管してください。履歴の切り捨てがわかります。',
  ),
  anchor: say('Anchor', 'アンカー'),
  review: say('Record what changed by itself', '自動で変わったことを記録'),
  reviewNote: say(
    'Acceptances that lapsed, closed risks that are back, resources with another name.',
    '失効した受容、再び現れたリスク、名前が変わったリソース。',
  ),
  reviewNow: say('Record now', '記録する'),
  recorded: (count: number) =>
    say(
      count === 1 ? '1 entry was recorded.' : `${count} entries were recorded.`,
      `${count}件を記録しました。`,
    ),
  nothingToRecord: say('There is nothing to record.', '記録することはありません。'),
} as const;

export const ENTRY_KINDS: Readonly<Record<HistoryEntry['kind'], Text>> = {
  proposed: say('proposed', '提案'),
  decided: say('decided', '決定'),
  withdrawn: say('taken back', '取り下げ'),
  lapsed: say('lapsed', '失効'),
  closed: say('closed', '完了'),
  reopened: say('opened again', '再開'),
  renamed: say('renamed', '名称変更'),
  'class-changed': say('class changed', '重要度の変更'),
};
