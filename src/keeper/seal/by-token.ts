import { randomBytes } from 'node:crypto';
import { text } from '../../kernel/texts.ts';
import { KeeperError } from '../client/errors.ts';
import { type Cluster, clusterOf } from '../hsm/configuration.ts';
import { hsmRefusal } from '../hsm/refusal.ts';
import { openToken, type Token } from '../pkcs11/token.ts';
import { type Roots, rootsUnder, sealedUnder, sealOf } from './roots.ts';
import { type SealFile, writeSeal } from './seal-file.ts';

const NONCE_BYTES = 16;
const KEY_BYTES = 32;
const INFO = Buffer.from('honmaru keeper root key/1');

/** A PKCS #11 token as `hsm.json` describes it, with what is needed to sign in. */
interface TokenAccess {
  /** Path of `hsm.json`. */
  readonly hsm: string;
  /** Empty: from the file that the description names. */
  readonly pin: string;
}

/** Whether the token can be opened without anybody typing the PIN. */
export function opensByItself(seal: SealFile, hsm: string): boolean {
  return seal.token !== undefined && clusterOf(hsm, seal.token.cluster)?.pinFile !== undefined;
}

/** @throws KeeperError `unseal`; `hsm` while the token is not there. */
export async function unsealByToken(seal: SealFile, access: TokenAccess): Promise<Roots> {
  const { token } = seal;
  if (!token)
    throw new KeeperError('unseal', text('the seal names no token', '封印にトークンの情報がありません'));
  return withToken(token.cluster, access, async (opened) => {
    const key = await keyOf(opened, Buffer.from(token.object, 'hex'), Buffer.from(token.nonce, 'hex'));
    try {
      return rootsUnder(seal, key);
    } finally {
      key.fill(0);
    }
  });
}

/** Makes a key in the token that cannot leave it, and seals the root key under what that makes of a nonce. */
export async function sealByToken(
  roots: Roots,
  data: string,
  cluster: string,
  access: TokenAccess,
): Promise<void> {
  await withToken(cluster, access, async (opened) => {
    const [object, nonce] = [await opened.makeKey('honmaru keeper root key'), randomBytes(NONCE_BYTES)];
    const key = await keyOf(opened, object, nonce);
    const token = { cluster, object: object.toString('hex'), nonce: nonce.toString('hex') };
    writeSeal(data, { ...sealOf(roots, 'pkcs11', sealedUnder(key, roots)), token });
    key.fill(0);
  });
}

async function keyOf(token: Token, object: Buffer, nonce: Buffer): Promise<Buffer> {
  return (await token.mac(object, Buffer.concat([INFO, nonce]))).subarray(0, KEY_BYTES);
}

/** Words of refusals that end by themselves: a token that is not served yet, a PIN that is not there yet. */
const PASSING: ReadonlySet<string> = new Set([
  'NETWORK_ERRORS',
  'CLUSTER_NOT_FOUND',
  'INVALID_CONFIGURATION',
]);

async function withToken<T>(
  name: string,
  { hsm, pin }: TokenAccess,
  work: (token: Token) => Promise<T>,
): Promise<T> {
  try {
    const cluster = clusterOf(hsm, name);
    if (!cluster) {
      throw new KeeperError(
        'unseal',
        text(`${hsm} has no cluster ${name}`, `${hsm} にクラスター ${name} がありません`),
      );
    }
    const token = await signedIn(cluster, pinOf(cluster, pin));
    try {
      return await work(token);
    } finally {
      token.close();
    }
  } catch (error) {
    const refused = hsmRefusal(error);
    if (refused === error) throw error;
    const [said, word] = [(error as Error).message, (refused as Error).message];
    throw new KeeperError(
      PASSING.has(word) ? 'hsm' : 'unseal',
      text(`the token of ${name}: ${said} (${word})`, `${name} のトークン:${said}(${word})`),
    );
  }
}

async function signedIn(cluster: Cluster, pin: Buffer): Promise<Token> {
  try {
    return await openToken(cluster, pin);
  } finally {
    pin.fill(0);
  }
}

function pinOf({ pinFile, readPin }: Cluster, typed: string): Buffer {
  if (typed !== '') return Buffer.from(typed);
  if (pinFile !== undefined) return readPin();
  throw new KeeperError('unseal', text('the PIN of the token is needed', 'トークンのPINが必要です'));
}
