import { type Text, text, verbatim } from '../../kernel/texts.ts';

/** Why the keeper did not do what it was asked. */
export type KeeperErrorCode =
  /** Nobody has unsealed the root key yet. */
  | 'sealed'
  /** The material is not in its memory: it wants the wrapped form. */
  | 'miss'
  /** A ciphertext was changed, or belongs to another key, material or context. */
  | 'ciphertext'
  | 'signature'
  | 'mac'
  /** Something that is stored cannot be opened with this root key. */
  | 'wrapped'
  /** What was to be imported is no key of this kind, or cannot be unwrapped. */
  | 'material'
  | 'token'
  | 'token-expired'
  /** A token that keeps keys refuses, or is not there; the message is one word of `hsm/refusal.ts`. */
  | 'hsm'
  /** A passphrase, key file or share that does not open the seal. */
  | 'unseal'
  /** Other nodes hold the root key that is to be replaced, or nobody knows whether there are some. */
  | 'other-nodes'
  /** The request makes no sense: a defect of the asker. */
  | 'request'
  /** No keeper answers at the socket. */
  | 'unreachable';

const CODES: ReadonlySet<string> = new Set<KeeperErrorCode>([
  'sealed',
  'miss',
  'ciphertext',
  'signature',
  'mac',
  'material',
  'wrapped',
  'token',
  'token-expired',
  'hsm',
  'unseal',
  'other-nodes',
  'request',
  'unreachable',
]);

/** An answer of the keeper that is a refusal. It never carries bytes of a key or a plaintext. */
export class KeeperError extends Error {
  readonly code: KeeperErrorCode;
  /** For the operator who tends the seal. */
  readonly text: Text;

  constructor(code: KeeperErrorCode, message: string | Text = '') {
    const words = typeof message === 'string' ? verbatim(message === '' ? code : message) : message;
    super(words.en);
    this.name = 'KeeperError';
    this.code = code;
    this.text = words;
  }
}

/** The refusal in an answer: its words in English, and in Japanese where they are others. */
export function keeperError(code: string, [en = '', ja = en]: readonly string[]): KeeperError {
  return new KeeperError(CODES.has(code) ? (code as KeeperErrorCode) : 'request', en && text(en, ja));
}
