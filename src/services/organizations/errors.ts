import { type AwsError, awsError } from '../../platform/service.ts';

/** The errors of Organizations in AWS's words; statuses come from the client's model. */

export function accessDenied(): AwsError {
  return awsError('AccessDeniedException', "You don't have permissions to access this resource.");
}

export function notInUse(): AwsError {
  return awsError('AWSOrganizationsNotInUseException', 'Your account is not a member of an organization.');
}

export function constraint(reason: string, message: string): AwsError {
  return awsError('ConstraintViolationException', message, { fields: { Reason: reason } });
}

export function invalidInput(reason: string, message: string): AwsError {
  return awsError('InvalidInputException', message, { fields: { Reason: reason } });
}

export function malformedPolicy(why: string): AwsError {
  return awsError(
    'MalformedPolicyDocumentException',
    `The provided policy document does not meet the requirements of the specified policy type. ${why}`,
  );
}

const NOT_FOUND = {
  account: ['AccountNotFoundException', "You specified an account that doesn't exist."],
  unit: ['OrganizationalUnitNotFoundException', "You specified an organizational unit that doesn't exist."],
  parent: ['ParentNotFoundException', "You specified parent that doesn't exist."],
  child: ['ChildNotFoundException', "You specified a child that doesn't exist."],
  policy: ['PolicyNotFoundException', "You specified a policy that doesn't exist."],
  target: ['TargetNotFoundException', "You specified a target that doesn't exist."],
  root: ['RootNotFoundException', "You specified a root that doesn't exist."],
  creation: [
    'CreateAccountStatusNotFoundException',
    "You specified a create account request that doesn't exist.",
  ],
  sourceParent: [
    'SourceParentNotFoundException',
    "We can't find a source root or OU with the ParentId that you specified.",
  ],
  destinationParent: [
    'DestinationParentNotFoundException',
    "We can't find the destination container (a root or OU) with the ParentId that you specified.",
  ],
  resourcePolicy: [
    'ResourcePolicyNotFoundException',
    "We can't find a resource policy request with the parameter that you specified.",
  ],
  handshake: ['HandshakeNotFoundException', "You specified a handshake that doesn't exist."],
} as const;

export function notFound(what: keyof typeof NOT_FOUND): AwsError {
  const [code, message] = NOT_FOUND[what];
  return awsError(code, message);
}
