import { deflateRawSync, inflateRawSync } from 'node:zlib';
import {
  accountOfKey,
  LONG_TERM_PREFIX,
  newAccessKeyId,
  newSecret,
  newUniqueId,
  TEMPORARY_PREFIX,
} from './access-key-ids.ts';
import type { Session } from './caller.ts';
import type { CredentialPort } from './ports.ts';
import { type Sealer, sealer } from './seal.ts';

/** A session with the key pair that it is used with. */
export interface OpenedSession extends Session {
  readonly accessKeyId: string;
  readonly secret: string;
}

const PURPOSE = 'session-token';
/** Longest token that is looked at; the longest that is made stays below. */
const TOKEN_CHARACTERS = 8_192;
const INFLATED_BYTES = 65_536;
/** Bytes of packed policies and tags that count as 100 per cent. */
const PACKED_BYTES = 4_096;

/** Opened tokens that are kept, so that the policy engine meets the same session again. */
const MOST_OPENED = 2_000;

/** Makes and opens temporary credentials. The token is all that there is of a session. */
export interface SessionKeys {
  readonly port: CredentialPort;
  open(token: string): OpenedSession | undefined;
}

/** Sessions sealed under a root key; every node that has the key can open them. */
export function sessionKeys(rootKey: Uint8Array): SessionKeys {
  const seal = sealer(rootKey, 'sessions');
  const opened = new Map<string, OpenedSession>();
  const open = (token: string) => {
    const before = opened.get(token);
    if (before) return before;
    const session = openToken(seal, token);
    if (session === undefined) return undefined;
    if (opened.size >= MOST_OPENED) opened.clear();
    opened.set(token, session);
    return session;
  };
  return { open, port: credentialPort(seal, open) };
}

function credentialPort(seal: Sealer, open: (token: string) => OpenedSession | undefined): CredentialPort {
  return {
    async mintSession(session) {
      const accessKeyId = newAccessKeyId(TEMPORARY_PREFIX, session.account);
      const secret = newSecret();
      const packed = deflateRawSync(JSON.stringify({ ...session, accessKeyId, secret }));
      return {
        accessKeyId,
        secretAccessKey: secret,
        sessionToken: seal.seal(packed, PURPOSE).toString('base64'),
        expiration: new Date(session.expiresAt),
      };
    },
    async openSession(token) {
      const opened = open(token);
      if (!opened) return undefined;
      const { secret: _secret, ...session } = opened;
      return session;
    },
    mintAccessKey: (account) => ({
      accessKeyId: newAccessKeyId(LONG_TERM_PREFIX, account),
      secretAccessKey: newSecret(),
    }),
    accountOf: accountOfKey,
    mintUniqueId: newUniqueId,
    packedSize: ({ policies, policyArns, tags }) => {
      const packed = deflateRawSync(JSON.stringify([policies, policyArns, tags]));
      return Math.ceil((packed.length / PACKED_BYTES) * 100);
    },
  };
}

function openToken(seal: Sealer, token: string): OpenedSession | undefined {
  if (token.length > TOKEN_CHARACTERS) return undefined;
  const packed = seal.open(Buffer.from(token, 'base64'), PURPOSE);
  if (!packed) return undefined;
  const plain = inflateRawSync(packed, { maxOutputLength: INFLATED_BYTES });
  return JSON.parse(plain.toString('utf8')) as OpenedSession;
}
