/** Keys and certificates that only tests use; they protect nothing. */

/** Self-signed, for `example.com`, on P-256. */
export const CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBgjCCASmgAwIBAgIUPdNSKDuQhpHPFCxHKx+Ypba4+YQwCgYIKoZIzj0EAwIw
FjEUMBIGA1UEAwwLZXhhbXBsZS5jb20wIBcNMjYxMTI0MTE0NTI3WhgPMjEyNjEw
MzExMTQ1MjdaMBYxFDASBgNVBAMMC2V4YW1wbGUuY29tMFkwEwYHKoZIzj0CAQYI
KoZIzj0DAQcDQgAEKSxaNX8IFidanvuiIKlbBb9w2VyW4SDe3GtkFfKmN9VMrHnh
nHS9HAc60bdRjAZSwupXLPENEEGyipflL/3ov6NTMFEwHQYDVR0OBBYEFDUvyRre
bTmsPWKtMpdea3oosTNhMB8GA1UdIwQYMBaAFDUvyRrebTmsPWKtMpdea3oosTNh
MA8GA1UdEwEB/wQFMAMBAf8wCgYIKoZIzj0EAwIDRwAwRAIgSM3pLEoZZNEj7h9A
EpDPWavHflbD5xlcmhtufUo3U9sCIAiOfsmwKC/Z0fJjUyZ99DJoarc5Ecxe2SwA
4AcgMnuk
-----END CERTIFICATE-----`;

/** The private key of {@link CERTIFICATE}. */
export const CERTIFICATE_KEY = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgRmpKuz8BnnHiA5cd
3mWMt+sSZLWlDkeM/eAVeznOVAahRANCAAQpLFo1fwgWJ1qe+6IgqVsFv3DZXJbh
IN7ca2QV8qY31UyseeGcdL0cBzrRt1GMBlLC6lcs8Q0QQbKKl+Uv/ei/
-----END PRIVATE KEY-----`;

/** A private key of something else. */
export const OTHER_KEY = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgfnxTodMomQ7Fc4uh
sus3jb3Q0EBuEN2MifmH8+FsnRahRANCAATSWxuqh5wHWp07bcGRFlu6FhGHmryt
ro+8rYgeGAkFImD0ezQ7/gG6Mm2ryqedRZqsFLQC4CzoaFAbKCp6uF/V
-----END PRIVATE KEY-----`;

/** An RSA key of 2,048 bits, and what `ssh-keygen -E md5 -l` prints of it. */
export const SSH_KEY =
  'ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQDTLWDMQ2LQtNidDysaO3gxTxUpUdQfrVPy8s5gx7lCKntuCF2KceJq9RrPm41mY+njv5T3iPLUb+wQXaOSQGxZpiucipFYXc8PP4bTR42XgYM3nL9DieIho3Z37OMZ1IwH77ZxHPgK6lXoiv4STDQlIM4rEfREw4zCa6ipYsmpPBAOGVsiF7qYKrcwZiI2CY9Lov84RdUcN/vGvBsGIGHjGiQ3HEhkOXE7qPDFp5xFon1xOU4caUDf9gP1EJROmF7j1R/37+Vyr/NbgtUJXBktmAv9ZyjZxFLnvoCkw6wo4lCxA1doYXHeU3jKZIxZ4qzGs2RKY1tieA2o0DRj2wx9';
export const SSH_FINGERPRINT = 'ba:8f:fe:70:c8:21:8e:95:98:a1:9e:9f:c6:34:ee:e3';

/** Metadata of an identity provider that signs with {@link CERTIFICATE}. */
export const SAML_METADATA = `<?xml version="1.0"?>
<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="https://idp.example.com/saml">
  <md:IDPSSODescriptor WantAuthnRequestsSigned="false" protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol">
    <md:KeyDescriptor use="signing">
      <ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#">
        <ds:X509Data>
          <ds:X509Certificate>${CERTIFICATE.split('\n').slice(1, -1).join('')}</ds:X509Certificate>
        </ds:X509Data>
      </ds:KeyInfo>
    </md:KeyDescriptor>
    <md:NameIDFormat>urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified</md:NameIDFormat>
    <md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST" Location="https://idp.example.com/sso/post"/>
    <md:SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="https://idp.example.com/sso/redirect"/>
  </md:IDPSSODescriptor>
</md:EntityDescriptor>`;
