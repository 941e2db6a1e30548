import { randomBytes } from 'node:crypto';
import { ChannelError, type TokenChannel, tokenChannel } from './channel.ts';
import {
  ATTRIBUTE,
  GENERIC_SECRET,
  GENERIC_SECRET_KEY_GEN,
  RETURNED,
  RW_SESSION,
  SECRET_KEY,
  SERIAL_SESSION,
  SHA512_HMAC,
  TokenError,
  USER,
} from './cryptoki.ts';
import { type AttributeValue, argument } from './message.ts';

const MAC_BYTES = 64;
const KEY_BYTES = 64;
const ID_BYTES = 16;
const MOST_SLOTS = 64;
const LABEL_BYTES = 32;
const MOST_LABEL_BYTES = 128;
const TRUTHS = [
  ATTRIBUTE.SENSITIVE,
  ATTRIBUTE.ALWAYS_SENSITIVE,
  ATTRIBUTE.EXTRACTABLE,
  ATTRIBUTE.NEVER_EXTRACTABLE,
];

/** Where a token is: the socket of `p11-kit server`, and the label of the token behind it. */
export interface TokenPlace {
  readonly socket: string;
  readonly label: string;
}

/** A token whose user is signed in. Keys in it are named by ids of 16 bytes; none of them can leave it. */
export interface Token {
  /** Makes a secret key that stays in the token. @returns its id. */
  makeKey(label: string): Promise<Buffer>;
  /** HMAC with SHA-512, 64 bytes. @throws TokenError `OBJECT_HANDLE_INVALID` when there is no such key. */
  mac(id: Buffer, data: Uint8Array): Promise<Buffer>;
  destroyKey(id: Buffer): Promise<void>;
  random(bytes: number): Promise<Buffer>;
  close(): void;
  readonly open: boolean;
}

/**
 * Opens a token and signs its user in. Whoever serves the module is another process, so that nothing of the
 * manufacturer's runs in this one.
 *
 * @param pin of the token's user.
 * @throws ChannelError, TokenError
 */
export async function openToken(place: TokenPlace, pin: Uint8Array): Promise<Token> {
  const channel = await tokenChannel(place.socket);
  try {
    const session = await signIn(channel, place.label, pin);
    return tokenOver(channel, session);
  } catch (error) {
    channel.close();
    throw error;
  }
}

async function signIn(channel: TokenChannel, label: string, pin: Uint8Array): Promise<Buffer> {
  const greeting = Buffer.from('PRIVATE-GNOME-KEYRING-PKCS11-PROTOCOL-V-1');
  await channel.call(
    'Initialize',
    argument.bytes(greeting),
    argument.byte(0),
    argument.bytes(Buffer.alloc(1)),
  );
  const slot = await slotOf(channel, label);
  const flags = argument.ulong(SERIAL_SESSION | RW_SESSION);
  const session = argument.ulong((await channel.call('OpenSession', argument.ulong(slot), flags)).ulong());
  try {
    await channel.call('Login', session, argument.ulong(USER), argument.bytes(pin));
  } catch (error) {
    if (!(error instanceof TokenError) || error.returned !== RETURNED.USER_ALREADY_LOGGED_IN) throw error;
  }
  return session;
}

async function slotOf(channel: TokenChannel, label: string): Promise<number> {
  const padded = Buffer.alloc(LABEL_BYTES, ' ');
  if (padded.write(label) < Buffer.byteLength(label)) throw new TokenError(RETURNED.TOKEN_NOT_PRESENT);
  const slots = await channel.call('GetSlotList', argument.byte(1), argument.room(MOST_SLOTS));
  for (const slot of slots.ulongs()) {
    const info = await channel.call('GetTokenInfo', argument.ulong(slot));
    if (info.counted().equals(padded)) return slot;
  }
  throw new TokenError(RETURNED.TOKEN_NOT_PRESENT);
}

function tokenOver(channel: TokenChannel, session: Buffer): Token {
  const handles = new Map<string, Promise<number>>();

  /** Its three calls leave together, so that no other search can come between them. */
  async function found(id: Buffer): Promise<number> {
    const searched = new Map<number, AttributeValue>([
      [ATTRIBUTE.CLASS, SECRET_KEY],
      [ATTRIBUTE.ID, id],
    ]);
    const [, objects] = await Promise.all([
      channel.call('FindObjectsInit', session, argument.attributes(searched)),
      channel.call('FindObjects', session, argument.room(2)),
      channel.call('FindObjectsFinal', session),
    ]);
    const [handle, other] = objects.ulongs();
    if (handle === undefined || other !== undefined) throw new TokenError(RETURNED.OBJECT_HANDLE_INVALID);
    return handle;
  }

  function handleOf(id: Buffer): Promise<number> {
    const name = id.toString('hex');
    const known = handles.get(name) ?? found(id);
    handles.set(name, known);
    known.catch(() => handles.delete(name));
    return known;
  }

  return {
    get open() {
      return channel.open;
    },
    close: () => channel.close(),
    async makeKey(label) {
      const id = randomBytes(ID_BYTES);
      const template = new Map<number, AttributeValue>([
        [ATTRIBUTE.CLASS, SECRET_KEY],
        [ATTRIBUTE.KEY_TYPE, GENERIC_SECRET],
        [ATTRIBUTE.VALUE_LEN, KEY_BYTES],
        [ATTRIBUTE.TOKEN, true],
        [ATTRIBUTE.PRIVATE, true],
        [ATTRIBUTE.SENSITIVE, true],
        [ATTRIBUTE.EXTRACTABLE, false],
        [ATTRIBUTE.SIGN, true],
        [ATTRIBUTE.ID, id],
        [ATTRIBUTE.LABEL, Buffer.from(label).subarray(0, MOST_LABEL_BYTES)],
      ]);
      const mechanism = argument.mechanism(GENERIC_SECRET_KEY_GEN);
      const made = await channel.call('GenerateKey', session, mechanism, argument.attributes(template));
      const handle = made.ulong();
      await demandStaying(channel, session, handle);
      handles.set(id.toString('hex'), Promise.resolve(handle));
      return id;
    },
    async mac(id, data) {
      const key = argument.ulong(await handleOf(id));
      const begun = channel.call('SignInit', session, argument.mechanism(SHA512_HMAC), key);
      const signed = channel.call('Sign', session, argument.bytes(data), argument.room(MAC_BYTES));
      const [begin, end] = await Promise.allSettled([begun, signed]);
      if (begin.status === 'rejected') {
        handles.delete(id.toString('hex'));
        throw begin.reason;
      }
      if (end.status === 'rejected') throw end.reason;
      const mac = end.value.bytes();
      if (mac.length !== MAC_BYTES) throw new ChannelError('the token gives another MAC than was asked for');
      return mac;
    },
    async destroyKey(id) {
      const handle = argument.ulong(await handleOf(id));
      handles.delete(id.toString('hex'));
      await channel.call('DestroyObject', session, handle);
    },
    async random(bytes) {
      const made = (await channel.call('GenerateRandom', session, argument.room(bytes))).bytes();
      if (made.length !== bytes) throw new ChannelError('the token gives fewer bytes than were asked for');
      return made;
    },
  };
}

/** A key that could leave the token is none that this is for, whatever the token was asked to make. */
async function demandStaying(channel: TokenChannel, session: Buffer, handle: number): Promise<void> {
  const told = await channel.call(
    'GetAttributeValue',
    session,
    argument.ulong(handle),
    argument.truths(TRUTHS),
  );
  const truths = told.truths();
  const stays =
    truths.get(ATTRIBUTE.SENSITIVE) === true &&
    truths.get(ATTRIBUTE.EXTRACTABLE) === false &&
    truths.get(ATTRIBUTE.ALWAYS_SENSITIVE) !== false &&
    truths.get(ATTRIBUTE.NEVER_EXTRACTABLE) !== false;
  if (stays) return;
  await channel.call('DestroyObject', session, argument.ulong(handle));
  throw new ChannelError('the token made a key that can leave it');
}
