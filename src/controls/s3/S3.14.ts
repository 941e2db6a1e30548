import { text } from '../../kernel/texts.ts';
import { NO } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';
import { oneOf } from '../questions.ts';

/** AWS Security Hub controls reference, S3.14. */
export const definition = propertyControl({
  id: 'S3.14',
  title: text('Buckets keep earlier versions of objects', 'バケットのバージョニングが有効'),
  severity: 'low',
  resourceTypes: ['AWS::S3::Bucket'],
  configRule: 's3-bucket-versioning-enabled',
  mappings: {
    'nist-800-53-r5': [
      'AU-9(2)',
      'CP-1(2)',
      'CP-2(5)',
      'CP-6(1)',
      'CP-6(2)',
      'CP-6a',
      'CP-9a',
      'CP-9b',
      'CP-9c',
      'CP-10',
      'CP-10(2)',
      'PM-11b',
      'PM-17b',
      'SC-5(2)',
      'SC-16(1)',
      'SI-1a.2',
      'SI-1c.2',
      'SI-13(5)',
    ],
    'pci-dss-3.2.1': ['10.5.3'],
  },
  property: ['VersioningConfiguration', 'Status'],
  good: oneOf('Enabled'),
  whenAbsent: {
    good: NO,
    means: text('an overwritten object is gone', '上書きしたオブジェクトは失われます'),
  },
  remedy: {
    summary: text('Enable versioning', 'バージョニングを有効にする'),
    value: 'Enabled',
  },
});
