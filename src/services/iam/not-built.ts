import { type Text, text } from '../../kernel/texts.ts';

const DELEGATION = text(
  'temporary delegation is between accounts and partners whom AWS has onboarded',
  '一時的な委任は、AWSが登録したパートナーとの間の機能です',
);
const TEMPLATES = text(
  'role templates are AWS’s own; no API makes one',
  'ロールテンプレートはAWSが用意するもので、作成するAPIがありません',
);
/** Why the other operations of the client are not built. */
export const NOT_BUILT: Readonly<Record<string, Text>> = {
  AcceptDelegationRequest: DELEGATION,
  AssociateDelegationRequest: DELEGATION,
  CreateDelegationRequest: DELEGATION,
  GetDelegationRequest: DELEGATION,
  GetHumanReadableSummary: DELEGATION,
  ListDelegationRequests: DELEGATION,
  RejectDelegationRequest: DELEGATION,
  SendDelegationToken: DELEGATION,
  UpdateDelegationRequest: DELEGATION,
  AcquireRole: TEMPLATES,
  GetRoleTemplateVersion: TEMPLATES,
  GetAccountProperties: TEMPLATES,
  PutAccountProperties: TEMPLATES,
};
