import { text } from '../../kernel/texts.ts';
import { isTrue, NO } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';

/** AWS Security Hub controls reference, ElastiCache.4. */
export const definition = propertyControl({
  id: 'ElastiCache.4',
  title: text(
    'Redis replication groups are encrypted on disk',
    'レプリケーショングループが保存時に暗号化されている',
  ),
  severity: 'medium',
  resourceTypes: ['AWS::ElastiCache::ReplicationGroup'],
  configRule: 'elasticache-repl-grp-encrypted-at-rest',
  mappings: { 'nist-800-53-r5': ['CA-9(1)', 'CM-3(6)', 'SC-7(10)', 'SC-13', 'SC-28', 'SC-28(1)', 'SI-7(6)'] },
  property: ['AtRestEncryptionEnabled'],
  good: isTrue,
  whenAbsent: { good: NO, means: text('off', '無効') },
  remedy: {
    summary: text(
      'Set AtRestEncryptionEnabled to true (replaces the group)',
      'AtRestEncryptionEnabled を true にする(グループは置換される)',
    ),
    value: true,
  },
});
