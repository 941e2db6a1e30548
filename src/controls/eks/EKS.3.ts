import { text } from '../../kernel/texts.ts';
import { propertyControl } from '../property.ts';
import { encryptsSecrets } from './questions.ts';

/** AWS Security Hub controls reference, EKS.3. */
export const definition = propertyControl({
  id: 'EKS.3',
  title: text(
    'Kubernetes secrets are encrypted with a KMS key',
    'KubernetesのSecretがKMSキーで暗号化されている',
  ),
  severity: 'medium',
  resourceTypes: ['AWS::EKS::Cluster'],
  configRule: 'eks-cluster-secrets-encrypted',
  mappings: {
    'pci-dss-3.2.1': ['3.4', '3.4.1', '3.4.1.a', '3.4.1.c', '3.4.a', '3.4.b', '8.2', '8.2.1', '8.2.1.a'],
  },
  property: ['EncryptionConfig'],
  good: encryptsSecrets,
  says: {
    pass: text('secrets are encrypted with a KMS key', 'SecretはKMSキーで暗号化されます'),
    fail: text('no configuration encrypts the secrets', 'Secretを暗号化する設定がありません'),
  },
  remedy: {
    summary: text('Encrypt the resource secrets with a KMS key', 'リソース secrets をKMSキーで暗号化する'),
    needs: [text('a KMS key', 'KMSキー')],
  },
});
