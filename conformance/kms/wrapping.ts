import {
  constants,
  createCipheriv,
  createECDH,
  createPrivateKey,
  createPublicKey,
  publicEncrypt,
  randomBytes,
} from 'node:crypto';

/** Wraps key material for `RSA_AES_KEY_WRAP_SHA_256` as a client of ImportKeyMaterial does. */
export function wrapped(material: Uint8Array, wrappingKey: Uint8Array): Buffer {
  const key = createPublicKey({ key: Buffer.from(wrappingKey), format: 'der', type: 'spki' });
  const aes = randomBytes(32);
  const cipher = createCipheriv('id-aes256-wrap-pad', aes, Buffer.from('a65959a6', 'hex'));
  const inner = Buffer.concat([cipher.update(material), cipher.final()]);
  const outer = publicEncrypt({ key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' }, aes);
  return Buffer.concat([outer, inner]);
}

/** The PKCS #8 form of a scalar on a curve, by OpenSSL's and by JOSE's name of it. */
export function privateKey(curve: string, crv: string, scalar: Buffer): Buffer {
  const pair = createECDH(curve);
  pair.setPrivateKey(scalar);
  const point = pair.getPublicKey().subarray(1);
  const part = (bytes: Buffer) => bytes.toString('base64url');
  const half = point.length / 2;
  const jwk = {
    kty: 'EC',
    crv,
    x: part(point.subarray(0, half)),
    y: part(point.subarray(half)),
    d: part(scalar),
  };
  return createPrivateKey({ key: jwk, format: 'jwk' }).export({ type: 'pkcs8', format: 'der' });
}
