import { text } from '../../kernel/texts.ts';
import { propertyControl } from '../property.ts';
import { failsOver } from './questions.ts';

/** AWS Security Hub controls reference, CloudFront.4. */
export const definition = propertyControl({
  id: 'CloudFront.4',
  title: text(
    'Distributions have a second origin to fall back on',
    'ディストリビューションにオリジンフェイルオーバーがある',
  ),
  severity: 'low',
  resourceTypes: ['AWS::CloudFront::Distribution'],
  configRule: 'cloudfront-origin-failover-enabled',
  mappings: { 'nist-800-53-r5': ['CP-10', 'SC-5(2)', 'SC-36', 'SI-13(5)'] },
  property: ['DistributionConfig', 'OriginGroups'],
  good: failsOver,
  says: {
    pass: text('an origin group has a second origin', '予備を持つオリジングループがあります'),
    fail: text('no origin group has a second origin', '予備を持つオリジングループがありません'),
  },
  remedy: {
    summary: text('Add an origin group with a second origin', '予備のオリジンを含むオリジングループを加える'),
    needs: [text('a second origin', '予備のオリジン')],
  },
});
