import type { ContextValue } from '../../iam/request.ts';
import { contextConditions, KEY_CONDITIONS } from './authorise.ts';
import { constraintsIn, type GivenConstraints, type NamedPrincipals } from './grant-rules.ts';
import type { GrantRecord } from './records.ts';

/** Condition keys of CreateGrant. Source: AWS KMS Developer Guide, "AWS KMS condition keys". */
export const GRANT_CONDITIONS = [
  ...KEY_CONDITIONS,
  'kms:EncryptionContext:${EncryptionContextKey}',
  'kms:EncryptionContextKeys',
  'kms:GrantConstraintSourceArn',
  'kms:GrantConstraintType',
  'kms:GrantIsForAWSResource',
  'kms:GrantOperations',
  'kms:GranteePrincipal',
  'kms:GranteeServicePrincipal',
  'kms:RetiringPrincipal',
  'kms:RetiringServicePrincipal',
];

/** What a grant is to allow. */
export interface GrantInput {
  readonly Operations: readonly string[];
  readonly Name?: string | undefined;
  readonly Constraints?: GivenConstraints | undefined;
}

/** What policies are told of a grant that is asked for. */
export function grantConditions(input: GrantInput & NamedPrincipals): Record<string, ContextValue> {
  const constraints = constraintsIn(input.Constraints);
  const pairs = constraints.EncryptionContextEquals ?? constraints.EncryptionContextSubset;
  return {
    'kms:GrantOperations': input.Operations,
    'kms:GrantIsForAWSResource': false,
    ...(input.GranteePrincipal !== undefined && { 'kms:GranteePrincipal': input.GranteePrincipal }),
    ...(input.GranteeServicePrincipal !== undefined && {
      'kms:GranteeServicePrincipal': input.GranteeServicePrincipal,
    }),
    ...(input.RetiringPrincipal !== undefined && { 'kms:RetiringPrincipal': input.RetiringPrincipal }),
    ...(input.RetiringServicePrincipal !== undefined && {
      'kms:RetiringServicePrincipal': input.RetiringServicePrincipal,
    }),
    ...(constraints.SourceArn !== undefined && { 'kms:GrantConstraintSourceArn': constraints.SourceArn }),
    ...(pairs && {
      'kms:GrantConstraintType': constraints.EncryptionContextEquals
        ? 'EncryptionContextEquals'
        : 'EncryptionContextSubset',
      ...contextConditions(pairs),
    }),
  };
}

/** What policies are told of a grant that is there. */
export function constraintConditions({ subset, equals }: GrantRecord): Record<string, ContextValue> {
  const pairs = equals ?? subset;
  return pairs
    ? {
        'kms:GrantConstraintType': equals ? 'EncryptionContextEquals' : 'EncryptionContextSubset',
        ...contextConditions(pairs),
      }
    : {};
}
