import type { Api, Collector, FoundResource, Output } from '../api.ts';
import { given, mapOf, mapsOf, pick, policyOf, textOf, textsOf } from '../fields.ts';
import { accountFact, everywhere } from '../found.ts';

/** People, groups, roles and policies, as one report of IAM ("GetAccountAuthorizationDetails"). */
export const identities: Collector = {
  id: 'identities',
  service: 'iam',
  where: 'account',
  types: [
    'AWS::IAM::User',
    'AWS::IAM::Group',
    'AWS::IAM::Role',
    'AWS::IAM::ManagedPolicy',
    'AWS::IAM::InstanceProfile',
    'AWS::IAM::VirtualMFADevice',
  ],
  actions: {
    GetAccountAuthorizationDetails: 'iam:GetAccountAuthorizationDetails',
    GetLoginProfile: 'iam:GetLoginProfile',
    ListInstanceProfiles: 'iam:ListInstanceProfiles',
    ListMFADevices: 'iam:ListMFADevices',
  },
  async read(api) {
    const details = 'GetAccountAuthorizationDetails';
    const [users, groups, roles, policies, profiles] = await Promise.all([
      api.all(details, 'UserDetailList', { Filter: ['User'] }),
      api.all(details, 'GroupDetailList', { Filter: ['Group'] }),
      api.all(details, 'RoleDetailList', { Filter: ['Role'] }),
      api.all(details, 'Policies', { Filter: ['LocalManagedPolicy'] }),
      api.some('ListInstanceProfiles', 'InstanceProfiles', ['AWS::IAM::InstanceProfile']),
    ]);
    const people = await Promise.all(users.map((each) => user(api, each)));
    return [
      ...people.flat(),
      ...groups.map((each) => principal('Group', each, { ManagedPolicyArns: attached(each) })),
      ...roles
        .filter((each) => !textOf(each, 'Path').startsWith('/aws-service-role/'))
        .map((each) => role(each)),
      ...policies.map((each) => managedPolicy(each)),
      ...profiles.map((each) =>
        principal('InstanceProfile', each, {
          Roles: mapsOf(each, 'Roles').map((one) => textOf(one, 'RoleName')),
        }),
      ),
    ];
  },
};

function principal(
  kind: 'User' | 'Group' | 'Role' | 'InstanceProfile',
  found: Output,
  more: Output,
): FoundResource {
  const name = textOf(found, `${kind}Name`);
  const arn = textOf(found, 'Arn');
  const inline = mapsOf(found, `${kind}PolicyList`).map((policy) => ({
    PolicyName: textOf(policy, 'PolicyName'),
    PolicyDocument: policyOf(policy, 'PolicyDocument'),
  }));
  return everywhere({
    id: arn,
    type: `AWS::IAM::${kind}`,
    name,
    names: { Ref: name, Arn: arn },
    properties: {
      ...pick(found, [`${kind}Name`, 'Path', 'Tags']),
      ...(inline.length > 0 ? { Policies: inline } : {}),
      ...more,
    },
  });
}

function attached(found: Output): readonly string[] {
  return mapsOf(found, 'AttachedManagedPolicies').map((policy) => textOf(policy, 'PolicyArn'));
}

function boundary(found: Output): Output {
  const arn = textOf(mapOf(found, 'PermissionsBoundary'), 'PermissionsBoundaryArn');
  return arn === '' ? {} : { PermissionsBoundary: arn };
}

function role(found: Output): FoundResource {
  return principal('Role', found, {
    AssumeRolePolicyDocument: policyOf(found, 'AssumeRolePolicyDocument'),
    ManagedPolicyArns: attached(found),
    ...boundary(found),
    ...given('RoleLastUsed', pick(mapOf(found, 'RoleLastUsed'), ['LastUsedDate', 'Region'])),
  });
}

/** A user, whether they sign in with a password, and their second factors. */
async function user(api: Api, found: Output): Promise<readonly FoundResource[]> {
  const name = textOf(found, 'UserName');
  const login = await api.detail('GetLoginProfile', { UserName: name }, { none: ['NoSuchEntityException'] });
  const devices = await api.some('ListMFADevices', 'MFADevices', ['AWS::IAM::VirtualMFADevice'], {
    UserName: name,
  });
  const profile = login.is === 'read' ? mapOf(login.output, 'LoginProfile') : undefined;
  const person = principal('User', found, {
    ManagedPolicyArns: attached(found),
    Groups: textsOf(found, 'GroupList'),
    ...boundary(found),
    ...(profile ? { LoginProfile: pick(profile, ['PasswordResetRequired']) } : {}),
  });
  return [
    { ...person, unread: login.is === 'unread' ? ['LoginProfile'] : [] },
    ...devices.map((device) =>
      everywhere({
        id: textOf(device, 'SerialNumber'),
        type: 'AWS::IAM::VirtualMFADevice',
        name: textOf(device, 'SerialNumber').split('/').at(-1) ?? '',
        names: { Ref: textOf(device, 'SerialNumber') },
        properties: { Users: [name] },
      }),
    ),
  ];
}

function managedPolicy(found: Output): FoundResource {
  const current =
    mapsOf(found, 'PolicyVersionList').find((version) => version.IsDefaultVersion === true) ?? {};
  const arn = textOf(found, 'Arn');
  return everywhere({
    id: arn,
    type: 'AWS::IAM::ManagedPolicy',
    name: textOf(found, 'PolicyName'),
    names: { Ref: arn },
    properties: {
      ...pick(found, ['PolicyName=ManagedPolicyName', 'Path', 'Description']),
      PolicyDocument: policyOf(current, 'Document'),
    },
  });
}

/** The second factor of the root user, and the other counts of the account. */
export const accountSummary: Collector = {
  id: 'account-summary',
  service: 'iam',
  where: 'account',
  types: ['Account::MfaSummary'],
  actions: { GetAccountSummary: 'iam:GetAccountSummary' },
  async read(api) {
    const summary = mapOf(await api.call('GetAccountSummary'), 'SummaryMap');
    return [accountFact(api, 'MfaSummary', pick(summary, ['AccountMFAEnabled', 'AccountAccessKeysPresent']))];
  },
};

export const passwordPolicy: Collector = {
  id: 'password-policy',
  service: 'iam',
  where: 'account',
  types: ['Account::PasswordPolicy'],
  actions: { GetAccountPasswordPolicy: 'iam:GetAccountPasswordPolicy' },
  async read(api) {
    const none = ['NoSuchEntityException'];
    const answer = await api.detail('GetAccountPasswordPolicy', {}, { none });
    const policy = answer.is === 'read' ? mapOf(answer.output, 'PasswordPolicy') : DEFAULT_PASSWORD_POLICY;
    const names = [
      'MinimumPasswordLength',
      'RequireSymbols',
      'RequireNumbers',
      'RequireUppercaseCharacters',
      'RequireLowercaseCharacters',
      'AllowUsersToChangePassword',
      'MaxPasswordAge',
      'PasswordReusePrevention',
      'HardExpiry',
    ];
    const found = accountFact(api, 'PasswordPolicy', answer.is === 'unread' ? {} : pick(policy, names));
    return [{ ...found, unread: answer.is === 'unread' ? names : [] }];
  },
};

/** What holds where the account sets nothing (IAM user guide, "Set an account password policy"). */
const DEFAULT_PASSWORD_POLICY: Output = {
  MinimumPasswordLength: 8,
  RequireSymbols: false,
  RequireNumbers: false,
  RequireUppercaseCharacters: false,
  RequireLowercaseCharacters: false,
};
