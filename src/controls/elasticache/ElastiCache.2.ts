import { text } from '../../kernel/texts.ts';
import { isTrue, YES } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';

/** AWS Security Hub controls reference, ElastiCache.2. */
export const definition = propertyControl({
  id: 'ElastiCache.2',
  title: text(
    'Cache clusters install minor versions by themselves',
    'キャッシュクラスターのマイナーバージョン自動アップグレードが有効',
  ),
  severity: 'high',
  resourceTypes: ['AWS::ElastiCache::CacheCluster'],
  configRule: 'elasticache-auto-minor-version-upgrade-check',
  mappings: { 'nist-800-53-r5': ['SI-2', 'SI-2(2)', 'SI-2(4)', 'SI-2(5)'] },
  property: ['AutoMinorVersionUpgrade'],
  good: isTrue,
  whenAbsent: { good: YES, means: text('on by default', '既定で有効') },
  remedy: {
    summary: text('Set AutoMinorVersionUpgrade to true', 'AutoMinorVersionUpgrade を true にする'),
    value: true,
  },
});
