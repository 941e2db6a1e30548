import type * as Sts from '@aws-sdk/client-sts';
import type { Session } from '../../platform/caller.ts';
import type { CallContext } from '../../platform/context.ts';
import type { RootFeature } from '../../platform/identity.ts';
import type { InputOf, Operations } from '../../platform/service.ts';
import { credentialsFor, lifeOf } from './answers.ts';
import { accessDenied, demandNotFederated, validationError } from './errors.ts';

type Input = InputOf<typeof Sts, 'AssumeRoot'>;

const LONGEST_SECONDS = 900;
const IAM = 'iam.amazonaws.com';
const TASKS = 'arn:aws:iam::aws:policy/root-task/';

/** What has to be enabled for a task. Source: IAM User Guide, "Perform a privileged task on a member account". */
const FEATURE_OF_TASK: ReadonlyMap<string, RootFeature> = new Map([
  [`${TASKS}IAMAuditRootUserCredentials`, 'RootCredentialsManagement'],
  [`${TASKS}IAMCreateRootUserPassword`, 'RootCredentialsManagement'],
  [`${TASKS}IAMDeleteRootUserCredentials`, 'RootCredentialsManagement'],
  [`${TASKS}S3UnlockBucketPolicy`, 'RootSessions'],
  [`${TASKS}SQSUnlockQueuePolicy`, 'RootSessions'],
]);

/** The account of a target: its number or the ARN of its root user. @throws AwsError ValidationError. */
function targetOf({ TargetPrincipal }: Input): string {
  const [, account] = /^(?:arn:aws:iam::)?(\d{12})(?::root)?$/.exec(TargetPrincipal) ?? [];
  if (account === undefined) throw validationError(`Invalid target principal: ${TargetPrincipal}`);
  return account;
}

function taskOf({ TaskPolicyArn }: Input): string {
  const arn = TaskPolicyArn.arn ?? '';
  if (!FEATURE_OF_TASK.has(arn)) throw validationError(`Invalid task policy: ${arn}`);
  return arn;
}

/**
 * Whoever manages the organization of the target, or its IAM, may be its root user for a task that the
 * management account enabled. @throws AwsError AccessDenied.
 */
async function demandCentralAccess(input: Input, context: CallContext): Promise<void> {
  const { account, ports } = context;
  const own = await ports.organization.of(account);
  const theirs = await ports.organization.of(targetOf(input));
  const trusted = own?.services?.trusted.includes(IAM) === true;
  const central = own?.managementAccount === account || own?.services?.administers.includes(IAM) === true;
  const member = theirs?.id === own?.id && theirs?.managementAccount !== targetOf(input);
  if (own === undefined || !central || !member) {
    throw accessDenied('Only the management account or a delegated administrator may assume root.');
  }
  const features = (await ports.identity.rootFeatures?.(own.managementAccount, own.id)) ?? [];
  const wanted = FEATURE_OF_TASK.get(taskOf(input));
  if (!trusted || wanted === undefined || !features.includes(wanted)) {
    throw accessDenied(`The organization has not enabled ${wanted}.`);
  }
}

/** Source: AWS STS API Reference, "AssumeRoot". */
export const assumeRootOperations = {
  AssumeRoot: {
    conditionKeys: ['sts:TaskPolicyArn'],
    readOnly: true,
    recordsAnswer: true,
    authorise(input, { account, caller }) {
      if (caller.kind === 'root') throw accessDenied('Root may not be assumed by root accounts.');
      demandNotFederated(caller, 'AssumeRoot');
      const resource = `arn:aws:iam::${targetOf(input)}:root`;
      const context = { 'sts:TaskPolicyArn': taskOf(input) };
      // The organization stands for the consent of the member, which has no policy about it.
      return [{ action: 'sts:AssumeRoot', resource, resourceAccount: account, context }];
    },
    async handle(input, context) {
      await demandCentralAccess(input, context);
      const target = targetOf(input);
      const source = context.caller.session?.sourceIdentity;
      const session: Session = {
        kind: 'session',
        account: target,
        principalId: target,
        name: '',
        ...lifeOf(context.now, input.DurationSeconds ?? LONGEST_SECONDS),
        policyArns: [taskOf(input)],
        assumedRoot: true,
        ...(source === undefined ? {} : { sourceIdentity: source }),
      };
      return {
        Credentials: await credentialsFor(session, context),
        ...(source === undefined ? {} : { SourceIdentity: source }),
      };
    },
  },
} satisfies Operations<typeof Sts>;
