import { checkDocument, IAM_LIMITS, policySize } from '../../iam/index.ts';
import type { Session } from '../../platform/caller.ts';
import type { CallContext } from '../../platform/context.ts';
import { awsError } from '../../platform/service.ts';
import { packedPolicyTooLarge, validationError } from './errors.ts';

const MOST_ARNS = 10;

interface PolicyInput {
  readonly Policy?: string | undefined;
  readonly PolicyArns?: readonly { readonly arn?: string | undefined }[] | undefined;
}

/**
 * The session policies of a request. Source: IAM User Guide, "Session policies".
 *
 * @throws AwsError MalformedPolicyDocument, PackedPolicyTooLarge, ValidationError.
 */
export async function sessionPolicies(
  { Policy: document, PolicyArns }: PolicyInput,
  { account, ports }: Pick<CallContext, 'account' | 'ports'>,
): Promise<Pick<Session, 'policies' | 'policyArns'>> {
  if (document !== undefined) demandDocument(document);
  const policyArns = (PolicyArns ?? []).flatMap(({ arn }) => (arn === undefined ? [] : [arn]));
  if (policyArns.length > MOST_ARNS) {
    throw validationError(`A session takes at most ${MOST_ARNS} managed policies.`);
  }
  for (const arn of policyArns) {
    if ((await ports.identity.managedPolicy(arn, account)) === undefined) {
      throw awsError('MalformedPolicyDocument', `The policy ${arn} does not exist or cannot be used here.`);
    }
  }
  return {
    ...(document === undefined ? {} : { policies: [document] }),
    ...(policyArns.length === 0 ? {} : { policyArns }),
  };
}

function demandDocument(document: string): void {
  const failure = checkDocument(document, 'inline', 'session policy');
  if (failure !== undefined) throw awsError('MalformedPolicyDocument', failure.message);
  const size = policySize(document);
  if (size > IAM_LIMITS.sessionPolicy) {
    throw packedPolicyTooLarge(Math.ceil((100 * size) / IAM_LIMITS.sessionPolicy));
  }
}

/** How full the session's policies and tags make its token. @throws AwsError PackedPolicyTooLarge above 100. */
export function packedSize(session: Session, { ports }: Pick<CallContext, 'ports'>): number | undefined {
  const { policies = [], policyArns = [], tags = {} } = session;
  if (policies.length + policyArns.length + Object.keys(tags).length === 0) return undefined;
  const percent = ports.credentials.packedSize(session);
  if (percent > 100) throw packedPolicyTooLarge(percent);
  return percent;
}
