import { text } from '../../kernel/texts.ts';
import { isTrue, NO } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';

/** AWS Security Hub controls reference, ECR.1. */
export const definition = propertyControl({
  id: 'ECR.1',
  title: text('Images are scanned when they arrive', 'イメージをプッシュ時にスキャンする'),
  severity: 'high',
  resourceTypes: ['AWS::ECR::Repository'],
  configRule: 'ecr-private-image-scanning-enabled',
  mappings: { 'nist-800-53-r5': ['RA-5'] },
  basis: 'template',
  property: ['ImageScanningConfiguration', 'ScanOnPush'],
  good: isTrue,
  whenAbsent: {
    good: NO,
    means: text(`off unless the registry's own setting scans`, 'レジストリの設定がなければ無効'),
  },
  remedy: {
    summary: text('Set ScanOnPush to true', 'ScanOnPush を true にする'),
    value: true,
  },
});
