import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { describe, test } from 'node:test';
import { isPinned } from './pinned-chain.ts';

/** Made for this test: an authority, a server of it, one of another authority of the same name, and one that signed. */
const AUTHORITY = certificate(`-----BEGIN CERTIFICATE-----
MIIBiTCCAS+gAwIBAgIUZGPvuOCr9fFg3j2Nz6Jp25fs8yYwCgYIKoZIzj0EAwIw
GTEXMBUGA1UEAwwOVGVzdCBBdXRob3JpdHkwIBcNMjYxMTI0MTI0MDA3WhgPMjEy
NjEwMzExMjQwMDdaMBkxFzAVBgNVBAMMDlRlc3QgQXV0aG9yaXR5MFkwEwYHKoZI
zj0CAQYIKoZIzj0DAQcDQgAEsSCHn14IxqQCfR2gW2ktBoSWGKYtGtROXSmU1ybN
QWhedMsLVf750O7N/lHQZWUGCiCPHqHTd78CRhWUcmOifqNTMFEwHQYDVR0OBBYE
FBSeJw+No2ijemHJS4CI2PaCFfOwMB8GA1UdIwQYMBaAFBSeJw+No2ijemHJS4CI
2PaCFfOwMA8GA1UdEwEB/wQFMAMBAf8wCgYIKoZIzj0EAwIDSAAwRQIgBylTsHc1
/Bh9iU+vS2VmC0N0vR87muP+pVHO9Dnu0WoCIQDWhUuuF1ZGW80tww+fI0MujmTI
zekk48ubAHBQMtx/Vg==
-----END CERTIFICATE-----`);
const SERVER = certificate(`-----BEGIN CERTIFICATE-----
MIIBlDCCATqgAwIBAgIUTtLnkB5XKyNeC9c3ACE5Td/D7NUwCgYIKoZIzj0EAwIw
GTEXMBUGA1UEAwwOVGVzdCBBdXRob3JpdHkwIBcNMjYxMTI0MTI0MDA3WhgPMjEy
NjEwMzExMjQwMDdaMBQxEjAQBgNVBAMMCWxvY2FsaG9zdDBZMBMGByqGSM49AgEG
CCqGSM49AwEHA0IABIXdsbrZm7+kPwNq0iV6oh9pEyWCMzV/iGK3gyl7VHq2B66A
ZYgk0houvoXARsuCgOcw3wU83r1OUeeKDmEY8dujYzBhMBQGA1UdEQQNMAuCCWxv
Y2FsaG9zdDAJBgNVHRMEAjAAMB0GA1UdDgQWBBTjP+eXlgJhnVF82IISpgsQGBf4
ujAfBgNVHSMEGDAWgBQUnicPjaNoo3phyUuAiNj2ghXzsDAKBggqhkjOPQQDAgNI
ADBFAiBhsp0Xv59p3S3qqRHNTjzzn+r4kc9dAT2Y0/rKbVWWOAIhALHZFSwMwvm0
XFNr7kYdFO9yK04lyVmi2Q8lZUJKoYDy
-----END CERTIFICATE-----`);
const FORGED = certificate(`-----BEGIN CERTIFICATE-----
MIIBdDCCARmgAwIBAgIUMQZl+4HLqyLljduPUQ8ugUH4YhswCgYIKoZIzj0EAwIw
GTEXMBUGA1UEAwwOVGVzdCBBdXRob3JpdHkwIBcNMjYxMTI0MTI0MDA3WhgPMjEy
NjEwMzExMjQwMDdaMBQxEjAQBgNVBAMMCWxvY2FsaG9zdDBZMBMGByqGSM49AgEG
CCqGSM49AwEHA0IABKZ3zBPIYXQFO8V4wmPLbEvVEX29eyhk18dUZpVscDV8POTp
IySnYyKF/ff1QboGAeYhgBlbSH4RoTjSnlguyCijQjBAMBQGA1UdEQQNMAuCCWxv
Y2FsaG9zdDAJBgNVHRMEAjAAMB0GA1UdDgQWBBR4DgHWaBuaqjOikOiCSmydw0K0
ezAKBggqhkjOPQQDAgNJADBGAiEAvDR6pUykZ2xeh6DgSALBk3sQAs1nAkph0DI6
TQc1RxMCIQD2z2wrkfs7a9Z4RYsiiT+e07Q40Q0Orlz+aENKm9k4hw==
-----END CERTIFICATE-----`);
const BELOW_SERVER = certificate(`-----BEGIN CERTIFICATE-----
MIIBjzCCATWgAwIBAgIUSgKaaWOVsA6CT5IPJKOLmDmLv0YwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyNDEyNDAwN1oYDzIxMjYxMDMx
MTI0MDA3WjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAAQveUxxk8o/hG5qQnMzALMxuTAEO8wqdbt1QGwoLmQucwkrAT2/t5kD
tI2K/kI4uMx1bWKs1dpt43ycDGFsWb/Po2MwYTAUBgNVHREEDTALgglsb2NhbGhv
c3QwCQYDVR0TBAIwADAdBgNVHQ4EFgQUvYZDb4cpS/El28F/vSwyIzN8kwswHwYD
VR0jBBgwFoAU4z/nl5YCYZ1RfNiCEqYLEBgX+LowCgYIKoZIzj0EAwIDSAAwRQIg
Sc3EIqus78ralZTR9/Y7Za9zgS3dTHUZmBxdKK3d+0cCIQC5OuuF9QRrbfAjH0Of
QZEXKoK/9ZSPrEWEXxAZ8LnDDg==
-----END CERTIFICATE-----`);
const NOW = BELOW_SERVER.validFromDate;

function certificate(text: string): X509Certificate {
  return new X509Certificate(text);
}

/** A certificate as a connection shows it: with the one that the server sent along as its issuer's. */
function under(leaf: X509Certificate, issuer: X509Certificate): X509Certificate {
  return Object.defineProperty(certificate(leaf.toString()), 'issuerCertificate', { value: issuer });
}

const thumbprint = ({ fingerprint }: X509Certificate) => fingerprint.replaceAll(':', '');

describe('a pinned certificate vouches', () => {
  test('for itself and for those that it signed', () => {
    assert.ok(isPinned(SERVER, [thumbprint(SERVER)], NOW));
    assert.ok(isPinned(under(SERVER, AUTHORITY), [thumbprint(AUTHORITY).toUpperCase()], NOW));
    assert.ok(!isPinned(SERVER, [thumbprint(AUTHORITY)], NOW));
    assert.ok(!isPinned(under(SERVER, AUTHORITY), [], NOW));
  });

  test('not for one that only carries the name of its authority', () => {
    assert.ok(!isPinned(under(FORGED, AUTHORITY), [thumbprint(AUTHORITY)], NOW));
  });

  test('not for one that a server signed, which is no authority', () => {
    const chain = under(BELOW_SERVER, under(SERVER, AUTHORITY));
    assert.ok(!isPinned(chain, [thumbprint(AUTHORITY)], NOW));
  });

  test('not before or after its time', () => {
    assert.ok(!isPinned(SERVER, [thumbprint(SERVER)], new Date(0)));
    assert.ok(!isPinned(SERVER, [thumbprint(SERVER)], new Date('2300-01-01')));
  });
});
