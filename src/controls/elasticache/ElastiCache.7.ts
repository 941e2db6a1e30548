import { text } from '../../kernel/texts.ts';
import { NO } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';
import { both, noneOf, present } from '../questions.ts';

/** AWS Security Hub controls reference, ElastiCache.7. */
export const definition = propertyControl({
  id: 'ElastiCache.7',
  title: text(
    'Cache clusters stand in subnets that you chose',
    'キャッシュクラスターが既定のサブネットグループを使わない',
  ),
  severity: 'high',
  resourceTypes: ['AWS::ElastiCache::CacheCluster'],
  configRule: 'elasticache-subnet-group-check',
  mappings: {
    'nist-800-53-r5': ['AC-4', 'AC-4(21)', 'SC-7', 'SC-7(4)', 'SC-7(5)', 'SC-7(11)', 'SC-7(16)', 'SC-7(21)'],
  },
  property: ['CacheSubnetGroupName'],
  good: both(present, noneOf('default')),
  whenAbsent: { good: NO, means: text('the default subnet group', '既定のサブネットグループ') },
  remedy: {
    summary: text(
      'Name a subnet group of private subnets',
      'プライベートサブネットのサブネットグループを指定する',
    ),
    needs: [text('a subnet group', 'サブネットグループ')],
  },
});
