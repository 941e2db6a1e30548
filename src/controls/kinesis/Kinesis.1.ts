import { text } from '../../kernel/texts.ts';
import { NO } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';
import { encryptsByKms } from './questions.ts';

/** AWS Security Hub controls reference, Kinesis.1. */
export const definition = propertyControl({
  id: 'Kinesis.1',
  title: text('Streams are encrypted', 'ストリームが暗号化されている'),
  severity: 'medium',
  resourceTypes: ['AWS::Kinesis::Stream'],
  configRule: 'kinesis-stream-encrypted',
  mappings: { 'nist-800-53-r5': ['CA-9(1)', 'CM-3(6)', 'SC-7(10)', 'SC-13', 'SC-28', 'SC-28(1)', 'SI-7(6)'] },
  property: ['StreamEncryption'],
  good: encryptsByKms,
  whenAbsent: { good: NO, means: text('not encrypted', '暗号化されません') },
  says: {
    pass: text('the stream is encrypted with a KMS key', 'KMSキーで暗号化されます'),
    fail: text('the stream is not encrypted with a KMS key', 'KMSキーで暗号化されません'),
  },
  remedy: {
    summary: text('Set StreamEncryption', 'StreamEncryption を指定する'),
    value: { EncryptionType: 'KMS', KeyId: 'alias/aws/kinesis' },
  },
});
