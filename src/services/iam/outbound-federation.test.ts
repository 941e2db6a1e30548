import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TEST_ACCOUNT } from '../../platform/testing.ts';
import { withIam } from './testing.ts';

test('outbound federation is enabled at the address of the request, shown, and disabled', () =>
  withIam(async ({ iam, ports, audit }) => {
    await assert.rejects(iam('GetOutboundWebIdentityFederationInfo'), { code: 'FeatureDisabled' });
    await assert.rejects(iam('DisableOutboundWebIdentityFederation'), { code: 'FeatureDisabled' });
    const IssuerIdentifier = `https://localhost/oidc/${TEST_ACCOUNT}`;
    assert.deepEqual(await iam('EnableOutboundWebIdentityFederation'), { IssuerIdentifier });
    await assert.rejects(iam('EnableOutboundWebIdentityFederation'), { code: 'FeatureEnabled' });
    const info = await iam('GetOutboundWebIdentityFederationInfo');
    assert.deepEqual(info, { IssuerIdentifier, JwtVendingEnabled: true });
    const before = await (await ports()).identity.tokenIssuer?.(TEST_ACCOUNT);
    await iam('DisableOutboundWebIdentityFederation');
    const disabled = await (await ports()).identity.tokenIssuer?.(TEST_ACCOUNT);
    assert.equal(disabled?.enabled, false);
    await iam('EnableOutboundWebIdentityFederation');
    const after = await (await ports()).identity.tokenIssuer?.(TEST_ACCOUNT);
    assert.deepEqual(
      after?.keys.map(({ id }) => id),
      before?.keys.map(({ id }) => id),
      'the keys stay, so that tokens under way can be checked',
    );
    assert.equal(JSON.stringify(await audit()).includes('PRIVATE KEY'), false);
  }));
