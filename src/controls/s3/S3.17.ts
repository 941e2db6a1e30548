import { text } from '../../kernel/texts.ts';
import { NO } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';
import { oneOf, someAt } from '../questions.ts';
import { NO_LOG_TARGET } from './log-targets.ts';

/** AWS Security Hub controls reference, S3.17. Buckets that receive access logs cannot use KMS keys by default (S3 guide, "Enabling Amazon S3 server access logging"). */
export const definition = propertyControl({
  id: 'S3.17',
  title: text('Buckets encrypt objects with a KMS key', 'バケットの既定の暗号化にKMSキーを使う'),
  severity: 'medium',
  resourceTypes: ['AWS::S3::Bucket'],
  configRule: 's3-default-encryption-kms',
  mappings: {
    'nist-800-53-r5': ['AU-9(3)', 'CP-9(8)', 'CP-9d', 'SC-8(3)', 'SC-8(4)', 'SC-13a', 'SC-28(1)', 'SI-19(4)'],
    'pci-dss-3.2.1': ['3.4', '8.2.1', '10.5'],
  },
  property: ['BucketEncryption', 'ServerSideEncryptionConfiguration'],
  good: someAt(['ServerSideEncryptionByDefault', 'SSEAlgorithm'], oneOf('aws:kms', 'aws:kms:dsse')),
  whenAbsent: { good: NO, means: text(`S3's own key (SSE-S3)`, 'S3が管理する鍵(SSE-S3)') },
  says: {
    pass: text('objects are encrypted with a KMS key', 'オブジェクトはKMSキーで暗号化されます'),
    fail: text(`objects are encrypted with S3's own key`, 'オブジェクトはS3が管理する鍵で暗号化されます'),
  },
  onlyIf: NO_LOG_TARGET,
  remedy: {
    summary: text('Encrypt with aws:kms by default', '既定の暗号化を aws:kms にする'),
    value: [{ BucketKeyEnabled: true, ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' } }],
  },
});
