import { type Answer, all, isNumber, isTrue } from '../../model/answer.ts';
import type { Resource } from '../../model/resource.ts';
import { get } from '../../model/value.ts';

/**
 * Whether a password policy is what IAM.7 asks for (AWS Security Hub controls reference, parameters of
 * IAM.7): length 8 or more, all kinds of characters, at most 90 days, the last 24 not again.
 */
export function isStrong({ properties }: Resource): Answer {
  return all([
    isNumber(get(properties, 'MinimumPasswordLength'), (length) => length >= 8),
    isTrue(get(properties, 'RequireUppercaseCharacters')),
    isTrue(get(properties, 'RequireLowercaseCharacters')),
    isTrue(get(properties, 'RequireNumbers')),
    isTrue(get(properties, 'RequireSymbols')),
    isNumber(get(properties, 'MaxPasswordAge'), (days) => days >= 1 && days <= 90),
    isNumber(get(properties, 'PasswordReusePrevention'), (count) => count >= 24),
  ]);
}
