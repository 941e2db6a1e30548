import type { HandshakeAction, OrganizationRecord, PolicyKind } from './records.ts';

type Org = Pick<OrganizationRecord, 'org' | 'management'>;

function arn({ org, management }: Org, kind: string, rest = ''): string {
  return `arn:aws:organizations::${management}:${kind}/${org}${rest}`;
}

export function organizationArn(org: Org): string {
  return arn(org, 'organization');
}

export function accountArn(org: Org, account: string): string {
  return arn(org, 'account', `/${account}`);
}

export function policyArn(org: Org, id: string, type: PolicyKind | undefined): string {
  const kind = type === undefined ? '*' : type.toLowerCase();
  return isAwsManaged(id)
    ? `arn:aws:organizations::aws:policy/${kind}/${id}`
    : arn(org, 'policy', `/${kind}/${id}`);
}

export function resourcePolicyArn(org: Org, id: string): string {
  return arn(org, 'resourcepolicy', `/${id}`);
}

export function handshakeArn(org: Org, id: string, action: HandshakeAction): string {
  return arn(org, 'handshake', `/${action.toLowerCase()}/${id}`);
}

/** The ARN of a root, unit or account, which its id tells apart. */
export function placeArn(org: Org, id: string): string {
  if (id.startsWith('r-')) return arn(org, 'root', `/${id}`);
  return id.startsWith('ou-') ? arn(org, 'ou', `/${id}`) : accountArn(org, id);
}

export function isAwsManaged(policyId: string): boolean {
  return policyId === 'p-FullAWSAccess' || policyId === 'p-RCPFullAWSAccess';
}
