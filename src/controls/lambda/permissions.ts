import { type Answer, all, any, isSet, not } from '../../model/answer.ts';
import { get, type Value } from '../../model/value.ts';
import { askText } from '../text-of.ts';

/**
 * Whether a permission lets callers of any account in: everybody, or an AWS service that acts for whoever
 * asks it. For S3 the ARN of a bucket does not narrow it down, since bucket ARNs carry no account and names
 * can be taken over (AWS Security Hub controls reference, Lambda.1).
 */
export function isOpenToStrangers(permission: Value): Answer {
  const principal = get(permission, 'Principal');
  const organisation = any([
    isSet(get(permission, 'PrincipalOrgID')),
    isSet(get(permission, 'OrganizationId')),
  ]);
  const account = any([organisation, isSet(get(permission, 'SourceAccount'))]);
  const source = any([
    account,
    isSet(get(permission, 'SourceArn')),
    isSet(get(permission, 'EventSourceToken')),
  ]);
  const service = askText(principal, (name) => /\.amazonaws\.com(\.cn)?$/.test(name));
  const storage = askText(principal, (name) => name === 's3.amazonaws.com');
  return any([
    all([askText(principal, (name) => name === '*'), not(source)]),
    all([storage, not(account)]),
    all([service, not(storage), not(source)]),
  ]);
}
