import { text } from '../../kernel/texts.ts';
import { isOneOf } from '../../model/answer.ts';
import { get } from '../../model/value.ts';
import { propertyControl } from '../property.ts';
import { oneOf, someAt } from '../questions.ts';

/** AWS Security Hub controls reference, S3.10. */
export const definition = propertyControl({
  id: 'S3.10',
  title: text(
    'Buckets that keep versions also clean them up',
    'バージョニング有効のバケットにライフサイクルルールがある',
  ),
  severity: 'medium',
  resourceTypes: ['AWS::S3::Bucket'],
  configRule: 's3-version-lifecycle-policy-check',
  mappings: {},
  property: ['LifecycleConfiguration', 'Rules'],
  good: someAt(['Status'], oneOf('Enabled')),
  says: {
    pass: text('a lifecycle rule is on', '有効なライフサイクルルールがあります'),
    fail: text('no lifecycle rule is on', '有効なライフサイクルルールがありません'),
  },
  onlyIf: {
    holds: (resource) => isOneOf(get(resource.properties, 'VersioningConfiguration', 'Status'), ['Enabled']),
    otherwise: text('no versions are kept', 'バージョンは保持されません'),
  },
  remedy: {
    summary: text(
      'Add a lifecycle rule for noncurrent versions',
      '旧バージョンのライフサイクルルールを加える',
    ),
    needs: [text('how long old versions must be kept', '旧バージョンの保持期間')],
  },
});
