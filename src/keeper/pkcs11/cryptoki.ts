/**
 * Numbers of PKCS #11 that are used here. Source: OASIS, "PKCS #11 Cryptographic Token Interface Base
 * Specification Version 2.40", and its Current Mechanisms Specification.
 */

/** Kinds of object and of key. */
export const SECRET_KEY = 4;
export const GENERIC_SECRET = 0x10;

/** Mechanisms that carry no parameter. */
export const GENERIC_SECRET_KEY_GEN = 0x350;
export const SHA512_HMAC = 0x271;

/** Who signs in. */
export const USER = 1;

/** A session that the token keeps (always set) and that may make objects. */
export const SERIAL_SESSION = 4;
export const RW_SESSION = 2;

export const ATTRIBUTE = {
  CLASS: 0x0,
  TOKEN: 0x1,
  PRIVATE: 0x2,
  LABEL: 0x3,
  KEY_TYPE: 0x100,
  ID: 0x102,
  SENSITIVE: 0x103,
  SIGN: 0x108,
  VALUE_LEN: 0x161,
  EXTRACTABLE: 0x162,
  NEVER_EXTRACTABLE: 0x164,
  ALWAYS_SENSITIVE: 0x165,
} as const;

/** Return values that are told apart; all others are shown as their number. */
export const RETURNED = {
  OK: 0x0,
  DEVICE_REMOVED: 0x32,
  KEY_HANDLE_INVALID: 0x60,
  OBJECT_HANDLE_INVALID: 0x82,
  PIN_INCORRECT: 0xa0,
  PIN_LEN_RANGE: 0xa2,
  PIN_LOCKED: 0xa4,
  SESSION_CLOSED: 0xb0,
  SESSION_HANDLE_INVALID: 0xb3,
  TOKEN_NOT_PRESENT: 0xe0,
  USER_ALREADY_LOGGED_IN: 0x100,
  USER_NOT_LOGGED_IN: 0x101,
  USER_PIN_NOT_INITIALIZED: 0x102,
} as const;

/** A call that the token refused. */
export class TokenError extends Error {
  /** The return value (`CKR_…`). */
  readonly returned: number;

  constructor(returned: number) {
    super(`the token answers 0x${returned.toString(16)}`);
    this.name = 'TokenError';
    this.returned = returned;
  }
}

const LOST: ReadonlySet<number> = new Set([
  RETURNED.DEVICE_REMOVED,
  RETURNED.SESSION_CLOSED,
  RETURNED.SESSION_HANDLE_INVALID,
  RETURNED.USER_NOT_LOGGED_IN,
]);

/** Whether a token has forgotten who signed in: it was taken out, or started again. */
export function isLostSession(error: unknown): boolean {
  return error instanceof TokenError && LOST.has(error.returned);
}
