import type { Condition, Policy, Statement } from '../language/policy.ts';
import type { PartialString } from '../partial.ts';

/** A grant on a resource, as KMS keeps them beside the key policy. */
export interface Grant {
  readonly id: string;
  /** The ARN of the user, role or session that may act. */
  readonly grantee: PartialString;
  /** Operations such as `Decrypt`; with a service prefix when they are of another service than KMS. */
  readonly operations: readonly string[];
  /** The ARN of the resource; every resource when left out. */
  readonly resource?: PartialString;
  /** Pairs that the encryption context must contain. */
  readonly encryptionContextSubset?: Readonly<Record<string, string>>;
  /** Pairs that the encryption context must consist of. */
  readonly encryptionContextEquals?: Readonly<Record<string, string>>;
}

/**
 * The statements that say what grants say, so that grants are decided and explained like policies.
 * Source: AWS KMS Developer Guide, "Grants in AWS KMS" and "Using grant constraints".
 */
export function grantPolicy(name: string, grants: readonly Grant[]): Policy {
  return { name, statements: grants.map(grantStatement) };
}

function grantStatement(grant: Grant, index: number): Statement {
  return {
    index,
    sid: grant.id,
    effect: 'Allow',
    actions: {
      negated: false,
      items: grant.operations.map((operation) => ({
        text: operation.includes(':') ? operation : `kms:${operation}`,
        maybe: false,
      })),
    },
    resources: { negated: false, items: [{ text: grant.resource ?? '*', maybe: false }] },
    principals: { negated: false, items: [{ type: 'AWS', text: grant.grantee, maybe: false }] },
    conditions: [
      ...constraint(grant.encryptionContextSubset),
      ...exactConstraint(grant.encryptionContextEquals),
    ],
    variables: false,
    undecided: [],
  };
}

function constraint(pairs: Readonly<Record<string, string>> | undefined): readonly Condition[] {
  return Object.entries(pairs ?? {}).map(([key, value]) => ({
    operator: 'StringEquals',
    key: `kms:EncryptionContext:${key}`,
    values: [{ text: value, maybe: false }],
  }));
}

function exactConstraint(pairs: Readonly<Record<string, string>> | undefined): readonly Condition[] {
  if (pairs === undefined) return [];
  const keys = Object.keys(pairs).map((key) => ({ text: key, maybe: false }));
  return [
    ...constraint(pairs),
    { operator: 'ForAllValues:StringEquals', key: 'kms:EncryptionContextKeys', values: keys },
  ];
}
