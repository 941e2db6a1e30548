import { text } from '../../kernel/texts.ts';
import { NO } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';
import { oneOf } from '../questions.ts';

/** AWS Security Hub controls reference, SageMaker.3. */
export const definition = propertyControl({
  id: 'SageMaker.3',
  title: text('Notebook users are not root', 'ノートブックの利用者にroot権限がない'),
  severity: 'high',
  resourceTypes: ['AWS::SageMaker::NotebookInstance'],
  configRule: 'sagemaker-notebook-instance-root-access-check',
  mappings: { 'nist-800-53-r5': ['AC-2(1)', 'AC-3(7)', 'AC-3(15)', 'AC-6', 'AC-6(2)', 'AC-6(10)'] },
  property: ['RootAccess'],
  good: oneOf('Disabled'),
  whenAbsent: { good: NO, means: text('Enabled by default', '既定は Enabled') },
  remedy: {
    summary: text('Set RootAccess to Disabled', 'RootAccess を Disabled にする'),
    value: 'Disabled',
  },
});
