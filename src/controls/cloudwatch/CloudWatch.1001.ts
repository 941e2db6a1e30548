import { text } from '../../kernel/texts.ts';
import { NO } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';
import { present } from '../questions.ts';

/** AWS Config managed rule cloudwatch-log-group-encrypted, which no AWS control uses. */
export const definition = propertyControl({
  id: 'CloudWatch.1001',
  title: text(
    'Log groups are encrypted with a key of your own',
    'ロググループが自分のKMSキーで暗号化されている',
  ),
  severity: 'low',
  resourceTypes: ['AWS::Logs::LogGroup'],
  configRule: 'cloudwatch-log-group-encrypted',
  mappings: {
    'nist-800-53-r5': ['AU-9(3)', 'CP-9d', 'SC-8(3)', 'SC-8(4)', 'SC-13a', 'SC-28(1)', 'SI-19(4)'],
    'pci-dss-3.2.1': ['3.4'],
  },
  property: ['KmsKeyId'],
  good: present,
  whenAbsent: { good: NO, means: text(`a key of AWS's own`, 'AWSが管理する鍵') },
  remedy: {
    summary: text('Name a key of your own', '自分で管理するKMSキーを指定する'),
    needs: [text('a KMS key', 'KMSキー')],
  },
});
