import { text } from '../../kernel/texts.ts';
import { resourcePolicyControl } from '../resource-policy.ts';

/** AWS Security Hub controls reference, KMS.5. */
export const definition = resourcePolicyControl({
  id: 'KMS.5',
  title: text('Keys are not open to everybody', 'KMSキーが誰にでも開かれていない'),
  severity: 'critical',
  configRule: 'kms-key-policy-no-public-access',
  mappings: {},
  type: 'AWS::KMS::Key',
  own: 'KeyPolicy',
});
