import { collection } from '../../store/collection.ts';
import type {
  AccessKeyRecord,
  AccountRecord,
  GroupRecord,
  InstanceProfileRecord,
  JobRecord,
  MfaDeviceRecord,
  Named,
  OidcProviderRecord,
  PolicyRecord,
  PolicyUseRecord,
  RoleRecord,
  SamlProviderRecord,
  ServerCertificateRecord,
  UserRecord,
} from './records.ts';

/** Names are compared without regard to case. */
export function nameKey(account: string, name: string): string {
  return `${account}/${name.toLowerCase()}`;
}

/** The root user's id is its account; it is in no list and has no name that others could not take. */
function listedName(record: Named): string | undefined {
  return record.id === record.account ? undefined : nameKey(record.account, record.name);
}

function namedCollection<T extends Named>(name: string) {
  return collection<T>({ name, indexes: { name: listedName }, unique: ['name'] });
}

export const users = namedCollection<UserRecord>('iam-user');
export const groups = namedCollection<GroupRecord>('iam-group');
export const roles = namedCollection<RoleRecord>('iam-role');
export const instanceProfiles = namedCollection<InstanceProfileRecord>('iam-instance-profile');
export const policies = namedCollection<PolicyRecord>('iam-policy');
export const serverCertificates = namedCollection<ServerCertificateRecord>('iam-server-certificate');

export const policyUses = collection<PolicyUseRecord>({
  name: 'iam-policy-use',
  indexes: { account: (use) => use.account },
});
export const accessKeys = collection<AccessKeyRecord>({
  name: 'iam-access-key',
  indexes: { account: (key) => key.account },
});
export const mfaDevices = collection<MfaDeviceRecord>({
  name: 'iam-mfa-device',
  indexes: { account: (device) => device.account },
});
export const oidcProviders = collection<OidcProviderRecord>({
  name: 'iam-oidc-provider',
  indexes: { account: (provider) => provider.account },
});
export const samlProviders = collection<SamlProviderRecord>({
  name: 'iam-saml-provider',
  indexes: { account: (provider) => provider.account },
});
export const accounts = collection<AccountRecord>({
  name: 'iam-account',
  indexes: { alias: (account) => account.alias },
  unique: ['alias'],
});
export const jobs = collection<JobRecord>({ name: 'iam-job', indexes: { account: (job) => job.account } });

/** Everything that this service keeps; the store is opened with it before the service is loaded. */
export const COLLECTIONS = [
  users,
  groups,
  roles,
  instanceProfiles,
  policies,
  serverCertificates,
  policyUses,
  accessKeys,
  mfaDevices,
  oidcProviders,
  samlProviders,
  accounts,
  jobs,
];
