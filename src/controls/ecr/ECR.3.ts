import { text } from '../../kernel/texts.ts';
import { isSet } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';

/** AWS Security Hub controls reference, ECR.3. */
export const definition = propertyControl({
  id: 'ECR.3',
  title: text('Repositories clean up old images', 'リポジトリにライフサイクルポリシーがある'),
  severity: 'medium',
  resourceTypes: ['AWS::ECR::Repository'],
  configRule: 'ecr-private-lifecycle-policy-configured',
  mappings: { 'nist-800-53-r5': ['CA-9(1)', 'CM-2', 'CM-2(2)'] },
  property: ['LifecyclePolicy', 'LifecyclePolicyText'],
  good: isSet,
  remedy: {
    summary: text('Add a lifecycle policy', 'ライフサイクルポリシーを加える'),
    needs: [text('how many images to keep', '残すイメージの数')],
  },
});
