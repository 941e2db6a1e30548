import { KeeperError } from '../client/errors.ts';
import { ChannelError } from '../pkcs11/channel.ts';
import { RETURNED, TokenError } from '../pkcs11/cryptoki.ts';
import { ConfigurationError } from './configuration.ts';

/**
 * What a token's refusal is called by the connection errors of key stores. Source: AWS KMS API Reference,
 * "CustomKeyStoresListEntry", ConnectionErrorCode.
 */
const WORDS: Readonly<Record<number, string>> = {
  [RETURNED.PIN_INCORRECT]: 'INVALID_CREDENTIALS',
  [RETURNED.PIN_LEN_RANGE]: 'INVALID_CREDENTIALS',
  [RETURNED.PIN_LOCKED]: 'USER_LOCKED_OUT',
  [RETURNED.USER_PIN_NOT_INITIALIZED]: 'USER_NOT_FOUND',
  [RETURNED.TOKEN_NOT_PRESENT]: 'CLUSTER_NOT_FOUND',
  [RETURNED.OBJECT_HANDLE_INVALID]: 'KEY_NOT_FOUND',
  [RETURNED.KEY_HANDLE_INVALID]: 'KEY_NOT_FOUND',
};

/** A failure at a token as a refusal of the keeper; its message is one word. What is none is passed on. */
export function hsmRefusal(error: unknown): unknown {
  if (error instanceof TokenError) return new KeeperError('hsm', WORDS[error.returned] ?? 'INTERNAL_ERROR');
  if (error instanceof ChannelError) return new KeeperError('hsm', 'NETWORK_ERRORS');
  if (error instanceof ConfigurationError) return new KeeperError('hsm', 'INVALID_CONFIGURATION');
  return error;
}
