import { text } from '../../kernel/texts.ts';
import type { Remedy } from '../../model/remedy.ts';
import type { Resource } from '../../model/resource.ts';
import { get, stringFrom } from '../../model/value.ts';
import { setProperty } from '../edits.ts';

/** How a key that is disabled, or waits to be deleted, opens its data again. */
export function usableAgain(place: Resource): Remedy {
  const summary = text(
    'Cancel the deletion where one is scheduled, and enable the key: its data open again.',
    '削除が予約されていれば取り消し、鍵を有効に戻します。データを再び復号できます。',
  );
  if (place.type !== 'AWS::KMS::Key') return { summary, edits: [], needs: [KEY_OF_RESOURCE] };
  const waits = stringFrom(get(place.properties, 'KeyState'))?.endsWith('Deletion') === true;
  const id = stringFrom(get(place.properties, 'KeyId'));
  const command = (what: string) => ({
    kind: 'command' as const,
    command: `aws kms ${what} --key-id ${id ?? 'KEY-ID'}`,
  });
  return {
    summary,
    edits: waits
      ? [command('cancel-key-deletion'), command('enable-key')]
      : [setProperty(place, 'Enabled', true)],
  };
}

const KEY_OF_RESOURCE = text(
  'the id of the key: aws kms cancel-key-deletion and aws kms enable-key take it',
  '鍵のID(aws kms cancel-key-deletion と aws kms enable-key に指定します)',
);
