import { text } from '../../kernel/texts.ts';
import { KeeperError } from '../client/errors.ts';
import type { KmsSeal } from '../client/kms-seal.ts';
import { type Roots, rootsUnder, sealedUnder, sealOf } from './roots.ts';
import { type SealFile, writeSeal } from './seal-file.ts';

const KEY_BYTES = 32;
const MOST_WORDS = 8_192;

/**
 * The other KMS is asked by whoever tends the seal, because the keeper speaks to no network: it gets the key that the
 * other KMS keeps encrypted, and forgets it.
 *
 * @throws KeeperError `unseal`
 */
export function unsealByKms(seal: SealFile, words: string): Roots {
  const key = keyIn(words);
  try {
    return rootsUnder(
      seal,
      key,
      text(
        'what the other KMS decrypted does not open the seal',
        '別のKMSが復号した鍵では封印を解除できません',
      ),
    );
  } finally {
    key.fill(0);
  }
}

/**
 * @param words the key in base64.
 * @param facts where its encrypted form is: JSON of {@link KmsSeal}, kept as it is.
 */
export function sealByKms(roots: Roots, data: string, words: string, facts: string): void {
  if (facts.length > MOST_WORDS) throw new KeeperError('request', 'too much is said of the other KMS');
  const kms = JSON.parse(facts) as KmsSeal;
  const key = keyIn(words);
  writeSeal(data, { ...sealOf(roots, 'kms', sealedUnder(key, roots)), kms });
  key.fill(0);
}

function keyIn(words: string): Buffer {
  const key = Buffer.from(words, 'base64');
  if (key.length === KEY_BYTES) return key;
  throw new KeeperError(
    'unseal',
    text('the other KMS gave no key of 32 bytes', '別のKMSから32バイトの鍵を受け取れませんでした'),
  );
}
