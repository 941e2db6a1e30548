import type { IamOperation } from './handlers.ts';

/** What an operation is about: how its resource is found in the input, and how denials name it. */
export type ResourceKind =
  | 'none'
  | 'user'
  | 'group'
  | 'role'
  | 'policy'
  | 'instance-profile'
  | 'mfa'
  | 'oidc-provider'
  | 'saml-provider'
  | 'server-certificate'
  /** A user, group, role or policy by its ARN. */
  | 'entity'
  /** The user that an access key belongs to. */
  | 'key-owner'
  | 'access-report';

/** Condition keys that follow from the input or from the entity, as the service authorization reference writes them. */
export type ConditionKey =
  | 'aws:RequestTag/${TagKey}'
  | 'aws:TagKeys'
  | 'iam:AWSServiceName'
  | 'iam:OrganizationsPolicyId'
  | 'iam:PermissionsBoundary'
  | 'iam:PolicyARN'
  | 'iam:ServiceSpecificCredentialAgeDays'
  | 'iam:ServiceSpecificCredentialServiceName';

export interface Rule {
  readonly resource: ResourceKind;
  readonly keys: readonly ConditionKey[];
  /** Whether the operation makes the resource, so that nothing is to be found yet. */
  readonly creates?: true;
  /** Of a list: the kind of thing listed. It is about the path that all of them are below. */
  readonly lists?: string;
}

function on(resource: ResourceKind, ...keys: readonly ConditionKey[]): Rule {
  return { resource, keys };
}

function makes(resource: ResourceKind, ...keys: readonly ConditionKey[]): Rule {
  return { resource, keys, creates: true };
}

function lists(kind: string): Rule {
  return { resource: 'none', keys: [], lists: kind };
}

const TAGS = ['aws:RequestTag/${TagKey}', 'aws:TagKeys'] as const;
const BOUNDARY = 'iam:PermissionsBoundary';
const ARN = 'iam:PolicyARN';
const SERVICE = 'iam:ServiceSpecificCredentialServiceName';

/**
 * How each operation is authorised: the action is `iam:` and the operation's name. Source: Service Authorization
 * Reference, "Actions, resources, and condition keys for AWS Identity and Access Management (IAM)".
 */
export const AUTHORISATION = {
  CreateUser: makes('user', ...TAGS, BOUNDARY),
  GetUser: on('user'),
  ListUsers: lists('user'),
  UpdateUser: on('user'),
  DeleteUser: on('user'),
  TagUser: on('user', ...TAGS),
  UntagUser: on('user', 'aws:TagKeys'),
  ListUserTags: on('user'),
  ListGroupsForUser: on('user'),

  CreateLoginProfile: on('user'),
  GetLoginProfile: on('user'),
  UpdateLoginProfile: on('user'),
  DeleteLoginProfile: on('user'),
  ChangePassword: on('user'),

  CreateAccessKey: on('user'),
  ListAccessKeys: on('user'),
  UpdateAccessKey: on('user'),
  DeleteAccessKey: on('user'),
  GetAccessKeyLastUsed: on('key-owner'),

  UploadSSHPublicKey: on('user'),
  GetSSHPublicKey: on('user'),
  ListSSHPublicKeys: on('user'),
  UpdateSSHPublicKey: on('user'),
  DeleteSSHPublicKey: on('user'),
  UploadSigningCertificate: on('user'),
  ListSigningCertificates: on('user'),
  UpdateSigningCertificate: on('user'),
  DeleteSigningCertificate: on('user'),
  CreateServiceSpecificCredential: on('user', SERVICE, 'iam:ServiceSpecificCredentialAgeDays'),
  ListServiceSpecificCredentials: on('user'),
  UpdateServiceSpecificCredential: on('user', SERVICE),
  ResetServiceSpecificCredential: on('user', SERVICE),
  DeleteServiceSpecificCredential: on('user', SERVICE),

  CreateGroup: makes('group'),
  GetGroup: on('group'),
  ListGroups: lists('group'),
  UpdateGroup: on('group'),
  DeleteGroup: on('group'),
  AddUserToGroup: on('group'),
  RemoveUserFromGroup: on('group'),

  CreateRole: makes('role', ...TAGS, BOUNDARY),
  GetRole: on('role', BOUNDARY),
  ListRoles: lists('role'),
  UpdateRole: on('role', BOUNDARY),
  UpdateRoleDescription: on('role', BOUNDARY),
  UpdateAssumeRolePolicy: on('role', BOUNDARY),
  DeleteRole: on('role', BOUNDARY),
  TagRole: on('role', ...TAGS),
  UntagRole: on('role', 'aws:TagKeys'),
  ListRoleTags: on('role'),
  CreateServiceLinkedRole: on('role', 'iam:AWSServiceName'),
  DeleteServiceLinkedRole: on('role'),
  GetServiceLinkedRoleDeletionStatus: on('role'),

  CreateInstanceProfile: makes('instance-profile', ...TAGS),
  GetInstanceProfile: on('instance-profile'),
  ListInstanceProfiles: lists('instance-profile'),
  ListInstanceProfilesForRole: on('role'),
  DeleteInstanceProfile: on('instance-profile'),
  AddRoleToInstanceProfile: on('instance-profile'),
  RemoveRoleFromInstanceProfile: on('instance-profile'),
  TagInstanceProfile: on('instance-profile', ...TAGS),
  UntagInstanceProfile: on('instance-profile', 'aws:TagKeys'),
  ListInstanceProfileTags: on('instance-profile'),

  CreatePolicy: makes('policy', ...TAGS),
  GetPolicy: on('policy'),
  ListPolicies: lists('policy'),
  DeletePolicy: on('policy'),
  CreatePolicyVersion: on('policy'),
  GetPolicyVersion: on('policy'),
  ListPolicyVersions: on('policy'),
  SetDefaultPolicyVersion: on('policy'),
  DeletePolicyVersion: on('policy'),
  TagPolicy: on('policy', ...TAGS),
  UntagPolicy: on('policy', 'aws:TagKeys'),
  ListPolicyTags: on('policy'),
  ListEntitiesForPolicy: on('policy'),
  ListPoliciesGrantingServiceAccess: on('entity'),

  PutUserPolicy: on('user', BOUNDARY),
  GetUserPolicy: on('user'),
  DeleteUserPolicy: on('user', BOUNDARY),
  ListUserPolicies: on('user'),
  PutGroupPolicy: on('group'),
  GetGroupPolicy: on('group'),
  DeleteGroupPolicy: on('group'),
  ListGroupPolicies: on('group'),
  PutRolePolicy: on('role', BOUNDARY),
  GetRolePolicy: on('role'),
  DeleteRolePolicy: on('role', BOUNDARY),
  ListRolePolicies: on('role'),

  AttachUserPolicy: on('user', BOUNDARY, ARN),
  DetachUserPolicy: on('user', BOUNDARY, ARN),
  ListAttachedUserPolicies: on('user'),
  AttachGroupPolicy: on('group', ARN),
  DetachGroupPolicy: on('group', ARN),
  ListAttachedGroupPolicies: on('group'),
  AttachRolePolicy: on('role', BOUNDARY, ARN),
  DetachRolePolicy: on('role', BOUNDARY, ARN),
  ListAttachedRolePolicies: on('role'),

  PutUserPermissionsBoundary: on('user', BOUNDARY),
  DeleteUserPermissionsBoundary: on('user', BOUNDARY),
  PutRolePermissionsBoundary: on('role', BOUNDARY),
  DeleteRolePermissionsBoundary: on('role', BOUNDARY),

  CreateVirtualMFADevice: makes('mfa', ...TAGS),
  DeleteVirtualMFADevice: on('mfa'),
  EnableMFADevice: on('user'),
  DeactivateMFADevice: on('user'),
  ResyncMFADevice: on('user'),
  GetMFADevice: on('user'),
  ListMFADevices: on('user'),
  ListVirtualMFADevices: lists('mfa'),
  TagMFADevice: on('mfa', ...TAGS),
  UntagMFADevice: on('mfa', 'aws:TagKeys'),
  ListMFADeviceTags: on('mfa'),

  CreateOpenIDConnectProvider: makes('oidc-provider', ...TAGS),
  GetOpenIDConnectProvider: on('oidc-provider'),
  ListOpenIDConnectProviders: lists('oidc-provider'),
  UpdateOpenIDConnectProviderThumbprint: on('oidc-provider'),
  AddClientIDToOpenIDConnectProvider: on('oidc-provider'),
  RemoveClientIDFromOpenIDConnectProvider: on('oidc-provider'),
  DeleteOpenIDConnectProvider: on('oidc-provider'),
  TagOpenIDConnectProvider: on('oidc-provider', ...TAGS),
  UntagOpenIDConnectProvider: on('oidc-provider', 'aws:TagKeys'),
  ListOpenIDConnectProviderTags: on('oidc-provider'),

  CreateSAMLProvider: makes('saml-provider', ...TAGS),
  GetSAMLProvider: on('saml-provider'),
  ListSAMLProviders: lists('saml-provider'),
  UpdateSAMLProvider: on('saml-provider'),
  DeleteSAMLProvider: on('saml-provider'),
  TagSAMLProvider: on('saml-provider', ...TAGS),
  UntagSAMLProvider: on('saml-provider', 'aws:TagKeys'),
  ListSAMLProviderTags: on('saml-provider'),

  UploadServerCertificate: makes('server-certificate', ...TAGS),
  GetServerCertificate: on('server-certificate'),
  ListServerCertificates: lists('server-certificate'),
  UpdateServerCertificate: on('server-certificate'),
  DeleteServerCertificate: on('server-certificate'),
  TagServerCertificate: on('server-certificate', ...TAGS),
  UntagServerCertificate: on('server-certificate', 'aws:TagKeys'),
  ListServerCertificateTags: on('server-certificate'),

  CreateAccountAlias: on('none'),
  DeleteAccountAlias: on('none'),
  ListAccountAliases: on('none'),
  UpdateAccountPasswordPolicy: on('none'),
  GetAccountPasswordPolicy: on('none'),
  DeleteAccountPasswordPolicy: on('none'),
  GetAccountSummary: on('none'),
  GetAccountAuthorizationDetails: on('none'),
  GenerateCredentialReport: on('none'),
  GetCredentialReport: on('none'),
  SetSecurityTokenServicePreferences: on('none'),

  SimulateCustomPolicy: on('none'),
  SimulatePrincipalPolicy: on('entity'),
  GetContextKeysForCustomPolicy: on('none'),
  GetContextKeysForPrincipalPolicy: on('entity'),

  EnableOutboundWebIdentityFederation: on('none'),
  DisableOutboundWebIdentityFederation: on('none'),
  GetOutboundWebIdentityFederationInfo: on('none'),

  EnableOrganizationsRootCredentialsManagement: on('none'),
  DisableOrganizationsRootCredentialsManagement: on('none'),
  EnableOrganizationsRootSessions: on('none'),
  DisableOrganizationsRootSessions: on('none'),
  ListOrganizationsFeatures: on('none'),

  GenerateOrganizationsAccessReport: on('access-report', 'iam:OrganizationsPolicyId'),
  GetOrganizationsAccessReport: on('none'),
  GenerateServiceLastAccessedDetails: on('entity'),
  GetServiceLastAccessedDetails: on('none'),
  GetServiceLastAccessedDetailsWithEntities: on('none'),
} as const satisfies { readonly [Name in IamOperation]?: Rule };

export type AuthorisedOperation = keyof typeof AUTHORISATION;
