import { text } from '../../kernel/texts.ts';
import { NO } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';
import { oneOf } from '../questions.ts';

/** AWS Security Hub controls reference, SageMaker.1. */
export const definition = propertyControl({
  id: 'SageMaker.1',
  title: text(
    'Notebooks do not reach the internet directly',
    'ノートブックインスタンスがインターネットへ直接出ない',
  ),
  severity: 'high',
  resourceTypes: ['AWS::SageMaker::NotebookInstance'],
  configRule: 'sagemaker-notebook-no-direct-internet-access',
  mappings: {
    'nist-800-53-r5': [
      'AC-2(6)',
      'AC-3',
      'AC-3(7)',
      'AC-4(21)',
      'AC-6',
      'AC-17(1)',
      'AC-17(4)(a)',
      'AC-17(9)',
      'AC-17(10)',
      'AC-17b',
      'MP-2',
      'SC-7(2)',
      'SC-7(3)',
      'SC-7(7)',
      'SC-7(9)(a)',
      'SC-7(11)',
      'SC-7(12)',
      'SC-7(16)',
      'SC-7(20)',
      'SC-7(21)',
      'SC-7(24)(b)',
      'SC-7(25)',
      'SC-7(26)',
      'SC-7(27)',
      'SC-7(28)',
      'SC-7a',
      'SC-7b',
      'SC-7c',
      'SC-25',
    ],
    'pci-dss-3.2.1': ['1.2', '1.2.1', '1.3', '1.3.1', '1.3.2', '1.3.4', '1.3.6', '2.2.2'],
  },
  property: ['DirectInternetAccess'],
  good: oneOf('Disabled'),
  whenAbsent: { good: NO, means: text('Enabled by default', '既定は Enabled') },
  remedy: {
    summary: text(
      'Set DirectInternetAccess to Disabled and place the notebook in a subnet',
      'DirectInternetAccess を Disabled にし、サブネットに置く',
    ),
    value: 'Disabled',
  },
});
