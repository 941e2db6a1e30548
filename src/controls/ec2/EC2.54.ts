import { text } from '../../kernel/texts.ts';
import { isFromAnyIpv6 } from './ingress.ts';
import { portControl } from './port-control.ts';

/** AWS Security Hub controls reference, EC2.54. */
export const definition = portControl({
  id: 'EC2.54',
  title: text(
    'Remote administration is not open to all of IPv6',
    '管理用ポート(22・3389)がIPv6全体に開いていない',
  ),
  severity: 'high',
  configRule: 'vpc-sg-port-restriction-check',
  mappings: {},
  ports: [22, 3389],
  isOpen: isFromAnyIpv6,
});
