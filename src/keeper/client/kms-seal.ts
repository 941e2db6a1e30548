import { readFileSync } from 'node:fs';
import { keeperSeal } from './socket-path.ts';

/** Where the key lies encrypted that opens a seal by another KMS. */
export interface KmsSeal {
  readonly keyId: string;
  readonly region?: string;
  readonly endpoint?: string;
  readonly profile?: string;
  /** Base64. */
  readonly ciphertext: string;
  /** The value of {@link KEEPER_CONTEXT} with which it was encrypted. */
  readonly boundTo: string;
}

/**
 * The name in the encryption context with which the other KMS is asked; its value is the id of the root key. A KMS
 * whose own root key has this id refuses: it could never be unsealed by itself.
 */
export const KEEPER_CONTEXT = 'honmaru:keeper';

/** What the seal of a data directory says of another KMS; undefined when it is sealed otherwise. */
export function kmsSealOf(data: string): KmsSeal | undefined {
  try {
    return JSON.parse(readFileSync(keeperSeal(data), 'utf8')).kms;
  } catch {
    return undefined;
  }
}
