import { text } from '../../kernel/texts.ts';
import { NO } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';
import { oneOf } from '../questions.ts';

/** AWS Security Hub controls reference, AutoScaling.3. */
export const definition = propertyControl({
  id: 'AutoScaling.3',
  title: text(
    'Launch configurations require session tokens for instance metadata',
    '起動設定がIMDSv2を必須にする',
  ),
  severity: 'high',
  resourceTypes: ['AWS::AutoScaling::LaunchConfiguration'],
  configRule: 'autoscaling-launchconfig-requires-imdsv2',
  mappings: { 'nist-800-53-r5': ['AC-3', 'AC-3(7)', 'AC-3(15)', 'AC-6', 'CA-9(1)', 'CM-2'] },
  property: ['MetadataOptions', 'HttpTokens'],
  good: oneOf('required'),
  whenAbsent: { good: NO, means: text('optional by default', '既定は optional') },
  remedy: {
    summary: text('Set HttpTokens to required', 'HttpTokens を required にする'),
    value: 'required',
  },
});
