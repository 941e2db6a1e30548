import { text } from '../../kernel/texts.ts';
import { YES } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';
import { noneOf, someAt } from '../questions.ts';

/** AWS Security Hub controls reference, S3.7. */
export const definition = propertyControl({
  id: 'S3.7',
  title: text('Buckets are copied to another bucket', 'バケットを別リージョンへ複製する'),
  severity: 'low',
  resourceTypes: ['AWS::S3::Bucket'],
  configRule: 's3-bucket-cross-region-replication-enabled',
  mappings: {
    'nist-800-53-r5': [
      'AU-9(2)',
      'CM-6a',
      'CM-9b',
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
      'SC-5(2)',
      'SI-13(5)',
    ],
    'pci-dss-3.2.1': ['2.2', '10.5.3'],
  },
  property: ['ReplicationConfiguration', 'Rules'],
  good: someAt(['Status'], noneOf('Disabled'), YES),
  says: {
    pass: text(
      'a rule copies objects to another bucket',
      'オブジェクトを別のバケットへ複製するルールがあります',
    ),
    fail: text('no rule that is on copies objects', '有効な複製ルールがありません'),
  },
  remedy: {
    summary: text('Replicate to a bucket in another Region', '別リージョンのバケットへ複製する'),
    needs: [
      text(
        'a bucket in another Region and a role for the replication',
        '別リージョンのバケットと複製用のロール',
      ),
    ],
  },
});
