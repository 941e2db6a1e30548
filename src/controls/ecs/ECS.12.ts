import { text } from '../../kernel/texts.ts';
import { NO } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';
import { insights } from './questions.ts';

/** AWS Security Hub controls reference, ECS.12. */
export const definition = propertyControl({
  id: 'ECS.12',
  title: text('Clusters send container metrics', 'クラスターの Container Insights が有効'),
  severity: 'medium',
  resourceTypes: ['AWS::ECS::Cluster'],
  configRule: 'ecs-container-insights-enabled',
  mappings: { 'nist-800-53-r5': ['AU-6(3)', 'AU-6(4)', 'CA-7', 'SI-2'] },
  basis: 'template',
  property: ['ClusterSettings'],
  good: insights,
  whenAbsent: {
    good: NO,
    means: text(`off unless the account's default says so`, 'アカウントの既定設定がなければ無効'),
  },
  says: {
    pass: text('Container Insights are on', 'Container Insights は有効です'),
    fail: text('Container Insights are off', 'Container Insights は無効です'),
  },
  remedy: {
    summary: text('Set containerInsights to enabled', 'containerInsights を enabled にする'),
    adds: [{ Name: 'containerInsights', Value: 'enabled' }],
  },
});
