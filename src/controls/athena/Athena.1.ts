import { text } from '../../kernel/texts.ts';
import { NO } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';
import { oneOf } from '../questions.ts';

/** AWS Security Hub controls reference, Athena.1. */
export const definition = propertyControl({
  id: 'Athena.1',
  title: text('Query results are encrypted', 'Athenaのクエリ結果が暗号化されている'),
  severity: 'medium',
  resourceTypes: ['AWS::Athena::WorkGroup'],
  configRule: 'athena-workgroup-encrypted-at-rest',
  mappings: {},
  property: ['WorkGroupConfiguration', 'ResultConfiguration', 'EncryptionConfiguration', 'EncryptionOption'],
  good: oneOf('SSE_S3', 'SSE_KMS', 'CSE_KMS'),
  whenAbsent: {
    good: NO,
    means: text('results are written as the bucket says', '結果はバケットの設定に従って書かれます'),
  },
  remedy: {
    summary: text('Set EncryptionOption', 'EncryptionOption を指定する'),
    value: 'SSE_S3',
  },
});
