import { text } from '../../kernel/texts.ts';
import { propertyControl } from '../property.ts';
import { aggregatedSources, allRegions } from './aggregation.ts';

/** A control of our own. */
export const definition = propertyControl({
  id: 'Config.1001',
  title: text('Aggregators take every Region', '設定アグリゲーターが全リージョンを集める'),
  severity: 'low',
  resourceTypes: ['AWS::Config::ConfigurationAggregator'],
  mappings: {},
  property: ['AccountAggregationSources'],
  label: 'AllAwsRegions',
  read: (aggregator) => aggregatedSources(aggregator),
  good: allRegions,
  says: {
    pass: text('every source covers all Regions', 'すべての収集元が全リージョンを対象にします'),
    fail: text('a source does not cover all Regions', '全リージョンを対象にしない収集元があります'),
  },
  remedy: {
    summary: text('Set AllAwsRegions to true', 'AllAwsRegions を true にする'),
  },
});
