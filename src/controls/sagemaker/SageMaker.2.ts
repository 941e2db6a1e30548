import { text } from '../../kernel/texts.ts';
import { isSet } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';

/** AWS Security Hub controls reference, SageMaker.2. */
export const definition = propertyControl({
  id: 'SageMaker.2',
  title: text('Notebooks stand in a VPC of yours', 'ノートブックインスタンスが自分のVPC内にある'),
  severity: 'high',
  resourceTypes: ['AWS::SageMaker::NotebookInstance'],
  configRule: 'sagemaker-notebook-instance-inside-vpc',
  mappings: {
    'nist-800-53-r5': [
      'AC-3',
      'AC-3(7)',
      'AC-4',
      'AC-4(21)',
      'AC-6',
      'AC-21',
      'SC-7',
      'SC-7(3)',
      'SC-7(4)',
      'SC-7(9)',
      'SC-7(11)',
      'SC-7(16)',
      'SC-7(20)',
      'SC-7(21)',
    ],
  },
  property: ['SubnetId'],
  good: isSet,
  remedy: {
    summary: text('Give the notebook a subnet', 'ノートブックにサブネットを指定する'),
    needs: [text('a subnet', 'サブネット')],
  },
});
