import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { signerIn } from './saml-assertion.ts';
import { signedAssertion } from './saml-signature.ts';
import { assertionOf, METADATA, posted, signatureOf, signed } from './testing-saml.ts';

const ASSERTION = assertionOf(new Date('2026-01-31T09:00:00Z'));
const RESPONSE = Buffer.from(posted(signed(ASSERTION)), 'base64').toString();
const { certificates } = signerIn(METADATA);
const GOOD = signedAssertion(RESPONSE, certificates);

describe('a signed assertion', () => {
  test('is found in its response, also when the response is signed instead', () => {
    assert.equal(GOOD?.attributes.get('ID'), '_assertion');
    const plain = Buffer.from(posted(ASSERTION), 'base64').toString();
    const signature = signatureOf(plain, { reference: '#_response' });
    const whole = plain.replace(/^(<samlp:Response[^>]*>)/, (open) => `${open}${signature}`);
    assert.deepEqual(signedAssertion(whole, certificates), GOOD);
    assert.equal(signedAssertion(whole.replace('>alice<', '>mallory<'), certificates), undefined);
    assert.equal(signedAssertion(RESPONSE, []), undefined);
  });

  test('says what was signed or nothing, whatever character of the response is changed', () => {
    const position = fc.integer({ min: 0, max: RESPONSE.length - 1 });
    const character = fc.constantFrom(...'<>"\'/=&;:_ aA0#!\u0000');
    fc.assert(
      fc.property(position, character, (at, by) => {
        const changed = `${RESPONSE.slice(0, at)}${by}${RESPONSE.slice(at + 1)}`;
        const read = signedAssertion(changed, certificates);
        if (read !== undefined) assert.deepEqual(read, GOOD);
      }),
      { numRuns: 40 },
    );
  });
});
