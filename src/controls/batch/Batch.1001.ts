import { text } from '../../kernel/texts.ts';
import { isFalse, YES } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';

/** A control of our own. */
export const definition = propertyControl({
  id: 'Batch.1001',
  title: text('Batch jobs are not privileged', 'Batchジョブが特権モードでない'),
  severity: 'high',
  resourceTypes: ['AWS::Batch::JobDefinition'],
  mappings: {},
  property: ['ContainerProperties', 'Privileged'],
  good: isFalse,
  whenAbsent: { good: YES, means: text('off by default', '既定で無効') },
  remedy: {
    summary: text('Set Privileged to false', 'Privileged を false にする'),
    value: false,
  },
});
