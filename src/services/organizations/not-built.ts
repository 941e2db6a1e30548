import { type Text, text } from '../../kernel/texts.ts';

const BILLING = text('there is no billing to hand over', '引き継ぐ請求がありません');
const ALWAYS_VALID = text(
  'an effective tag policy is valid always, and the policies of which it may not be (backup and others) are not built',
  '有効なタグポリシーが無効になることはなく、無効になり得るバックアップなどのポリシーは未実装です',
);

/** Why the other operations of the client are not built. */
export const NOT_BUILT: Readonly<Record<string, Text>> = {
  CreateGovCloudAccount: text('there is one partition', 'パーティションは一つだけです'),
  ListAccountsWithInvalidEffectivePolicy: ALWAYS_VALID,
  ListEffectivePolicyValidationErrors: ALWAYS_VALID,
  DescribeResponsibilityTransfer: BILLING,
  InviteOrganizationToTransferResponsibility: BILLING,
  ListInboundResponsibilityTransfers: BILLING,
  ListOutboundResponsibilityTransfers: BILLING,
  TerminateResponsibilityTransfer: BILLING,
  UpdateResponsibilityTransfer: BILLING,
};
