import { text } from '../../kernel/texts.ts';
import { isTrue, NO } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';

/** AWS Security Hub controls reference, NetworkFirewall.9. */
export const definition = propertyControl({
  id: 'NetworkFirewall.9',
  title: text('Firewalls are protected against deletion', 'ファイアウォールの削除保護が有効'),
  severity: 'medium',
  resourceTypes: ['AWS::NetworkFirewall::Firewall'],
  configRule: 'netfw-deletion-protection-enabled',
  mappings: {},
  property: ['DeleteProtection'],
  good: isTrue,
  whenAbsent: { good: NO, means: text('off', '無効') },
  remedy: {
    summary: text('Set DeleteProtection to true', 'DeleteProtection を true にする'),
    value: true,
  },
});
