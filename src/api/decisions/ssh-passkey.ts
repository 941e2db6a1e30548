import { createHash } from 'node:crypto';
import { NAMESPACE } from '../../decisions/ssh.ts';

/**
 * A passkey on P-256 is an SSH key, and what it signs is an SSH signature: OpenSSH knows both, so that `ssh-keygen -Y
 * verify` checks a decision offline, without this program. Sources: OpenSSH, PROTOCOL.u2f ("SSH U2F signatures",
 * webauthn) and PROTOCOL.sshsig; W3C Web Authentication Level 3, section 5.8.1.1 (order of the client data).
 */
const KEY_TYPE = 'sk-ecdsa-sha2-nistp256@openssh.com';
const SIGNATURE_TYPE = 'webauthn-sk-ecdsa-sha2-nistp256@openssh.com';
const MAGIC = Buffer.from('SSHSIG');
const HASH = 'sha512';

/** A public key on P-256, as big-endian numbers of 32 bytes. */
export interface P256Key {
  readonly x: Uint8Array;
  readonly y: Uint8Array;
}

/** What the browser hands back when a passkey has signed. */
export interface PasskeyAssertion {
  readonly authenticatorData: Uint8Array;
  readonly clientData: Uint8Array;
  /** ASN.1 DER. */
  readonly signature: Uint8Array;
}

/** `sk-ecdsa-… AAAA…`, as a line of `allowed_signers` has it behind the principal. */
export function sshPublicKey(key: P256Key, rpId: string): string {
  return `${KEY_TYPE} ${keyBlob(key, rpId).toString('base64')}`;
}

/** The challenge for a passkey that signs a text: the bytes that an SSH signature covers, with the text's hash in them. */
export function sshChallenge(message: string): Buffer {
  const digest = createHash(HASH).update(message).digest();
  return Buffer.concat([MAGIC, field(NAMESPACE), field(''), field(HASH), field(digest)]);
}

/**
 * The assertion of a passkey over `sshChallenge` as an armoured SSH signature.
 *
 * @param origin as the client data have it.
 * @throws RangeError when the signature or the authenticator data have no right form.
 */
export function sshSignature(
  key: P256Key,
  rpId: string,
  origin: string,
  assertion: PasskeyAssertion,
): string {
  const { authenticatorData, clientData, signature } = assertion;
  if (authenticatorData.length < 37) throw new RangeError('authenticator data are too short');
  const [r, s] = integersOf(Buffer.from(signature));
  const flags = Buffer.from(authenticatorData.subarray(32, 33));
  const counter = Buffer.from(authenticatorData.subarray(33, 37));
  const blob = Buffer.concat([
    field(SIGNATURE_TYPE),
    field(Buffer.concat([field(r), field(s)])),
    flags,
    counter,
    field(origin),
    field(clientData),
    field(authenticatorData.subarray(37)),
  ]);
  const whole = Buffer.concat([
    MAGIC,
    Buffer.from([0, 0, 0, 1]),
    field(keyBlob(key, rpId)),
    field(NAMESPACE),
    field(''),
    field(HASH),
    field(blob),
  ]);
  const lines = whole.toString('base64').match(/.{1,70}/g) ?? [];
  return `-----BEGIN SSH SIGNATURE-----\n${lines.join('\n')}\n-----END SSH SIGNATURE-----\n`;
}

/** Whether an armoured SSH signature was made with a passkey. */
export function passkeySigned(armoured: string): boolean {
  const body = armoured.replaceAll(/-----[^-]+-----|\s/g, '');
  return Buffer.from(body, 'base64').includes(SIGNATURE_TYPE);
}

function keyBlob({ x, y }: P256Key, rpId: string): Buffer {
  const point = Buffer.concat([Buffer.from([4]), x, y]);
  return Buffer.concat([field(KEY_TYPE), field('nistp256'), field(point), field(rpId)]);
}

/** RFC 4251, section 5: `string`. */
function field(content: string | Uint8Array): Buffer {
  const bytes = Buffer.from(content);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

/** The two integers of an ECDSA signature in DER (RFC 3279, section 2.2.3): both are positive already. */
function integersOf(der: Buffer): readonly [Buffer, Buffer] {
  if (der[0] !== 0x30 || der[1] !== der.length - 2 || der.length > 80) throw new RangeError('no signature');
  const first = integerAt(der, 2);
  const second = integerAt(der, first.end);
  if (second.end !== der.length) throw new RangeError('no signature');
  return [first.value, second.value];
}

function integerAt(der: Buffer, at: number): { readonly value: Buffer; readonly end: number } {
  const length = der[at + 1] ?? 0;
  const end = at + 2 + length;
  if (der[at] !== 0x02 || length === 0 || end > der.length) throw new RangeError('no signature');
  return { value: der.subarray(at + 2, end), end };
}
