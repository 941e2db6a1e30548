import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import {
  CreateAccessKeyCommand,
  CreateUserCommand,
  GetUserCommand,
  IAMClient,
  ListUsersCommand,
  NoSuchEntityException,
  PutUserPolicyCommand,
  paginateListUsers,
} from '@aws-sdk/client-iam';
import { type RunningHonmaru, startHonmaru } from './iam-server.ts';
import { programOnPath, type Ran, run } from './program.ts';
import { runAsync } from './run-async.ts';

const aws = programOnPath('aws');
const python = ['python3', 'python']
  .map((name) => programOnPath(name))
  .find((path) => path !== undefined && run(path, ['-c', 'import boto3']).code === 0);

describe('real clients of IAM', () => {
  let running: RunningHonmaru;
  before(async () => {
    running = await startHonmaru();
  });
  after(() => running.stop());

  const cli = (...words: string[]): Promise<Ran> => {
    const options = { cwd: running.folder, env: running.env };
    return runAsync(aws ?? '', ['iam', ...words, '--output', 'json'], options);
  };

  test('aws-cli', { skip: aws === undefined && 'SKIPPED: aws is not on this machine' }, async () => {
    const made = await cli('create-user', '--user-name', 'cli', '--tags', 'Key=team,Value=a');
    assert.equal(made.code, 0, made.err);
    assert.match(JSON.parse(made.out).User.UserId, /^AIDA/);
    const picture = join(running.folder, 'qr.png');
    const device = await cli(
      ...['create-virtual-mfa-device', '--virtual-mfa-device-name', 'cli'],
      ...['--outfile', picture, '--bootstrap-method', 'QRCodePNG'],
    );
    assert.equal(device.code, 0, device.err);
    const document = join(running.folder, 'policy.json');
    const statement = { Effect: 'Allow', Action: 's3:*', Resource: '*' };
    writeFileSync(document, JSON.stringify({ Version: '2012-10-17', Statement: [statement] }));
    const put = await cli(
      ...['put-user-policy', '--user-name', 'cli', '--policy-name', 'p'],
      ...['--policy-document', `file://${document}`],
    );
    assert.equal(put.code, 0, put.err);
    const read = await cli('get-user-policy', '--user-name', 'cli', '--policy-name', 'p');
    assert.deepEqual(JSON.parse(read.out).PolicyDocument.Statement, [statement]);
    const refused = await cli('delete-user', '--user-name', 'cli');
    assert.match(refused.err, /\(DeleteConflict\).*Cannot delete entity, must delete policies first\./);
    const malformed = await cli('create-user', '--user-name', 'a b');
    assert.match(malformed.err, /\(ValidationError\).*at 'userName' failed to satisfy constraint/);
    const unbuilt = await cli('list-delegation-requests');
    assert.notEqual(unbuilt.code, 0);
  });

  test('boto3', { skip: python === undefined && 'SKIPPED: boto3 is not on this machine' }, async () => {
    const script = join(import.meta.dirname, 'iam-clients.py');
    const options = { cwd: running.folder, env: running.env };
    const { code, out, err } = await runAsync(python ?? '', [script, running.url], options);
    assert.equal(code, 0, err);
    const { born, ...seen } = JSON.parse(out);
    assert.match(born, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00$/);
    assert.deepEqual(seen, {
      names: ['boto-0', 'boto-1', 'boto-2', 'boto-3', 'boto-4'],
      document: true,
      error: 'The user with name nobody cannot be found.',
      seed: 64,
      picture: 'PNG',
      report: 'user',
      decisions: ['allowed', 'implicitDeny'],
    });
  });

  test('@aws-sdk v3', async () => {
    const client = (accessKeyId: string, secretAccessKey: string) =>
      new IAMClient({
        endpoint: running.url,
        region: 'us-east-1',
        credentials: { accessKeyId, secretAccessKey },
        maxAttempts: 1,
      });
    const admin = client(running.accessKeyId, running.secretAccessKey);
    for (const name of ['sdk-1', 'sdk-2', 'sdk-3']) {
      await admin.send(new CreateUserCommand({ UserName: name, Path: '/sdk/' }));
    }
    const names: (string | undefined)[] = [];
    for await (const page of paginateListUsers({ client: admin, pageSize: 2 }, { PathPrefix: '/sdk/' })) {
      names.push(...(page.Users ?? []).map(({ UserName }) => UserName));
    }
    assert.deepEqual(names, ['sdk-1', 'sdk-2', 'sdk-3']);
    await assert.rejects(admin.send(new GetUserCommand({ UserName: 'nobody' })), NoSuchEntityException);

    const { AccessKey } = await admin.send(new CreateAccessKeyCommand({ UserName: 'sdk-1' }));
    const user = client(AccessKey?.AccessKeyId ?? '', AccessKey?.SecretAccessKey ?? '');
    await assert.rejects(user.send(new ListUsersCommand({})), {
      name: 'AccessDenied',
      message: /because no identity-based policy allows the iam:ListUsers action$/,
    });
    const statement = { Effect: 'Allow', Action: 'iam:ListUsers', Resource: '*' };
    const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
    await admin.send(new PutUserPolicyCommand({ UserName: 'sdk-1', PolicyName: 'p', PolicyDocument }));
    assert.ok((await user.send(new ListUsersCommand({}))).Users);
    await assert.rejects(client(running.accessKeyId, 'wrong').send(new ListUsersCommand({})), {
      name: 'SignatureDoesNotMatch',
    });
    for (const each of [admin, user]) each.destroy();
  });
});
