import type { Collector } from '../api.ts';
import { mapOf, mapsOf, pick, textOf } from '../fields.ts';
import { here } from '../found.ts';

/** Certificates of a region; private keys are never part of an answer. */
export const certificates: Collector = {
  id: 'certificates',
  service: 'acm',
  where: 'region',
  types: ['AWS::CertificateManager::Certificate'],
  actions: { ListCertificates: 'acm:ListCertificates', DescribeCertificate: 'acm:DescribeCertificate' },
  async read(api) {
    const found = await api.all('ListCertificates', 'CertificateSummaryList');
    return Promise.all(
      found.map(async (summary) => {
        const arn = textOf(summary, 'CertificateArn');
        const answer = await api.call('DescribeCertificate', { CertificateArn: arn });
        const certificate = mapOf(answer, 'Certificate');
        const [validation] = mapsOf(certificate, 'DomainValidationOptions');
        return here(api, {
          id: arn,
          type: 'AWS::CertificateManager::Certificate',
          name: textOf(certificate, 'DomainName'),
          names: { Ref: arn },
          properties: {
            ...pick(certificate, ['DomainName', 'SubjectAlternativeNames', 'KeyAlgorithm']),
            ...(validation ? pick(validation, ['ValidationMethod']) : {}),
          },
        });
      }),
    );
  },
};
