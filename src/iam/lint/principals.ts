import { text } from '../../kernel/texts.ts';
import type { PrincipalItem } from '../language/policy.ts';
import { finding, type LintFinding, type StatementCheck } from './finding.ts';

/** Checks whom a statement names, and whether it may name anybody. */
export const checkPrincipals: StatementCheck = (statement, { kind }) => {
  const list = statement.principals;
  if (kind === 'identity' || kind === 'service-control') {
    if (list === undefined) return [];
    const message = text(
      'this kind of policy takes no Principal',
      'この種類のポリシーではPrincipalを使えません',
    );
    return [finding('UNSUPPORTED_PRINCIPAL', 'error', message, statement.span)];
  }
  if (list === undefined) {
    const message = text('the statement names no Principal', 'ステートメントにPrincipalがありません');
    return [finding('MISSING_PRINCIPAL', 'error', message, statement.span)];
  }
  const found = list.items.flatMap(checkItem);
  if (!list.negated || statement.effect !== 'Allow') return found;
  const message = text(
    'Allow with NotPrincipal allows everybody else, anonymous callers too',
    'AllowとNotPrincipalの組み合わせは、匿名の呼び出しを含む他の全員を許可します',
  );
  return [...found, finding('ALLOW_WITH_NOTPRINCIPAL', 'security-warning', message, statement.span)];
};

function checkItem({ type, text: name, span }: PrincipalItem): readonly LintFinding[] {
  if (typeof name !== 'string') return [];
  if (type === 'AWS' && name !== '*' && /[*?]/.test(name)) {
    const message = text(
      `"${name}": principals take no wildcards; name them, or use "*" with aws:PrincipalArn in a condition`,
      `「${name}」: プリンシパルにワイルドカードは使えません。"*"とaws:PrincipalArnの条件を使ってください`,
    );
    return [finding('UNSUPPORTED_WILDCARD_IN_PRINCIPAL', 'error', message, span)];
  }
  if (type === 'AWS' && /^A[IR](?:DA|OA)[A-Z0-9]{12,}$/.test(name)) {
    const message = text(
      `"${name}" is the id of a deleted user or role`,
      `「${name}」は削除されたユーザーまたはロールのIDです`,
    );
    return [
      finding(
        name.startsWith('AROA') ? 'INVALID_ROLE_REFERENCE' : 'INVALID_USER_REFERENCE',
        'warning',
        message,
        span,
      ),
    ];
  }
  if (
    type !== 'Service' ||
    name === '*' ||
    /^[a-z0-9.-]+\.(?:amazonaws\.com(?:\.cn)?|aws\.internal)$/.test(name)
  )
    return [];
  const message = text(
    `"${name}" is no service principal such as ec2.amazonaws.com`,
    `「${name}」はec2.amazonaws.comのようなサービスプリンシパルではありません`,
  );
  return [finding('INVALID_SERVICE_PRINCIPAL_FORMAT', 'error', message, span)];
}
