import { text } from '../../kernel/texts.ts';
import { NO } from '../../model/answer.ts';
import { ownKey } from '../own-key.ts';
import { propertyControl } from '../property.ts';

/** AWS Config managed rule secretsmanager-using-cmk, which no AWS control uses. */
export const definition = propertyControl({
  id: 'SecretsManager.1001',
  title: text(
    'Secrets are encrypted with a key of your own',
    'シークレットが自分のKMSキーで暗号化されている',
  ),
  severity: 'medium',
  resourceTypes: ['AWS::SecretsManager::Secret'],
  configRule: 'secretsmanager-using-cmk',
  mappings: {
    'nist-800-53-r5': ['AU-9(3)', 'CP-9d', 'SC-8(3)', 'SC-8(4)', 'SC-13a', 'SC-28(1)', 'SI-19(4)'],
    'pci-dss-3.2.1': ['3.4', '8.2.1'],
  },
  property: ['KmsKeyId'],
  good: ownKey,
  whenAbsent: { good: NO, means: text('the key aws/secretsmanager', '鍵 aws/secretsmanager') },
  remedy: {
    summary: text('Name a key of your own', '自分で管理するKMSキーを指定する'),
    needs: [text('a KMS key', 'KMSキー')],
  },
});
