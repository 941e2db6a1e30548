import { ACCOUNTS } from '../../platform/accounts.ts';
import type { CallContext } from '../../platform/context.ts';
import { settingsOf } from './account-settings.ts';
import { accessKeys, users } from './collections.ts';
import { eachOf, rootUser } from './find.ts';
import { arnOf, rootArn } from './names.ts';
import { everyRecord } from './paging.ts';
import type { PasswordPolicy, UserRecord } from './records.ts';

const DAY_MILLISECONDS = 86_400_000;

/** Source: IAM User Guide, "Generate credential reports for your AWS account": the order of the columns is fixed. */
const COLUMNS = [
  'user',
  'arn',
  'user_creation_time',
  'password_enabled',
  'password_last_used',
  'password_last_changed',
  'password_next_rotation',
  'mfa_active',
  'access_key_1_active',
  'access_key_1_last_rotated',
  'access_key_1_last_used_date',
  'access_key_1_last_used_region',
  'access_key_1_last_used_service',
  'access_key_2_active',
  'access_key_2_last_rotated',
  'access_key_2_last_used_date',
  'access_key_2_last_used_region',
  'access_key_2_last_used_service',
  'cert_1_active',
  'cert_1_last_rotated',
  'cert_2_active',
  'cert_2_last_rotated',
];

/** The credentials of every user as CSV, the root user first. */
export async function credentialReport(context: CallContext): Promise<string> {
  const { store, account } = context;
  const { passwordPolicy } = (await settingsOf(store, account)).value;
  const root = (await rootUser(store, account)).value;
  const born = (await store.get(ACCOUNTS, account))?.value.created ?? 'N/A';
  const rows = [
    await rowOf(context, root, passwordPolicy, { name: '<root_account>', arn: rootArn(account), born }),
  ];
  for (const { value } of await everyRecord(store, users, account)) {
    const facts = { name: value.name, arn: arnOf('user', value), born: timeOf(value.createdAt) };
    rows.push(await rowOf(context, value, passwordPolicy, facts));
  }
  return [COLUMNS, ...rows].map((row) => row.join(',')).join('\n');
}

interface Facts {
  readonly name: string;
  readonly arn: string;
  readonly born: string;
}

async function rowOf(
  context: CallContext,
  user: UserRecord,
  policy: PasswordPolicy | undefined,
  { name, arn, born }: Facts,
): Promise<readonly string[]> {
  const certificates = [0, 1].flatMap((index) => {
    const certificate = user.signingCertificates[index];
    if (certificate === undefined) return ['false', 'N/A'];
    return [String(certificate.status === 'Active'), timeOf(certificate.uploadedAt)];
  });
  return [
    name,
    arn,
    born,
    ...passwordColumns(user, policy),
    String(user.mfaDevices.length > 0),
    ...(await keyColumns(context, user)),
    ...certificates,
  ];
}

function passwordColumns(user: UserRecord, policy: PasswordPolicy | undefined): readonly string[] {
  const { login } = user;
  if (login === undefined) {
    const isRoot = user.id === user.account;
    return [
      isRoot ? 'not_supported' : 'false',
      'N/A',
      isRoot ? 'not_supported' : 'N/A',
      isRoot ? 'not_supported' : 'N/A',
    ];
  }
  const age = policy?.MaxPasswordAge;
  const rotation = age === undefined ? 'N/A' : timeOf(login.changedAt + age * DAY_MILLISECONDS);
  const used = user.passwordLastUsed === undefined ? 'no_information' : timeOf(user.passwordLastUsed);
  return ['true', used, timeOf(login.changedAt), rotation];
}

async function keyColumns({ store, ports }: CallContext, user: UserRecord): Promise<readonly string[]> {
  const keys = await eachOf(store, accessKeys, user.accessKeys);
  const columns = await Promise.all(
    [0, 1].map(async (index) => {
      const key = keys[index];
      if (key === undefined) return ['false', 'N/A', 'N/A', 'N/A', 'N/A'];
      const use = await ports.usage.lastUseOfKey(key.key);
      return [
        String(key.value.status === 'Active'),
        timeOf(key.value.createdAt),
        use ? timeOf(use.at) : 'N/A',
        use ? use.region : 'N/A',
        use ? use.service : 'N/A',
      ];
    }),
  );
  return columns.flat();
}

function timeOf(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace(/\.\d+Z$/, '+00:00');
}
