import { createHash, createPrivateKey, type KeyObject, sign } from 'node:crypto';

/** The certificate and key of an identity provider that only tests use; they protect nothing. */
const CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIDNTCCAh2gAwIBAgIUQm8HViE3pLmihcuECpBGy+ZFHJ0wDQYJKoZIhvcNAQEL
BQAwKTEnMCUGA1UEAwweaWRlbnRpdHkgcHJvdmlkZXIgb2YgdGhlIHRlc3RzMCAX
DTI2MTEyNDEyNTIwOVoYDzIxMjYxMDMxMTI1MjA5WjApMScwJQYDVQQDDB5pZGVu
dGl0eSBwcm92aWRlciBvZiB0aGUgdGVzdHMwggEiMA0GCSqGSIb3DQEBAQUAA4IB
DwAwggEKAoIBAQCjhyW2QH4eEY+gfuOeS773u+dkKhDTRzyRXbsV8gtVuaRwSfM2
nlrIgLMbijGUp3j1+8rcL/IjP7Hx0f041oGD6aRztJGghTf836/v4MYMPCRbx0GH
rwi50/u6AR6aETrD1pMZztpyTiCCShLTz8KBlI47HkkSLJvXpM2n5yetFqVrtEbQ
vOZYLtFJ/36/VXQxrm5zgdws1jlgxlAclUxAD9WAKYvPLL58wXF4W8LpLtT+9Gmi
dldKbRC+bDRC0POFCU4dSh3AbtUVBSX9NZrSMr7FPc8bPv1DKYKFN/7rE46fTxHC
dYJcryi9iuM/ambkdMR77LuuDWUXHRdSZLwZAgMBAAGjUzBRMB0GA1UdDgQWBBT1
Theu09e/EH1wgsNY0l2ZoF9NEzAfBgNVHSMEGDAWgBT1Theu09e/EH1wgsNY0l2Z
oF9NEzAPBgNVHRMBAf8EBTADAQH/MA0GCSqGSIb3DQEBCwUAA4IBAQCSaP2S8J2n
yzOxglyO+aMboCOz9YVKIWOdqily2tGmCit/GUHKTJhoVLtIlJ3J1ZJk7ESH8wbb
/2niE4OX0U5tg0NcaQjyd5sOQZa4ve9LnUKSt9wXDPOafsDhgokN2tgUymm2bS0g
5uk0kFKeQ0yCsd+e27/TZJZaVMMWNO0PlsAwqVI1TM78eAFOfYHFbyr7X69+OEe0
fEZzisB471Ijthz2P5fXR4ZV/as8Dyr2oRfIsf13+B84NCzL+eq1DtNUKtp3cGhh
ikqaw8jIJ1uzpBjcKvEoCxQzJjq9NUMHCfOHp86ulu6YgWvRKLoWHPV3/d2Mnskg
ujEFJNHBMdaR
-----END CERTIFICATE-----`;
const KEY = createPrivateKey(`-----BEGIN PRIVATE KEY-----
MIIEvgIBADANBgkqhkiG9w0BAQEFAASCBKgwggSkAgEAAoIBAQCjhyW2QH4eEY+g
fuOeS773u+dkKhDTRzyRXbsV8gtVuaRwSfM2nlrIgLMbijGUp3j1+8rcL/IjP7Hx
0f041oGD6aRztJGghTf836/v4MYMPCRbx0GHrwi50/u6AR6aETrD1pMZztpyTiCC
ShLTz8KBlI47HkkSLJvXpM2n5yetFqVrtEbQvOZYLtFJ/36/VXQxrm5zgdws1jlg
xlAclUxAD9WAKYvPLL58wXF4W8LpLtT+9GmidldKbRC+bDRC0POFCU4dSh3AbtUV
BSX9NZrSMr7FPc8bPv1DKYKFN/7rE46fTxHCdYJcryi9iuM/ambkdMR77LuuDWUX
HRdSZLwZAgMBAAECggEATF2XmeXCP655wTygdVLwKmagp2ERnGje+w+nh5cR/gWE
qj+OiconoQyhF9JQVxhiX5UnZe4qCJX9Nm2W8E0UDJM2jiYb/7dWrwuS8NWqBxqq
7AVAL+nojEdXfcR6Ev7Kz5vL9DhqQQkFG3MWGb4jGjpStX7uJsOYP3sh4zAKkkSK
zPy0WdkkRucyVFCWjWC+inxpsOS1s7MufVDhxhH2m5LVLSxHGVbuUWnH3rcUcnZF
ZUaF79kzwbUwlvs79vKxxmpOxmHTnO8jPEi1ZxMoIi2G0FHv3vUFOJsZ9XUP2qma
RQ2BFOM6RX14gPd69JefoiJ2rFCnaaJwuQHP8Q/gpQKBgQDWMUU4ZWQG+Ee3DAhx
FaV1eobq3GwejjBquscWLdFHQ1NygXERf0RZCUtmOomsUfkkgvwvFHbyHPhnJLcS
gbRq2lFWl7lJEMwHKkDHh48WsgL3/gccgJR+MqePJT+KBsqH2NfpERr8Dm9GSYPA
qBWC6TujfGiuuXX0yNWWF+TP/wKBgQDDckfDxucHVyypNNCYBdJS/MHIHoFUhdsY
x7Y15rzjGx73VWZPQQ9v3LRKjsYs9ijAHx9sdqJO8fETZSD8bgUZMtxksPtJpqM/
C52RaRLeuG0QdrB10bTO93pXrdY79tnYGnk3LVTxr1tczJwPV+5c+lxcxhK0HLOG
MTuYDoLz5wKBgQC5XciHBxArDAGcg5hmrZIU+mX6qaoUQ3/ZTi1vn1VHdBequCUv
PFHdMDMFlNGCxSp1k7pF0FMkMzgyo06ggImwE6Ji60mZ1ySLauDHDSUjQglZr4ld
/FUGZjYmpti3TitGp74rYPdWffOFA6g3Of/r3IcVdFxwIebYYlqd263U5wKBgQCR
tXJRP8lfTJtsLobQv45U9kEWC8AJnp2ANOvf9Xyep8qHRHC451013UnAR/7w6Dfr
O4i22R8aUf+ToRJdfzxn0+ZBXzyIZSZRSzyWespppv8Qhhv6SnRM1G2uTlhobhls
phf2jeJFKKGpZpV2TuzS/oe7VqP9CWTBx5SRQUhZwwKBgBzDtsLe581AyPs91SVI
J+wBo3ibOxDN8ULYAy3IyxghGNwl6sgZBKrYIIFuCs6WpbJnfQR5bdPpmCgN8/Ds
CST4/ICWlvQOVMiGB3+Te8wJ0RTTBqKVAGssh+kxw/EH7nYSxucn5BDMT2QI0BSc
aKOHpFA+8arVKEXIpKi5EY1l
-----END PRIVATE KEY-----`);

export const ISSUER = 'https://idp.example.com/saml';
export const RECIPIENT = 'https://signin.aws.amazon.com/saml';
export const OURS = 'https://aws.amazon.com/SAML/Attributes/';
const SAML = 'urn:oasis:names:tc:SAML:2.0';
const DSIG = 'http://www.w3.org/2000/09/xmldsig#';

/** The metadata of the provider. */
export const METADATA = `<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="${ISSUER}"><md:IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol"><md:KeyDescriptor use="signing"><ds:KeyInfo xmlns:ds="${DSIG}"><ds:X509Data><ds:X509Certificate>${CERTIFICATE.split('\n').slice(1, -1).join('')}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor></md:IDPSSODescriptor></md:EntityDescriptor>`;

export interface AssertionOptions {
  readonly issuer?: string;
  readonly subject?: string;
  readonly audience?: string;
  readonly recipient?: string;
  readonly issuedAt?: Date;
  readonly sessionEnd?: Date;
  readonly attributes?: Readonly<Record<string, readonly string[]>>;
}

/** An assertion in canonical form (Exclusive XML Canonicalization 1.0), without a signature. */
export function assertionOf(now: Date, options: AssertionOptions = {}): string {
  const {
    issuer = ISSUER,
    subject = 'alice',
    audience = 'urn:amazon:webservices',
    recipient = RECIPIENT,
  } = options;
  const issued = options.issuedAt ?? now;
  const later = new Date(issued.getTime() + 300_000).toISOString();
  const end = options.sessionEnd ? ` SessionNotOnOrAfter="${options.sessionEnd.toISOString()}"` : '';
  const attributes = Object.entries(options.attributes ?? {}).map(
    ([name, values]) =>
      `<saml:Attribute Name="${name}">${values.map((each) => `<saml:AttributeValue>${each}</saml:AttributeValue>`).join('')}</saml:Attribute>`,
  );
  return [
    `<saml:Assertion xmlns:saml="${SAML}:assertion" ID="_assertion" IssueInstant="${issued.toISOString()}" Version="2.0">`,
    `<saml:Issuer>${issuer}</saml:Issuer>`,
    `<saml:Subject><saml:NameID Format="${SAML}:nameid-format:persistent">${subject}</saml:NameID>`,
    `<saml:SubjectConfirmation Method="${SAML}:cm:bearer"><saml:SubjectConfirmationData NotOnOrAfter="${later}" Recipient="${recipient}"></saml:SubjectConfirmationData></saml:SubjectConfirmation></saml:Subject>`,
    `<saml:Conditions NotBefore="${issued.toISOString()}" NotOnOrAfter="${later}"><saml:AudienceRestriction><saml:Audience>${audience}</saml:Audience></saml:AudienceRestriction></saml:Conditions>`,
    `<saml:AuthnStatement AuthnInstant="${issued.toISOString()}"${end}></saml:AuthnStatement>`,
    `<saml:AttributeStatement>${attributes.join('')}</saml:AttributeStatement></saml:Assertion>`,
  ].join('');
}

export interface SigningOptions {
  readonly key?: KeyObject;
  readonly method?: string;
  readonly digestMethod?: string;
  /** What the signature says that it is about. */
  readonly reference?: string;
}

/** The signature of a canonical element (XML Signature Syntax and Processing 1.1), made without the library that checks it. */
export function signatureOf(element: string, options: SigningOptions = {}): string {
  const {
    key = KEY,
    method = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
    reference = '#_assertion',
  } = options;
  const { digestMethod = 'http://www.w3.org/2001/04/xmlenc#sha256' } = options;
  const hash = (name: string) => (name.endsWith('sha1') ? 'sha1' : 'sha256');
  const digest = createHash(hash(digestMethod)).update(element).digest('base64');
  const body = [
    '<ds:CanonicalizationMethod Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"></ds:CanonicalizationMethod>',
    `<ds:SignatureMethod Algorithm="${method}"></ds:SignatureMethod>`,
    `<ds:Reference URI="${reference}"><ds:Transforms><ds:Transform Algorithm="${DSIG}enveloped-signature"></ds:Transform>`,
    '<ds:Transform Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"></ds:Transform></ds:Transforms>',
    `<ds:DigestMethod Algorithm="${digestMethod}"></ds:DigestMethod><ds:DigestValue>${digest}</ds:DigestValue></ds:Reference>`,
  ].join('');
  const canonical = `<ds:SignedInfo xmlns:ds="${DSIG}">${body}</ds:SignedInfo>`;
  const value = sign(hash(method), Buffer.from(canonical), key).toString('base64');
  return `<ds:Signature xmlns:ds="${DSIG}"><ds:SignedInfo>${body}</ds:SignedInfo><ds:SignatureValue>${value}</ds:SignatureValue></ds:Signature>`;
}

/** An assertion with its signature behind the issuer, where the schema wants it. */
export function signed(assertion: string, options: SigningOptions = {}): string {
  return assertion.replace('</saml:Issuer>', () => `</saml:Issuer>${signatureOf(assertion, options)}`);
}

/** A response around what it is given, as it is posted. */
export function posted(...contents: readonly string[]): string {
  const response = `<samlp:Response xmlns:samlp="${SAML}:protocol" ID="_response" Version="2.0">${contents.join('')}</samlp:Response>`;
  return Buffer.from(response).toString('base64');
}
