import { text } from '../../kernel/texts.ts';
import { decryptsEverything } from '../iam/decryption.ts';
import { policyControl } from '../iam/policy-control.ts';

/** AWS Security Hub controls reference, KMS.1. */
export const definition = policyControl({
  id: 'KMS.1',
  title: text(
    'Managed policies do not allow decryption with every key',
    'カスタマー管理ポリシーがすべてのKMSキーでの復号を許可しない',
  ),
  severity: 'medium',
  configRule: 'iam-customer-policy-blocked-kms-actions',
  mappings: {
    'nist-800-53-r5': ['AC-2', 'AC-2(1)', 'AC-3', 'AC-3(7)', 'AC-3(15)', 'AC-5', 'AC-6', 'AC-6(3)'],
  },
  resourceTypes: ['AWS::IAM::ManagedPolicy'],
  violates: decryptsEverything,
  says: {
    pass: text('no statement allows decryption with every key', 'すべてのキーでの復号を許す文はありません'),
    fail: text('a statement allows decryption with every key', 'すべてのキーでの復号を許す文があります'),
    unknown: text(
      'whether a statement allows decryption with every key cannot be decided',
      'すべてのキーでの復号を許す文があるか決められません',
    ),
  },
  remedy: {
    summary: text('Name the keys in Resource', 'Resource に対象のキーを指定する'),
    needs: [text('the ARNs of the keys that are needed', '必要なキーのARN')],
  },
});
