/**
 * AWS's samples for CheckNoNewAccess as evaluation cases: requests are drawn from the patterns of both
 * policies; a PASS candidate must allow none that the reference does not, a FAIL candidate some.
 */
import { compilePolicies, evaluate, type Policy, parsePolicyText, showPartial } from '../../src/iam/index.ts';

export type SampleOutcome = 'passed' | 'failed' | 'not applicable';

const CALLER = { type: 'user', arn: 'arn:aws:iam::111111111111:user/sample' } as const;

/** Tries one candidate; policies with conditions or principals need the symbolic check instead. */
export function trySample(reference: unknown, candidate: unknown, expected: string): SampleOutcome {
  const text = (document: unknown) => JSON.stringify(document).replaceAll('<ACCOUNT ID>', '111111111111');
  const [old, fresh] = [parsePolicyText(text(reference)), parsePolicyText(text(candidate))];
  const policies = [old, fresh];
  const plain = policies.every(({ statements }) =>
    statements.every((statement) => statement.conditions.length === 0 && statement.principals === undefined),
  );
  if (!plain) return 'not applicable';
  const [before, after] = [old, fresh].map((policy) => ({ identity: compilePolicies([policy]) }));
  const actions = textsIn(policies, (statement) => statement.actions).map((each) =>
    each.replaceAll('*', 'X'),
  );
  const resources = textsIn(policies, (statement) => statement.resources).flatMap(instances);
  const widened = actions.some((action) =>
    resources.some((resource) => {
      const request = { principal: CALLER, action, resource, resourceAccount: '111111111111' };
      const allowed = evaluate(after ?? {}, request).verdict === 'ALLOW';
      return allowed && evaluate(before ?? {}, request).verdict !== 'ALLOW';
    }),
  );
  return widened === (expected === 'FAIL') ? 'passed' : 'failed';
}

function textsIn(
  policies: readonly Policy[],
  list: (statement: Policy['statements'][number]) => Policy['statements'][number]['resources'],
): string[] {
  const items = policies.flatMap(({ statements }) => statements.flatMap((each) => list(each)?.items ?? []));
  return [...new Set(items.map((item) => showPartial(item.text)))];
}

/** Concrete ARNs of a pattern, with the wildcards filled shortly and at length. */
function instances(pattern: string): readonly string[] {
  if (pattern === '*') return ['arn:aws:s3:::zzz/zzz'];
  return ['x', ''].map((fill) => pattern.replaceAll('*', fill));
}
