import { text } from '../../kernel/texts.ts';
import { propertyControl } from '../property.ts';
import { excludes } from '../questions.ts';

/** AWS Security Hub controls reference, NetworkFirewall.5. */
export const definition = propertyControl({
  id: 'NetworkFirewall.5',
  title: text(
    'Firewall policies drop or inspect fragmented packets by default',
    'ファイアウォールポリシーの既定動作がフラグメント化されたパケットを破棄または検査する',
  ),
  severity: 'medium',
  resourceTypes: ['AWS::NetworkFirewall::FirewallPolicy'],
  configRule: 'netfw-policy-default-action-fragment-packets',
  mappings: { 'nist-800-53-r5': ['CA-9(1)', 'CM-2'] },
  property: ['FirewallPolicy', 'StatelessFragmentDefaultActions'],
  good: excludes('aws:pass'),
  remedy: {
    summary: text('Forward the packets to the stateful engine', 'パケットをステートフルエンジンへ転送する'),
    value: ['aws:forward_to_sfe'],
  },
});
