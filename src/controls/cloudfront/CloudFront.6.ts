import { text } from '../../kernel/texts.ts';
import { NO } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';
import { present } from '../questions.ts';

/** AWS Security Hub controls reference, CloudFront.6. */
export const definition = propertyControl({
  id: 'CloudFront.6',
  title: text('Distributions stand behind a web ACL', 'ディストリビューションにWAFのウェブACLが付いている'),
  severity: 'medium',
  resourceTypes: ['AWS::CloudFront::Distribution'],
  configRule: 'cloudfront-associated-with-waf',
  mappings: { 'nist-800-53-r5': ['AC-4(21)'] },
  property: ['DistributionConfig', 'WebACLId'],
  good: present,
  whenAbsent: { good: NO, means: text('no web ACL', 'ウェブACLなし') },
  remedy: {
    summary: text(
      'Give the distribution a web ACL made in us-east-1',
      'us-east-1 で作成したウェブACLをディストリビューションに付ける',
    ),
    needs: [text('a web ACL with scope CLOUDFRONT', 'スコープ CLOUDFRONT のウェブACL')],
  },
});
