import { text } from '../../kernel/texts.ts';
import { isTrue, YES } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';

/** A control of our own. */
export const definition = propertyControl({
  id: 'Athena.1001',
  title: text(
    'Clients cannot leave the settings of the workgroup',
    'クライアントがワークグループの設定を上書きできない',
  ),
  severity: 'medium',
  resourceTypes: ['AWS::Athena::WorkGroup'],
  mappings: {},
  property: ['WorkGroupConfiguration', 'EnforceWorkGroupConfiguration'],
  good: isTrue,
  whenAbsent: { good: YES, means: text('enforced by default', '既定で強制') },
  remedy: {
    summary: text(
      'Set EnforceWorkGroupConfiguration to true',
      'EnforceWorkGroupConfiguration を true にする',
    ),
    value: true,
  },
});
