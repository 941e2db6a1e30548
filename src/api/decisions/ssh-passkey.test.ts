import assert from 'node:assert/strict';
import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { describe, test } from 'node:test';
import { signatureProblem } from '../../decisions/ssh.ts';
import { passkeySigned, sshChallenge, sshPublicKey, sshSignature } from './ssh-passkey.ts';

const RP_ID = 'honmaru.localhost';
const ORIGIN = 'http://honmaru.localhost:7400';
const AT = '2026-01-31T09:00:00.000Z';

function passkey() {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  const key = { x: Buffer.from(x, 'base64url'), y: Buffer.from(y, 'base64url') };
  const assertion = (challenge: Buffer) => {
    const clientData = Buffer.from(
      JSON.stringify({
        type: 'webauthn.get',
        challenge: challenge.toString('base64url'),
        origin: ORIGIN,
        crossOrigin: false,
      }),
    );
    const rpIdHash = createHash('sha256').update(RP_ID).digest();
    const authenticatorData = Buffer.concat([rpIdHash, Buffer.from([5, 0, 0, 0, 9])]);
    const digest = createHash('sha256').update(clientData).digest();
    return {
      authenticatorData,
      clientData,
      signature: sign('sha256', Buffer.concat([authenticatorData, digest]), privateKey),
    };
  };
  return { key, assertion };
}

describe('a passkey signs as an SSH key', () => {
  const owner = passkey();
  const signature = sshSignature(owner.key, RP_ID, ORIGIN, owner.assertion(sshChallenge('the decision')));
  const allowed = `"business owner" namespaces="honmaru-decision" ${sshPublicKey(owner.key, RP_ID)}\n`;
  const question = { message: 'the decision', signature, principal: 'business owner', allowed, at: AT };

  test('OpenSSH verifies it, for this text and this person only', async () => {
    assert.equal(await signatureProblem(question), undefined);
    assert.match(
      (await signatureProblem({ ...question, message: 'the Decision' }))?.en ?? '',
      /does not fit/,
    );
    const stranger = `"business owner" ${sshPublicKey(passkey().key, RP_ID)}\n`;
    assert.match((await signatureProblem({ ...question, allowed: stranger }))?.en ?? '', /do not list/);
  });

  test('it is told apart from a signature with a key file', () => {
    assert.equal(passkeySigned(signature), true);
    assert.equal(
      passkeySigned('-----BEGIN SSH SIGNATURE-----\nU1NIU0lH\n-----END SSH SIGNATURE-----\n'),
      false,
    );
  });

  test('what is no answer of a passkey is refused', () => {
    const good = owner.assertion(sshChallenge('x'));
    for (const wrong of [
      { ...good, signature: Buffer.from([0x30, 0x02, 0x02, 0x00]) },
      { ...good, signature: Buffer.alloc(0) },
      { ...good, authenticatorData: Buffer.alloc(12) },
    ]) {
      assert.throws(() => sshSignature(owner.key, RP_ID, ORIGIN, wrong), RangeError);
    }
  });
});
