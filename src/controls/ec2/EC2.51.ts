import { text } from '../../kernel/texts.ts';
import { isTrue } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';

/** AWS Security Hub controls reference, EC2.51. */
export const definition = propertyControl({
  id: 'EC2.51',
  title: text('Client VPN endpoints log connections', 'クライアントVPNエンドポイントが接続を記録する'),
  severity: 'low',
  resourceTypes: ['AWS::EC2::ClientVpnEndpoint'],
  configRule: 'ec2-client-vpn-connection-log-enabled',
  mappings: {},
  property: ['ConnectionLogOptions', 'Enabled'],
  good: isTrue,
  remedy: {
    summary: text('Turn on ConnectionLogOptions', 'ConnectionLogOptions を有効にする'),
    value: true,
  },
});
