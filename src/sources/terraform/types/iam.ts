import { known, map, type Value } from '../../../model/value.ts';
import {
  blocks,
  type Field,
  type Fields,
  fieldsOf,
  json,
  listOf,
  tags,
  written,
} from '../translate/fields.ts';
import { join, type } from '../translate/type-mapping.ts';

const INLINE_POLICY: Fields = { name: 'PolicyName', policy: json('PolicyDocument') };

/** Inline policies of identities that are declared elsewhere stand alone; the others are part of them. */
function inlinePolicy(argument: string, property: string): Fields {
  return { ...INLINE_POLICY, [argument]: listOf(property) };
}

/** An attachment names one policy by its ARN. */
const attached: Fields = { policy_arn: listOf('ManagedPolicyArns') };

/** Members of a group, with the group they join. */
const MEMBERSHIP: Fields = { group: 'GroupName', users: 'Users' };

/** `aws_iam_user_group_membership` says it from the user's side. */
const userGroups: Field = (value, target) => {
  const items = value.kind === 'list' ? value.items : [value];
  const [only] = items;
  if (items.length === 1 && only) target.set('GroupName', only);
  else target.set('GroupName', value);
};

/** A console password makes the user an interactive one; the password itself is made by AWS. */
function loginProfile(attributes: ReadonlyMap<string, Value>, span: Value['span']): Value {
  const reset = written(attributes.get('password_reset_required')) ?? known(false, span);
  return map(new Map([['PasswordResetRequired', reset]]), span);
}

const NAME_IS_REF = { name: 'Ref', id: 'Ref' };

export const IAM_TYPES = [
  type(
    'aws_iam_role',
    'AWS::IAM::Role',
    {
      name: 'RoleName',
      path: 'Path',
      assume_role_policy: json('AssumeRolePolicyDocument'),
      managed_policy_arns: 'ManagedPolicyArns',
      permissions_boundary: 'PermissionsBoundary',
      max_session_duration: 'MaxSessionDuration',
      inline_policy: blocks('Policies', INLINE_POLICY),
      tags: tags(),
    },
    { attributes: { ...NAME_IS_REF, unique_id: 'RoleId' } },
  ),
  type(
    'aws_iam_user',
    'AWS::IAM::User',
    { name: 'UserName', path: 'Path', permissions_boundary: 'PermissionsBoundary', tags: tags() },
    { attributes: NAME_IS_REF },
  ),
  type('aws_iam_group', 'AWS::IAM::Group', { name: 'GroupName', path: 'Path' }, { attributes: NAME_IS_REF }),
  type(
    'aws_iam_policy',
    'AWS::IAM::ManagedPolicy',
    { name: 'ManagedPolicyName', path: 'Path', description: 'Description', policy: json('PolicyDocument') },
    { attributes: { arn: 'Ref', id: 'Ref' } },
  ),
  type('aws_iam_role_policy', 'AWS::IAM::Policy', inlinePolicy('role', 'Roles')),
  type('aws_iam_user_policy', 'AWS::IAM::Policy', inlinePolicy('user', 'Users')),
  type('aws_iam_group_policy', 'AWS::IAM::Policy', inlinePolicy('group', 'Groups')),
  type(
    'aws_iam_instance_profile',
    'AWS::IAM::InstanceProfile',
    { name: 'InstanceProfileName', path: 'Path', role: listOf('Roles') },
    { attributes: NAME_IS_REF },
  ),
  type(
    'aws_iam_access_key',
    'AWS::IAM::AccessKey',
    { user: 'UserName', status: 'Status' },
    { attributes: { secret: 'SecretAccessKey' } },
  ),
  type('aws_iam_group_membership', 'AWS::IAM::UserToGroupAddition', MEMBERSHIP),
  type('aws_iam_user_group_membership', 'AWS::IAM::UserToGroupAddition', {
    user: listOf('Users'),
    groups: userGroups,
  }),
  type('aws_iam_virtual_mfa_device', 'AWS::IAM::VirtualMFADevice', {
    virtual_mfa_device_name: 'VirtualMfaDeviceName',
    path: 'Path',
  }),
  type(
    'aws_iam_openid_connect_provider',
    'AWS::IAM::OIDCProvider',
    {
      url: 'Url',
      client_id_list: 'ClientIdList',
      thumbprint_list: 'ThumbprintList',
    },
    { attributes: { arn: 'Ref', id: 'Ref' } },
  ),
  type('aws_iam_server_certificate', 'AWS::IAM::ServerCertificate', { name: 'ServerCertificateName' }),
  type(
    'aws_iam_account_password_policy',
    'Account::PasswordPolicy',
    {
      minimum_password_length: 'MinimumPasswordLength',
      require_lowercase_characters: 'RequireLowercaseCharacters',
      require_uppercase_characters: 'RequireUppercaseCharacters',
      require_numbers: 'RequireNumbers',
      require_symbols: 'RequireSymbols',
      password_reuse_prevention: 'PasswordReusePrevention',
      max_password_age: 'MaxPasswordAge',
      allow_users_to_change_password: 'AllowUsersToChangePassword',
      hard_expiry: 'HardExpiry',
    },
    {
      defaults: {
        MinimumPasswordLength: 6,
        RequireLowercaseCharacters: false,
        RequireUppercaseCharacters: false,
        RequireNumbers: false,
        RequireSymbols: false,
      },
    },
  ),
];

/** An inline policy belongs to its role, user or group. */
function intoIdentity(argument: string, identity: string) {
  return join(
    `aws_iam_${argument}_policy`,
    [argument, `AWS::IAM::${identity}`],
    {},
    {
      merge: (attributes, target, span) => {
        target.append('Policies', fieldsOf({ kind: 'map', entries: attributes, span }, INLINE_POLICY));
      },
    },
  );
}

export const IAM_JOINS = [
  intoIdentity('role', 'Role'),
  intoIdentity('user', 'User'),
  intoIdentity('group', 'Group'),
  join('aws_iam_role_policy_attachment', ['role', 'AWS::IAM::Role'], attached),
  join('aws_iam_user_policy_attachment', ['user', 'AWS::IAM::User'], attached),
  join('aws_iam_group_policy_attachment', ['group', 'AWS::IAM::Group'], attached),
  join('aws_iam_policy_attachment', ['roles', 'AWS::IAM::Role'], attached),
  join('aws_iam_policy_attachment', ['users', 'AWS::IAM::User'], attached),
  join('aws_iam_policy_attachment', ['groups', 'AWS::IAM::Group'], attached),
  join('aws_iam_role_policy_attachments_exclusive', ['role_name', 'AWS::IAM::Role'], {
    policy_arns: 'ManagedPolicyArns',
  }),
  join(
    'aws_iam_user_login_profile',
    ['user', 'AWS::IAM::User'],
    {},
    {
      merge: (attributes, target, span) => target.set('LoginProfile', loginProfile(attributes, span)),
    },
  ),
];
