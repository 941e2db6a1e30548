import type * as Sdk from '@aws-sdk/client-organizations';
import { isAwsManaged, policyArn } from './arns.ts';
import type { OrganizationRecord, PolicyRecord } from './records.ts';

/** A policy as lists show it: without its content. */
export function policySummary(org: OrganizationRecord, policy: Omit<PolicyRecord, 'org'>): Sdk.PolicySummary {
  return {
    Id: policy.id,
    Arn: policyArn(org, policy.id, policy.type),
    Name: policy.name,
    Description: policy.description,
    Type: policy.type,
    AwsManaged: isAwsManaged(policy.id),
  };
}
