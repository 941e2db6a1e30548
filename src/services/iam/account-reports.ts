import type { SummaryKeyType } from '@aws-sdk/client-iam';
import { awsError, change } from '../../platform/service.ts';
import { settingsOf } from './account-settings.ts';
import {
  accounts,
  groups,
  instanceProfiles,
  mfaDevices,
  oidcProviders,
  policies,
  roles,
  samlProviders,
  serverCertificates,
  users,
} from './collections.ts';
import { credentialReport } from './credential-report.ts';
import { rootUser, save } from './find.ts';
import type { Handlers } from './handlers.ts';
import { countNamed, everyRecord } from './paging.ts';
import { QUOTAS } from './quotas.ts';

const REPORT_LIFE_MILLISECONDS = 4 * 3_600_000;
/** Quota of all versions of policies that are in use. */
const VERSIONS_IN_USE = 10_000;

export const accountReportOperations = {
  async GetAccountSummary(_input, context) {
    const { store, account } = context;
    const root = (await rootUser(store, account)).value;
    const devices = await everyRecord(store, mfaDevices, account);
    const own = await everyRecord(store, policies, account);
    const settings = (await settingsOf(store, account)).value;
    const providers =
      (await store.count(oidcProviders, { index: 'account', equals: account })) +
      (await store.count(samlProviders, { index: 'account', equals: account }));
    const SummaryMap: Partial<Record<SummaryKeyType | (string & {}), number>> = {
      Users: await countNamed(store, users, account),
      Groups: await countNamed(store, groups, account),
      Roles: await countNamed(store, roles, account),
      InstanceProfiles: await countNamed(store, instanceProfiles, account),
      ServerCertificates: await countNamed(store, serverCertificates, account),
      Policies: own.length,
      PolicyVersionsInUse: own
        .filter(({ value }) => value.attachments > 0)
        .reduce((sum, { value }) => sum + value.versions.length, 0),
      Providers: providers,
      MFADevices: devices.length,
      MFADevicesInUse: devices.filter(({ value }) => value.userId !== undefined).length,
      AccountMFAEnabled: Number(root.mfaDevices.length > 0),
      AccountAccessKeysPresent: Number(root.accessKeys.length > 0),
      AccountPasswordPresent: Number(root.login !== undefined),
      AccountSigningCertificatesPresent: Number(root.signingCertificates.length > 0),
      GlobalEndpointTokenVersion: settings.tokenVersion === 'v2Token' ? 2 : 1,
      UsersQuota: QUOTAS.UsersPerAccount,
      GroupsQuota: QUOTAS.GroupsPerAccount,
      RolesQuota: QUOTAS.RolesPerAccount,
      InstanceProfilesQuota: QUOTAS.InstanceProfilesPerAccount,
      ServerCertificatesQuota: QUOTAS.ServerCertificatesPerAccount,
      PoliciesQuota: QUOTAS.PoliciesPerAccount,
      PolicyVersionsInUseQuota: VERSIONS_IN_USE,
      UserPolicySizeQuota: QUOTAS.UserPolicySize,
      GroupPolicySizeQuota: QUOTAS.GroupPolicySize,
      RolePolicySizeQuota: QUOTAS.RolePolicySize,
      PolicySizeQuota: QUOTAS.PolicySize,
      AssumeRolePolicySizeQuota: QUOTAS.AssumeRolePolicySize,
      GroupsPerUserQuota: QUOTAS.GroupsPerUser,
      AccessKeysPerUserQuota: QUOTAS.AccessKeysPerUser,
      SigningCertificatesPerUserQuota: QUOTAS.SigningCertificatesPerUser,
      VersionsPerPolicyQuota: QUOTAS.VersionsPerPolicy,
      AttachedPoliciesPerUserQuota: QUOTAS.PoliciesPerUser,
      AttachedPoliciesPerGroupQuota: QUOTAS.PoliciesPerGroup,
      AttachedPoliciesPerRoleQuota: QUOTAS.PoliciesPerRole,
    };
    return { SummaryMap };
  },

  /** A report is made at most every four hours; the first request starts it and the next finds it complete. */
  async GenerateCredentialReport(_input, context) {
    const { store, account, now } = context;
    const settings = await settingsOf(store, account);
    const { report } = settings.value;
    if (report !== undefined && now.getTime() - report.generatedAt < REPORT_LIFE_MILLISECONDS) {
      return { State: 'COMPLETE' as const };
    }
    const csv = await credentialReport(context);
    return change(
      { State: 'STARTED' as const, Description: 'No report exists. Starting a new report generation task' },
      [save(accounts, settings, { report: { csv, generatedAt: now.getTime() } })],
    );
  },

  async GetCredentialReport(_input, { store, account, now }) {
    const { report } = (await settingsOf(store, account)).value;
    if (report === undefined) {
      throw awsError('ReportNotPresent', 'No credential report is present. Generate one first.');
    }
    if (now.getTime() - report.generatedAt >= REPORT_LIFE_MILLISECONDS) {
      throw awsError('ReportExpired', 'The credential report has expired. Generate a new one.');
    }
    return {
      Content: Buffer.from(report.csv),
      ReportFormat: 'text/csv' as const,
      GeneratedTime: new Date(report.generatedAt),
    };
  },
} satisfies Handlers;
