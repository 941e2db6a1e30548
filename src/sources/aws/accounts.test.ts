import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { assumedRole, organisationAccounts, parseAccounts, roleArn } from './accounts.ts';
import type { AwsCall } from './api.ts';

const noFile = () => {
  throw new Error('no file was named');
};

describe('the words of --accounts', () => {
  test('are accounts with roles, and roles of every account', () => {
    const words = ['111111111111:role/Read', 'organization:role/audit/Read'];
    assert.deepEqual(parseAccounts(words, noFile), {
      named: [{ account: '111111111111', role: 'Read' }],
      everywhere: ['audit/Read'],
    });
  });

  test('may be lines of a file, whose comments do not count', () => {
    const { named } = parseAccounts(
      ['@list'],
      () => '# ours\n\n111111111111:role/A # main\r\n222222222222:role/B\n',
    );
    assert.deepEqual(
      named.map(({ account }) => account),
      ['111111111111', '222222222222'],
    );
  });

  test('that mean nothing are refused, with the line', () => {
    assert.throws(() => parseAccounts(['1234:role/A'], noFile), { code: 'collect-accounts' });
    assert.throws(
      () => parseAccounts(['@list'], () => '111111111111:role/A\narn:aws:iam::1:role/x\n'),
      (error: Error) => /list:2/.test(error.message),
    );
  });
});

describe('other accounts', () => {
  test('of an organisation are those in use, over all pages', async () => {
    const pages = [
      { Accounts: [{ Id: '1', Status: 'ACTIVE' }], NextToken: 'x' },
      {
        Accounts: [
          { Id: '2', Status: 'SUSPENDED' },
          { Id: '3', Status: 'ACTIVE' },
        ],
      },
    ];
    const send = async ({ input }: AwsCall) =>
      input.NextToken === 'x' ? (pages[1] ?? {}) : (pages[0] ?? {});
    assert.deepEqual(await organisationAccounts(send, 'us-east-1'), ['1', '3']);
  });

  test('are entered by a role; one that refuses is named with what to do', async () => {
    const arn = roleArn({ account: '111111111111', role: 'Read' }, 'aws');
    const Credentials = {
      AccessKeyId: 'a',
      SecretAccessKey: 'b',
      SessionToken: 'c',
      Expiration: new Date(0),
    };
    const enter = assumedRole(async () => ({ Credentials }), 'us-east-1', arn);
    assert.deepEqual(await enter(), {
      accessKeyId: 'a',
      secretAccessKey: 'b',
      sessionToken: 'c',
      expiration: new Date(0),
    });
    const refused = assumedRole(
      async () => {
        throw Object.assign(new Error('m'), { name: 'AccessDenied' });
      },
      'us-east-1',
      arn,
    );
    await assert.rejects(refused(), { code: 'aws-role' });
  });
});
