import { text } from '../../kernel/texts.ts';
import { isTrue, NO } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';

/** AWS Security Hub controls reference, Redshift.10. */
export const definition = propertyControl({
  id: 'Redshift.10',
  title: text('Redshift clusters are encrypted', 'Redshiftクラスターが暗号化されている'),
  severity: 'medium',
  resourceTypes: ['AWS::Redshift::Cluster'],
  configRule: 'redshift-cluster-kms-enabled',
  mappings: {},
  property: ['Encrypted'],
  good: isTrue,
  whenAbsent: { good: NO, means: text('off', '無効') },
  remedy: {
    summary: text('Set Encrypted to true', 'Encrypted を true にする'),
    value: true,
  },
});
