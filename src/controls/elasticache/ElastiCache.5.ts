import { text } from '../../kernel/texts.ts';
import { isTrue, NO } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';

/** AWS Security Hub controls reference, ElastiCache.5. */
export const definition = propertyControl({
  id: 'ElastiCache.5',
  title: text(
    'Redis replication groups are reached by TLS',
    'レプリケーショングループへの通信が暗号化されている',
  ),
  severity: 'medium',
  resourceTypes: ['AWS::ElastiCache::ReplicationGroup'],
  configRule: 'elasticache-repl-grp-encrypted-in-transit',
  mappings: {
    'nist-800-53-r5': [
      'AC-4',
      'AC-17(2)',
      'IA-5(1)',
      'SC-7(4)',
      'SC-8',
      'SC-8(1)',
      'SC-8(2)',
      'SC-12(3)',
      'SC-13',
      'SC-23',
      'SC-23(3)',
      'SI-7(6)',
    ],
  },
  property: ['TransitEncryptionEnabled'],
  good: isTrue,
  whenAbsent: { good: NO, means: text('off', '無効') },
  remedy: {
    summary: text('Set TransitEncryptionEnabled to true', 'TransitEncryptionEnabled を true にする'),
    value: true,
  },
});
