import { text } from '../../kernel/texts.ts';
import { KeeperError } from '../client/errors.ts';
import { type Roots, rootsOf, sealOf } from './roots.ts';
import { type SealFile, writeSeal } from './seal-file.ts';

/** A short passphrase can be guessed from a stolen copy of the data directory, whatever scrypt costs. */
const SHORTEST = 12;

/** @throws KeeperError `unseal` */
export async function unsealByPassphrase(seal: SealFile, passphrase: string): Promise<Roots> {
  const { Decrypter } = await import('age-encryption');
  const decrypter = new Decrypter();
  decrypter.addPassphrase(passphrase);
  let root: Uint8Array;
  try {
    root = await decrypter.decrypt(new Uint8Array(Buffer.from(seal.sealed, 'base64')));
  } catch {
    throw new KeeperError(
      'unseal',
      text('the passphrase does not open the seal', 'パスフレーズが違うため、封印を解除できません'),
    );
  }
  return rootsOf(seal, Buffer.from(root));
}

/** @throws KeeperError `request` when the passphrase is too short. */
export async function sealByPassphrase(roots: Roots, data: string, passphrase: string): Promise<void> {
  if (passphrase.length < SHORTEST) {
    throw new KeeperError(
      'request',
      text(
        `a passphrase has at least ${SHORTEST} characters`,
        `パスフレーズは${SHORTEST}文字以上にしてください`,
      ),
    );
  }
  const { Encrypter } = await import('age-encryption');
  const encrypter = new Encrypter();
  encrypter.setPassphrase(passphrase);
  const sealed = await encrypter.encrypt(new Uint8Array(roots.current.export()));
  writeSeal(data, sealOf(roots, 'passphrase', Buffer.from(sealed)));
}
