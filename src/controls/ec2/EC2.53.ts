import { text } from '../../kernel/texts.ts';
import { isFromAnyIpv4 } from './ingress.ts';
import { portControl } from './port-control.ts';

/** AWS Security Hub controls reference, EC2.53. */
export const definition = portControl({
  id: 'EC2.53',
  title: text(
    'Remote administration is not open to all of IPv4',
    '管理用ポート(22・3389)がIPv4全体に開いていない',
  ),
  severity: 'high',
  configRule: 'vpc-sg-port-restriction-check',
  mappings: {},
  ports: [22, 3389],
  isOpen: isFromAnyIpv4,
});
