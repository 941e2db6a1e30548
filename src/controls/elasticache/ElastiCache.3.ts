import { text } from '../../kernel/texts.ts';
import { isTrue, NO } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';

/** AWS Security Hub controls reference, ElastiCache.3. */
export const definition = propertyControl({
  id: 'ElastiCache.3',
  title: text(
    'Redis replication groups fail over by themselves',
    'レプリケーショングループの自動フェイルオーバーが有効',
  ),
  severity: 'medium',
  resourceTypes: ['AWS::ElastiCache::ReplicationGroup'],
  configRule: 'elasticache-repl-grp-auto-failover-enabled',
  mappings: { 'nist-800-53-r5': ['CP-10', 'SC-5(2)', 'SC-36', 'SI-13(5)'] },
  property: ['AutomaticFailoverEnabled'],
  good: isTrue,
  whenAbsent: { good: NO, means: text('off', '無効') },
  remedy: {
    summary: text('Set AutomaticFailoverEnabled to true', 'AutomaticFailoverEnabled を true にする'),
    value: true,
  },
});
