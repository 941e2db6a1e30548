import { text } from '../../kernel/texts.ts';
import { propertyControl } from '../property.ts';
import { excludes } from '../questions.ts';

/** AWS Security Hub controls reference, NetworkFirewall.4. */
export const definition = propertyControl({
  id: 'NetworkFirewall.4',
  title: text(
    'Firewall policies drop or inspect whole packets by default',
    'ファイアウォールポリシーの既定動作が通常のパケットを破棄または検査する',
  ),
  severity: 'medium',
  resourceTypes: ['AWS::NetworkFirewall::FirewallPolicy'],
  configRule: 'netfw-policy-default-action-full-packets',
  mappings: { 'nist-800-53-r5': ['CA-9(1)', 'CM-2'] },
  property: ['FirewallPolicy', 'StatelessDefaultActions'],
  good: excludes('aws:pass'),
  remedy: {
    summary: text('Forward the packets to the stateful engine', 'パケットをステートフルエンジンへ転送する'),
    value: ['aws:forward_to_sfe'],
  },
});
