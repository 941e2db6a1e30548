import { text } from '../../kernel/texts.ts';
import { isTrue, NO } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';

/** AWS Security Hub controls reference, CloudTrail.4. */
export const definition = propertyControl({
  id: 'CloudTrail.4',
  title: text('Trails sign their log files', '証跡のログファイル検証が有効'),
  severity: 'low',
  resourceTypes: ['AWS::CloudTrail::Trail'],
  configRule: 'cloud-trail-log-file-validation-enabled',
  mappings: {
    'cis-5.0': ['3.2'],
    'nist-800-53-r5': [
      'AU-9a',
      'CM-6a',
      'CM-9b',
      'PM-11b',
      'PM-17b',
      'SA-1(1)',
      'SA-10(1)',
      'SC-16(1)',
      'SI-1a.2',
      'SI-1c.2',
      'SI-4d',
      'SI-7(1)',
      'SI-7(3)',
      'SI-7(7)',
      'SI-7a',
    ],
    'pci-dss-3.2.1': ['2.2', '10.5', '10.5.2', '10.5.5', '11.5'],
  },
  property: ['EnableLogFileValidation'],
  good: isTrue,
  whenAbsent: { good: NO, means: text('off', '無効') },
  remedy: {
    summary: text('Set EnableLogFileValidation to true', 'EnableLogFileValidation を true にする'),
    value: true,
  },
});
