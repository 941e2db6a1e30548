import { type Text, text } from '../../kernel/texts.ts';

const BILLING = text('there is no billing to hand over', '引き継ぐ請求がありません');
const MANAGEMENT_POLICIES = text(
  'it is about tag, backup and other management policies, which are not built',
  'タグやバックアップなどの管理ポリシーの機能で、これらは未実装です',
);

/** Why the other operations of the client are not built. */
export const NOT_BUILT: Readonly<Record<string, Text>> = {
  CreateGovCloudAccount: text('there is one partition', 'パーティションは一つだけです'),
  DescribeEffectivePolicy: MANAGEMENT_POLICIES,
  ListAccountsWithInvalidEffectivePolicy: MANAGEMENT_POLICIES,
  ListEffectivePolicyValidationErrors: MANAGEMENT_POLICIES,
  DescribeResponsibilityTransfer: BILLING,
  InviteOrganizationToTransferResponsibility: BILLING,
  ListInboundResponsibilityTransfers: BILLING,
  ListOutboundResponsibilityTransfers: BILLING,
  TerminateResponsibilityTransfer: BILLING,
  UpdateResponsibilityTransfer: BILLING,
};
