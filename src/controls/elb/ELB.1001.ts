import { text } from '../../kernel/texts.ts';
import { get } from '../../model/value.ts';
import { control, notApplicable, verdict } from '../control.ts';
import { allFromAcm } from './certificates.ts';
import { LISTENER, speaks } from './listeners.ts';

/** AWS Config managed rule elbv2-acm-certificate-required, which no AWS control uses. */
export const definition = control({
  id: 'ELB.1001',
  title: text('Listeners use certificates of ACM', 'リスナーがACMの証明書を使う'),
  severity: 'medium',
  resourceTypes: [LISTENER],
  configRule: 'elbv2-acm-certificate-required',
  mappings: { 'nist-800-53-r5': ['SC-8(1)', 'SC-23(5)'], 'pci-dss-3.2.1': ['4.1'] },
  basis: 'effective',
  evaluate(listener, graph) {
    if (speaks(listener, 'HTTPS', 'TLS').is === 'no') return notApplicable(NO_TLS);
    const certificates = get(listener.properties, 'Certificates');
    return verdict(
      allFromAcm(certificates, graph),
      {
        pass: text('the certificate comes from ACM', 'ACMの証明書です'),
        fail: text(
          'a certificate does not come from ACM and does not renew by itself',
          'ACM以外の証明書があり、自動更新されません',
        ),
        unknown: text('where the certificate comes from cannot be decided', '証明書の発行元を決められません'),
      },
      certificates,
    );
  },
  remedy: () => ({
    summary: text(
      'Use a certificate of ACM validated by DNS, which renews by itself',
      'DNS検証のACM証明書を使う(自動更新される)',
    ),
    edits: [],
    needs: [text('a domain name', 'ドメイン名')],
  }),
});

const NO_TLS = text('the listener does not end TLS', 'TLSを終端しないリスナーです');
