import { setTimeout as pause } from 'node:timers/promises';
import type { Api, Collector, FoundResource, Output } from '../api.ts';
import { given, mapOf, pick, textOf } from '../fields.ts';
import { accountFact, everywhere } from '../found.ts';

/** Access keys of people and when they were last used; the keys themselves are known to nobody. */
export const accessKeys: Collector = {
  id: 'access-keys',
  service: 'iam',
  where: 'account',
  types: ['AWS::IAM::AccessKey'],
  actions: {
    ListUsers: 'iam:ListUsers',
    ListAccessKeys: 'iam:ListAccessKeys',
    GetAccessKeyLastUsed: 'iam:GetAccessKeyLastUsed',
  },
  async read(api) {
    const users = await api.all('ListUsers', 'Users');
    const keys = await Promise.all(
      users.map((user) =>
        api.all('ListAccessKeys', 'AccessKeyMetadata', { UserName: textOf(user, 'UserName') }),
      ),
    );
    // A key that was made inactive lets nobody in.
    const active = keys.flat().filter((key) => textOf(key, 'Status') === 'Active');
    return Promise.all(active.map((key) => accessKey(api, key)));
  },
};

const SHOWN = 4;

/** Only the end of a key's id is kept: enough to find it, too little to search for it elsewhere. */
async function accessKey(api: Api, key: Output): Promise<FoundResource> {
  const id = textOf(key, 'AccessKeyId');
  const user = textOf(key, 'UserName');
  const used = await api.detail('GetAccessKeyLastUsed', { AccessKeyId: id });
  const last = used.is === 'read' ? mapOf(used.output, 'AccessKeyLastUsed') : {};
  const name = `${user}-key-${id.slice(-SHOWN)}`;
  return everywhere({
    id: `arn:${api.partition}:iam::${api.account}:user/${user}/access-key/${id.slice(-SHOWN)}`,
    type: 'AWS::IAM::AccessKey',
    name,
    unread: used.is === 'unread' ? ['LastUsedDate'] : [],
    properties: {
      UserName: user,
      ...pick(key, ['Status', 'CreateDate']),
      ...given('LastUsedDate', last.LastUsedDate),
      ...given('LastUsedService', textOf(last, 'ServiceName')),
    },
  });
}

const ATTEMPTS = 10;
const BETWEEN_MS = 500;

/** How old passwords and keys are, and who has a second factor (IAM user guide, "Generate credential reports"). */
export const credentialReport: Collector = {
  id: 'credential-report',
  service: 'iam',
  where: 'account',
  types: ['Account::CredentialReport'],
  actions: {
    GenerateCredentialReport: 'iam:GenerateCredentialReport',
    GetCredentialReport: 'iam:GetCredentialReport',
  },
  async read(api) {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const state = textOf(await api.call('GenerateCredentialReport'), 'State');
      if (state === 'COMPLETE' || state === '') break;
      await pause(BETWEEN_MS);
    }
    const answer = await api.call('GetCredentialReport');
    const content = answer.Content;
    const written = content instanceof Uint8Array ? Buffer.from(content).toString('utf8') : '';
    return [accountFact(api, 'CredentialReport', { Users: reportRows(written) })];
  },
};

const COLUMNS: Readonly<Record<string, string>> = {
  user: 'User',
  password_enabled: 'PasswordEnabled',
  password_last_used: 'PasswordLastUsed',
  password_last_changed: 'PasswordLastChanged',
  mfa_active: 'MfaActive',
  access_key_1_active: 'AccessKey1Active',
  access_key_1_last_rotated: 'AccessKey1LastRotated',
  access_key_1_last_used_date: 'AccessKey1LastUsedDate',
  access_key_2_active: 'AccessKey2Active',
  access_key_2_last_rotated: 'AccessKey2LastRotated',
  access_key_2_last_used_date: 'AccessKey2LastUsedDate',
};

const SAYS_NOTHING: ReadonlySet<string> = new Set(['N/A', 'not_supported', 'no_information', '']);

/** The report is CSV without quotes: names of users may not hold a comma's like. */
export function reportRows(written: string): readonly Output[] {
  const [header = '', ...lines] = written.split(/\r?\n/).filter(Boolean);
  const names = header.split(',');
  return lines.map((line) => {
    const row = line.split(',').flatMap((value, index): readonly (readonly [string, unknown])[] => {
      const column = COLUMNS[names[index] ?? ''];
      if (column === undefined || SAYS_NOTHING.has(value)) return [];
      return [[column, value === 'true' || value === 'false' ? value === 'true' : value]];
    });
    return Object.fromEntries(row);
  });
}
