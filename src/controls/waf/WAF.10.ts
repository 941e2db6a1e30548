import { text } from '../../kernel/texts.ts';
import { NO } from '../../model/answer.ts';
import { propertyControl } from '../property.ts';
import { hasItems } from '../questions.ts';

/** AWS Security Hub controls reference, WAF.10. */
export const definition = propertyControl({
  id: 'WAF.10',
  title: text('Web ACLs have rules', 'ウェブACLにルールがある'),
  severity: 'medium',
  resourceTypes: ['AWS::WAFv2::WebACL'],
  configRule: 'wafv2-webacl-not-empty',
  mappings: { 'nist-800-53-r5': ['CA-9(1)', 'CM-2'] },
  property: ['Rules'],
  good: hasItems(1),
  whenAbsent: { good: NO, means: text('no request is inspected', 'リクエストは検査されません') },
  says: {
    pass: text('the web ACL has rules', 'ルールがあります'),
    fail: text('the web ACL has no rules', 'ルールがありません'),
  },
  remedy: {
    summary: text(
      'Add the managed rule groups for common attacks and SQL injection',
      '一般的な攻撃とSQLインジェクション向けのマネージドルールグループを加える',
    ),
  },
});
