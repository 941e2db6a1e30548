import { text } from '../../kernel/texts.ts';
import { isTrue, NO } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';
import { CAN_ROTATE } from './rotation.ts';

/** AWS Security Hub controls reference, KMS.4; only symmetric keys made by KMS can rotate. */
export const definition = propertyControl({
  id: 'KMS.4',
  title: text('Symmetric keys rotate every year', '対称キーの自動ローテーションが有効'),
  severity: 'medium',
  resourceTypes: ['AWS::KMS::Key'],
  configRule: 'cmk-backing-key-rotation-enabled',
  mappings: {
    'cis-5.0': ['3.6'],
    'nist-800-53-r5': ['CM-6a', 'CM-9b', 'SA-9(6)', 'SC-12', 'SC-12(2)', 'SC-12(6)'],
    'pci-dss-3.2.1': ['2.2', '3.5', '3.6', '3.6.4'],
  },
  property: ['EnableKeyRotation'],
  good: isTrue,
  whenAbsent: { good: NO, means: text('off', '無効') },
  onlyIf: CAN_ROTATE,
  remedy: {
    summary: text('Set EnableKeyRotation to true', 'EnableKeyRotation を true にする'),
    value: true,
  },
});
