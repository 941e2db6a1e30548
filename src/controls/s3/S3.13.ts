import { text } from '../../kernel/texts.ts';
import { propertyControl } from '../property.ts';
import { oneOf, someAt } from '../questions.ts';

/** AWS Security Hub controls reference, S3.13. */
export const definition = propertyControl({
  id: 'S3.13',
  title: text('Buckets have lifecycle rules', 'バケットにライフサイクルルールがある'),
  severity: 'low',
  resourceTypes: ['AWS::S3::Bucket'],
  configRule: 's3-lifecycle-policy-check',
  mappings: { 'pci-dss-3.2.1': ['3.1', '3.1.a', '3.2', '3.2.c', '10.7', '10.7.a'] },
  property: ['LifecycleConfiguration', 'Rules'],
  good: someAt(['Status'], oneOf('Enabled')),
  says: {
    pass: text('a lifecycle rule is on', '有効なライフサイクルルールがあります'),
    fail: text('no lifecycle rule is on', '有効なライフサイクルルールがありません'),
  },
  remedy: {
    summary: text(
      'Add a lifecycle rule that says when objects move or expire',
      'オブジェクトの移行または失効の時期を定めるライフサイクルルールを加える',
    ),
    needs: [text('how long the objects must be kept', 'オブジェクトの保存期間')],
  },
});
