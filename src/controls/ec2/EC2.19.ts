import { text } from '../../kernel/texts.ts';

import { portControl } from './port-control.ts';

/** AWS Security Hub controls reference, EC2.19. */
export const definition = portControl({
  id: 'EC2.19',
  title: text('Dangerous ports are not open to the internet', '危険なポートがインターネットに開いていない'),
  severity: 'critical',
  configRule: 'vpc-sg-restricted-common-ports',
  mappings: {},
  ports: [
    20, 21, 22, 23, 25, 110, 135, 143, 445, 1433, 1434, 3000, 3306, 3389, 4333, 5000, 5432, 5500, 5601, 8080,
    8088, 8888, 9200, 9300,
  ],
});
