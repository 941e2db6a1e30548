import { grantPolicy } from '../../iam/decide/grants.ts';
import { compilePolicies, type Policy, type PolicyProgram } from '../../iam/engine.ts';
import type { GrantRecord } from './records.ts';

/** Constraints on the encryption context hold for these; the others have none to look at. */
const WITH_CONTEXT: ReadonlySet<string> = new Set([
  'Encrypt',
  'Decrypt',
  'GenerateDataKey',
  'GenerateDataKeyWithoutPlaintext',
  'GenerateDataKeyPair',
  'GenerateDataKeyPairWithoutPlaintext',
  'ReEncryptFrom',
  'ReEncryptTo',
]);

/** The grants of a key as the policy engine asks them; undefined without any. */
export function grantProgram(grants: readonly GrantRecord[]): PolicyProgram | undefined {
  if (grants.length === 0) return undefined;
  return compilePolicies(grants.map(policyOf));
}

function policyOf(grant: GrantRecord): Policy {
  const { id, grantee, granteeId, subset, equals } = grant;
  const base = { id, grantee: granteeId ?? grantee };
  const constrained = grant.operations.filter((each) => WITH_CONTEXT.has(each));
  const free = grant.operations.filter((each) => !WITH_CONTEXT.has(each));
  const policy = grantPolicy(`grant ${id}`, [
    ...(free.length > 0 ? [{ ...base, operations: free }] : []),
    ...(constrained.length > 0
      ? [
          {
            ...base,
            operations: constrained,
            ...(subset && { encryptionContextSubset: subset }),
            ...(equals && { encryptionContextEquals: equals }),
          },
        ]
      : []),
  ]);
  return { ...policy, statements: policy.statements.map((each) => restricted(each, grant)) };
}

type Statement = Policy['statements'][number];

function restricted(statement: Statement, { granteeKind, sourceArn }: GrantRecord): Statement {
  const service = granteeKind === 'service' && statement.principals;
  return {
    ...statement,
    ...(service && {
      principals: { ...service, items: service.items.map((item) => ({ ...item, type: 'Service' as const })) },
    }),
    ...(sourceArn !== undefined && {
      conditions: [
        ...statement.conditions,
        { operator: 'ArnLike', key: 'aws:SourceArn', values: [{ text: sourceArn, maybe: false }] },
      ],
    }),
  };
}
