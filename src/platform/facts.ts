import { HonmaruError } from '../kernel/errors.ts';
import { text } from '../kernel/texts.ts';
import { collection } from '../store/collection.ts';
import { put } from '../store/operations.ts';
import type { Store } from '../store/store.ts';
import type { SealPort } from './ports.ts';

/** Single facts about an installation. */
export const FACTS = collection<string>({ name: 'platform-facts' });

const KEY_CHECK = 'root-key-check';
const SET_UP = 'set-up';
const CHECKED = 'honmaru';

/**
 * Makes sure that the root key is the one that the data were sealed with; the first start leaves a mark.
 *
 * @throws HonmaruError `root-key-wrong`.
 */
export async function checkRootKey(store: Store, seal: SealPort): Promise<void> {
  const mark = await store.get(FACTS, KEY_CHECK);
  if (!mark) {
    const sealed = await seal.seal(CHECKED, KEY_CHECK);
    await store.transact({ operations: [put(FACTS, KEY_CHECK, sealed)] });
    return;
  }
  const opened = await seal.open(mark.value, KEY_CHECK).catch(() => undefined);
  if (opened?.toString() === CHECKED) return;
  throw new HonmaruError({
    code: 'root-key-wrong',
    message: text(
      'this root key is not the one that the data were sealed with',
      'このルートキーは、データを封印したときのキーではありません',
    ),
    remedy: text('name the right file with --root-key', '--root-key で正しいファイルを指定してください'),
  });
}

/** Whether the first administrator was made. */
export async function isSetUp(store: Store): Promise<boolean> {
  return (await store.get(FACTS, SET_UP)) !== undefined;
}

export { SET_UP as SET_UP_FACT };
