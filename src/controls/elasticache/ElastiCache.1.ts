import { text } from '../../kernel/texts.ts';
import { NO } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';
import { atLeast } from '../questions.ts';
import { CAN_BE_BACKED_UP } from './backup.ts';

/** AWS Security Hub controls reference, ElastiCache.1. */
export const definition = propertyControl({
  id: 'ElastiCache.1',
  title: text('Redis caches are backed up', 'Redisキャッシュの自動バックアップが有効'),
  severity: 'high',
  resourceTypes: ['AWS::ElastiCache::ReplicationGroup', 'AWS::ElastiCache::CacheCluster'],
  configRule: 'elasticache-redis-cluster-automatic-backup-check',
  mappings: { 'pci-dss-3.2.1': ['3.1', '3.1.c'] },
  property: ['SnapshotRetentionLimit'],
  good: atLeast(1),
  whenAbsent: { good: NO, means: text('no backup', 'バックアップなし') },
  onlyIf: CAN_BE_BACKED_UP,
  remedy: {
    summary: text('Keep snapshots for a day or more', 'スナップショットを1日以上保持する'),
    value: 7,
  },
});
