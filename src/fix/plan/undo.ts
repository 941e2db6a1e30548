import { joinTexts, type Text, text } from '../../kernel/texts.ts';
import type { Edit } from '../../model/remedy.ts';

/** What undoing an added type needs besides taking it out of the template. */
const NOTES: ReadonlyMap<string, Text> = new Map([
  ['AWS::S3::Bucket', text('empty the added bucket first', '追加したバケットを先に空にする')],
  [
    'AWS::KMS::Key',
    text(
      'encrypt the data with another key first: a deleted key makes it unreadable after the waiting period',
      '先に別の鍵で暗号化し直す。鍵を削除すると待機期間後にデータを読めなくなる',
    ),
  ],
  [
    'AWS::GuardDuty::Detector',
    text('its findings are lost with it; export them first', '検出結果も消えるため、先にエクスポートする'),
  ],
  [
    'AWS::SecurityHub::Hub',
    text('its findings are lost with it; export them first', '検出結果も消えるため、先にエクスポートする'),
  ],
  [
    'AWS::Shield::Protection',
    text(
      'the subscription itself cannot be ended before its year is over',
      '契約自体は1年が終わるまで解約できない',
    ),
  ],
]);

const PROPERTY_NOTES: ReadonlyMap<string, Text> = new Map([
  [
    'VersioningConfiguration',
    text(
      'versioning can only be suspended; versions that exist stay until they are deleted',
      'バージョニングは停止しかできず、既存のバージョンは削除するまで残る',
    ),
  ],
  [
    'ManageMasterUserPassword',
    text(
      'give the database a password again in the same deployment',
      '同じデプロイでデータベースのパスワードを改めて設定する',
    ),
  ],
  ['MultiAZ', text('the standby is removed while the database runs', '稼働したまま予備系が削除される')],
]);

/** How a change is undone: the hunk the other way round, and what must be minded. */
export function undoOf(edits: readonly Edit[]): Text {
  const notes = new Set<Text>();
  for (const edit of edits) {
    const note =
      edit.kind === 'add-resource'
        ? NOTES.get(edit.type)
        : edit.kind === 'set-property'
          ? PROPERTY_NOTES.get(edit.path[0] ?? '')
          : undefined;
    if (note) notes.add(note);
  }
  const reverse = text(
    'apply the hunk in reverse (patch -R) and deploy',
    'この差分を逆に適用し(patch -R)、デプロイする',
  );
  return joinTexts([reverse, ...notes], text('; ', '。'));
}
