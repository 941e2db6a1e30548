import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { withIam } from './testing.ts';
import { CERTIFICATE, CERTIFICATE_KEY, OTHER_KEY, SAML_METADATA } from './testing-material.ts';

const OIDC = 'arn:aws:iam::000012345678:oidc-provider/issuer.example.com/team';
const SAML = 'arn:aws:iam::000012345678:saml-provider/corp';
const THUMBPRINT = '0123456789abcdef0123456789abcdef01234567';

describe('OpenID Connect providers', () => {
  test('keep clients and thumbprints, and are known to whoever checks tokens', () =>
    withIam(async ({ iam, ports }) => {
      const Url = 'https://issuer.example.com/team';
      const made = await iam('CreateOpenIDConnectProvider', {
        Url,
        ClientIDList: ['one'],
        ThumbprintList: [THUMBPRINT],
      });
      assert.equal(made.OpenIDConnectProviderArn, OIDC);
      const one = { OpenIDConnectProviderArn: OIDC };
      await iam('AddClientIDToOpenIDConnectProvider', { ...one, ClientID: 'two' });
      await iam('RemoveClientIDFromOpenIDConnectProvider', { ...one, ClientID: 'one' });
      await iam('UpdateOpenIDConnectProviderThumbprint', { ...one, ThumbprintList: [] });
      const read = await iam('GetOpenIDConnectProvider', one);
      assert.deepEqual(
        [read.Url, read.ClientIDList, read.ThumbprintList],
        ['issuer.example.com/team', ['two'], []],
      );
      assert.deepEqual(await (await ports()).identity.identityProvider(OIDC), {
        kind: 'oidc',
        arn: OIDC,
        host: 'issuer.example.com/team',
        clientIds: ['two'],
        thumbprints: [],
      });
      await assert.rejects(iam('CreateOpenIDConnectProvider', { Url }), {
        code: 'EntityAlreadyExists',
        message: `Provider with url ${Url} already exists.`,
      });
      await assert.rejects(iam('CreateOpenIDConnectProvider', { Url: 'http://a.example' }), {
        code: 'InvalidInput',
      });
      await iam('TagOpenIDConnectProvider', { ...one, Tags: [{ Key: 'a', Value: 'b' }] });
      await iam('UntagOpenIDConnectProvider', { ...one, TagKeys: ['a'] });
      assert.deepEqual((await iam('ListOpenIDConnectProviderTags', one)).Tags, []);
      assert.equal((await iam('ListOpenIDConnectProviders')).OpenIDConnectProviderList?.length, 1);
      await iam('DeleteOpenIDConnectProvider', one);
      await assert.rejects(iam('GetOpenIDConnectProvider', one), {
        message: `OpenIDConnect Provider not found for arn ${OIDC}`,
      });
    }));
});

describe('SAML providers', () => {
  test('keep metadata that can be read, and sealed keys', () =>
    withIam(async ({ iam, store, ports }) => {
      const made = await iam('CreateSAMLProvider', {
        Name: 'corp',
        SAMLMetadataDocument: SAML_METADATA,
        AssertionEncryptionMode: 'Allowed',
        AddPrivateKey: CERTIFICATE_KEY,
      });
      assert.equal(made.SAMLProviderArn, SAML);
      const one = { SAMLProviderArn: SAML };
      const read = await iam('GetSAMLProvider', one);
      assert.equal(read.SAMLMetadataDocument, SAML_METADATA);
      assert.equal(read.PrivateKeyList?.length, 1);
      const { samlProviders } = await import('./collections.ts');
      assert.doesNotMatch(JSON.stringify(await store.get(samlProviders, SAML)), /PRIVATE KEY/);
      assert.equal((await (await ports()).identity.identityProvider(SAML))?.kind, 'saml');

      await iam('UpdateSAMLProvider', { ...one, RemovePrivateKey: read.PrivateKeyList?.[0]?.KeyId });
      assert.equal((await iam('GetSAMLProvider', one)).PrivateKeyList, undefined);
      const bad = SAML_METADATA.replace('IDPSSODescriptor', 'SPSSODescriptor');
      await assert.rejects(iam('UpdateSAMLProvider', { ...one, SAMLMetadataDocument: bad }), {
        code: 'InvalidInput',
        message: 'Could not parse metadata',
      });
      const entities = `<!DOCTYPE x [<!ENTITY a "b">]>${SAML_METADATA}`;
      await assert.rejects(iam('UpdateSAMLProvider', { ...one, SAMLMetadataDocument: entities }), {
        code: 'InvalidInput',
      });
      await iam('TagSAMLProvider', { ...one, Tags: [{ Key: 'a', Value: 'b' }] });
      await iam('UntagSAMLProvider', { ...one, TagKeys: ['a'] });
      assert.deepEqual((await iam('ListSAMLProviderTags', one)).Tags, []);
      assert.equal((await iam('ListSAMLProviders')).SAMLProviderList?.[0]?.Arn, SAML);
      await iam('DeleteSAMLProvider', one);
      await assert.rejects(iam('GetSAMLProvider', one), { message: `Manifest not found for arn ${SAML}` });
    }));
});

describe('server certificates', () => {
  test('match their key, which nobody gets back', () =>
    withIam(async ({ iam, store, audit }) => {
      const ServerCertificateName = 'web';
      const body = { ServerCertificateName, CertificateBody: CERTIFICATE };
      await assert.rejects(iam('UploadServerCertificate', { ...body, PrivateKey: OTHER_KEY }), {
        code: 'KeyPairMismatch',
      });
      const made = await iam('UploadServerCertificate', {
        ...body,
        Path: '/cloudfront/',
        PrivateKey: CERTIFICATE_KEY,
        CertificateChain: CERTIFICATE,
      });
      const metadata = made.ServerCertificateMetadata;
      assert.equal(metadata?.Arn, 'arn:aws:iam::000012345678:server-certificate/cloudfront/web');
      const { serverCertificates } = await import('./collections.ts');
      const stored = JSON.stringify((await store.list(serverCertificates)).records);
      assert.doesNotMatch(stored + JSON.stringify(await audit()), /BEGIN PRIVATE KEY/);
      const read = await iam('GetServerCertificate', { ServerCertificateName });
      assert.equal(read.ServerCertificate?.CertificateBody, CERTIFICATE);
      const renamed = { ServerCertificateName: 'site' };
      await iam('UpdateServerCertificate', {
        ServerCertificateName,
        NewServerCertificateName: 'site',
        NewPath: '/',
      });
      await iam('TagServerCertificate', { ...renamed, Tags: [{ Key: 'a', Value: 'b' }] });
      await iam('UntagServerCertificate', { ...renamed, TagKeys: ['a'] });
      assert.deepEqual((await iam('ListServerCertificateTags', renamed)).Tags, []);
      const listed = await iam('ListServerCertificates');
      assert.equal(listed.ServerCertificateMetadataList?.[0]?.ServerCertificateName, 'site');
      await iam('DeleteServerCertificate', renamed);
      await assert.rejects(iam('GetServerCertificate', renamed), {
        message: 'The Server Certificate with name site cannot be found.',
      });
    }));
});
