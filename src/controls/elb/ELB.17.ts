import { text } from '../../kernel/texts.ts';
import { ask, NO } from '../../model/answer.ts';
import { stringFrom } from '../../model/value.ts';
import { propertyControl } from '../property.ts';
import { isModernPolicy, LISTENER, speaks } from './listeners.ts';

/**
 * AWS Security Hub controls reference, ELB.17. A listener without `SslPolicy` gets the policy of 2016,
 * which still takes TLS 1.0.
 */
export const definition = propertyControl({
  id: 'ELB.17',
  title: text('Listeners use a current TLS policy', 'リスナーが新しいTLSセキュリティポリシーを使う'),
  severity: 'medium',
  resourceTypes: [LISTENER],
  configRule: 'elbv2-predefined-security-policy-ssl-check',
  mappings: {},
  property: ['SslPolicy'],
  good: (value, whenAbsent) => ask(value, (each) => isModernPolicy(stringFrom(each) ?? ''), whenAbsent),
  whenAbsent: {
    good: NO,
    means: text(
      'ELBSecurityPolicy-2016-08, which takes TLS 1.0',
      'TLS 1.0も受け付ける ELBSecurityPolicy-2016-08 になります',
    ),
  },
  onlyIf: {
    holds: (listener) => speaks(listener, 'HTTPS', 'TLS'),
    otherwise: text('the listener does not end TLS', 'TLSを終端しないリスナーです'),
  },
  remedy: {
    summary: text('Use ELBSecurityPolicy-TLS13-1-2-2021-06', 'ELBSecurityPolicy-TLS13-1-2-2021-06 を使う'),
    value: 'ELBSecurityPolicy-TLS13-1-2-2021-06',
  },
});
