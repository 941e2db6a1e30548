import { text } from '../../kernel/texts.ts';
import { NO } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';
import { oneOf } from '../questions.ts';

/** AWS Security Hub controls reference, ECR.2. */
export const definition = propertyControl({
  id: 'ECR.2',
  title: text('Image tags cannot be moved', 'イメージのタグを上書きできない'),
  severity: 'medium',
  resourceTypes: ['AWS::ECR::Repository'],
  configRule: 'ecr-private-tag-immutability-enabled',
  mappings: { 'nist-800-53-r5': ['CA-9(1)', 'CM-2', 'CM-8(1)'] },
  property: ['ImageTagMutability'],
  good: oneOf('IMMUTABLE', 'IMMUTABLE_WITH_EXCLUSION'),
  whenAbsent: { good: NO, means: text('MUTABLE by default', '既定は MUTABLE') },
  remedy: {
    summary: text('Set ImageTagMutability to IMMUTABLE', 'ImageTagMutability を IMMUTABLE にする'),
    value: 'IMMUTABLE',
  },
});
