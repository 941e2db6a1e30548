import { checkDocument, IAM_LIMITS, policySize, readPolicyDocument } from '../../iam/index.ts';
import { constraint, malformedPolicy } from './errors.ts';
import type { PolicyKind } from './records.ts';
import { demandTagPolicy } from './tag-policy.ts';

const SIZES: Readonly<Record<PolicyKind, number>> = {
  SERVICE_CONTROL_POLICY: IAM_LIMITS.serviceControlPolicy,
  RESOURCE_CONTROL_POLICY: IAM_LIMITS.resourceControlPolicy,
  TAG_POLICY: 10_000,
};

/**
 * Checks a policy as CreatePolicy and UpdatePolicy do. Source: AWS Organizations User Guide, "SCP syntax", "RCP
 * syntax" and "Tag policy syntax".
 *
 * @throws AwsError MalformedPolicyDocument, ConstraintViolation when it is too large.
 */
export function demandPolicyDocument(content: string, type: PolicyKind): void {
  if (
    content.length > SIZES[type] &&
    (content.length > IAM_LIMITS.documentCharacters || policySize(content) > SIZES[type])
  ) {
    throw constraint(
      'POLICY_CONTENT_LIMIT_EXCEEDED',
      'You have exceeded the maximum policy size. Reduce the size of the policy.',
    );
  }
  CHECKS[type](content);
}

const CHECKS: Readonly<Record<PolicyKind, (content: string) => void>> = {
  SERVICE_CONTROL_POLICY: demandServiceControl,
  RESOURCE_CONTROL_POLICY: demandResourceControl,
  TAG_POLICY: demandTagPolicy,
};

function demandServiceControl(content: string): void {
  const failure = checkDocument(content, 'inline', 'service control policy');
  if (failure !== undefined) throw malformedPolicy(failure.message);
}

/** A resource control policy only refuses, to everybody, actions of one service at a time. */
function demandResourceControl(content: string): void {
  const { policy, problems } = readable(content);
  const [problem] = problems;
  if (problem !== undefined) throw malformedPolicy(problem.message.en);
  if (policy.statements.length === 0) throw malformedPolicy('Statements are missing.');
  for (const { effect, principals, actions, resources } of policy.statements) {
    if (effect !== 'Deny') throw malformedPolicy('Only the effect Deny is supported.');
    const everybody =
      principals !== undefined &&
      !principals.negated &&
      principals.items.length > 0 &&
      principals.items.every(({ type, text }) => (type === '*' || type === 'AWS') && text === '*');
    if (!everybody) throw malformedPolicy('The Principal must be "*".');
    if (actions.negated) throw malformedPolicy('NotAction is not supported.');
    if (actions.items.some(({ text }) => text === '*')) {
      throw malformedPolicy('An action must name a service; "*" alone is not supported.');
    }
    if (resources === undefined) throw malformedPolicy('Resource or NotResource is missing.');
  }
}

function readable(content: string): ReturnType<typeof readPolicyDocument> {
  try {
    return readPolicyDocument({ path: 'resource control policy', text: content });
  } catch {
    throw malformedPolicy('The document is no valid JSON.');
  }
}
