import { text } from '../../kernel/texts.ts';
import { decryptsEverything } from '../iam/decryption.ts';
import { policyControl } from '../iam/policy-control.ts';

/** AWS Security Hub controls reference, KMS.2. */
export const definition = policyControl({
  id: 'KMS.2',
  title: text(
    'Inline policies do not allow decryption with every key',
    'インラインポリシーがすべてのKMSキーでの復号を許可しない',
  ),
  severity: 'medium',
  configRule: 'iam-inline-policy-blocked-kms-actions',
  mappings: {
    'nist-800-53-r5': ['AC-2', 'AC-2(1)', 'AC-3', 'AC-3(7)', 'AC-3(15)', 'AC-5', 'AC-6', 'AC-6(3)'],
  },
  resourceTypes: [
    'AWS::IAM::Policy',
    'AWS::IAM::RolePolicy',
    'AWS::IAM::UserPolicy',
    'AWS::IAM::GroupPolicy',
    'AWS::IAM::Role',
    'AWS::IAM::User',
    'AWS::IAM::Group',
  ],
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
