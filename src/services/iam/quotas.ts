import { IAM_LIMITS } from '../../iam/index.ts';

/**
 * The quotas of an account: AWS's defaults. Source: IAM User Guide, "IAM and AWS STS quotas"; names are those
 * of the messages and of GetAccountSummary.
 */
export const QUOTAS = {
  UsersPerAccount: 5_000,
  GroupsPerAccount: 300,
  RolesPerAccount: 1_000,
  InstanceProfilesPerAccount: 1_000,
  PoliciesPerAccount: 1_500,
  ServerCertificatesPerAccount: 20,
  OpenIdConnectProvidersPerAccount: 100,
  SAMLProvidersPerAccount: 100,
  GroupsPerUser: 10,
  AccessKeysPerUser: 2,
  MFADevicesPerUser: 8,
  SSHPublicKeysPerUser: 5,
  SigningCertificatesPerUser: 2,
  ServiceSpecificCredentialsPerServicePerUser: 2,
  PoliciesPerUser: 10,
  PoliciesPerGroup: 10,
  PoliciesPerRole: 10,
  VersionsPerPolicy: 5,
  InstanceSessionsPerInstanceProfile: 1,
  ThumbprintsPerProvider: 5,
  ClientIdsPerProvider: 100,
  TagsPerResource: 50,
  SAMLPrivateKeys: 2,
  /** Sums of the inline policies of one entity, in characters without white space. */
  UserPolicySize: IAM_LIMITS.inlineUser,
  GroupPolicySize: IAM_LIMITS.inlineGroup,
  RolePolicySize: IAM_LIMITS.inlineRole,
  PolicySize: IAM_LIMITS.managedPolicy,
  AssumeRolePolicySize: IAM_LIMITS.trustPolicy,
} as const;
