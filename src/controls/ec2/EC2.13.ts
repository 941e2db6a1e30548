import { text } from '../../kernel/texts.ts';

import { portControl } from './port-control.ts';

/** AWS Security Hub controls reference, EC2.13. */
export const definition = portControl({
  id: 'EC2.13',
  title: text('Port 22 is not open to the internet', 'SSH(22番ポート)がインターネットに開いていない'),
  severity: 'high',
  configRule: 'restricted-ssh',
  mappings: {
    'cis-5.0': ['5.3', '5.4'],
    'nist-800-53-r5': [
      'AC-17(1)',
      'AC-17(4)(a)',
      'AC-17(9)',
      'AC-17(10)',
      'AC-17b',
      'CM-9b',
      'SC-7(7)',
      'SC-7(11)',
      'SC-7(12)',
      'SC-7(16)',
      'SC-7(21)',
      'SC-7(24)(b)',
      'SC-7(25)',
      'SC-7(26)',
      'SC-7(27)',
      'SC-7(28)',
      'SC-7a',
      'SC-7c',
    ],
    'pci-dss-3.2.1': ['1.2', '1.2.1', '1.3', '1.3.1', '1.3.2', '2.2', '2.2.2'],
  },
  ports: [22],
  protocols: ['tcp', '6'],
});
