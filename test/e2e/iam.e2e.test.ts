import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { honmaru, inFolder, type Ran } from './program.ts';

const POLICY = `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "Read",
      "Effect": "Allow",
      "Action": "s3:GetObject",
      "Resource": "arn:aws:s3:::b/*",
      "Condition": { "IpAddress": { "aws:SourceIp": "10.0.0.0/8" } }
    },
    { "Sid": "NoDelete", "Effect": "Deny", "Action": "s3:Delete*", "Resource": "*" }
  ]
}
`;
const BOUNDARY =
  '{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "sqs:*", "Resource": "*"}}';
const ASK = ['--principal', 'arn:aws:iam::111122223333:user/a', '--resource', 'arn:aws:s3:::b/k'];

function ask(what: string, action: string, ...more: readonly string[]): Promise<Ran> {
  return inFolder((folder) => {
    writeFileSync(join(folder, 'policy.json'), POLICY);
    writeFileSync(join(folder, 'boundary.json'), BOUNDARY);
    return honmaru(['iam', what, '--policy', 'policy.json', ...ASK, '--action', action, ...more], {
      cwd: folder,
    });
  });
}

describe('honmaru iam eval', () => {
  test('0 when allowed, 1 when denied, 0 when unknown unless told otherwise', async () => {
    const allowed = await ask('eval', 's3:GetObject', '--context', 'aws:SourceIp=10.1.1.1');
    assert.deepEqual([allowed.code, allowed.out.slice(0, 8)], [0, 'ALLOWED:']);
    assert.match(allowed.out, /Assumed: .*111122223333/);
    const denied = await ask('eval', 's3:DeleteObject');
    assert.deepEqual([denied.code, denied.out.slice(0, 7)], [1, 'DENIED:']);
    const open = await ask('eval', 's3:GetObject', '--open-context');
    assert.deepEqual([open.code, open.out.slice(0, 8)], [0, 'UNKNOWN:']);
    assert.equal((await ask('eval', 's3:GetObject', '--open-context', '--fail-on-unknown')).code, 1);
  });

  test('a boundary that is silent denies what the policy allows, and is named', async () => {
    const bounded = await ask(
      'eval',
      's3:GetObject',
      ...['--context', 'aws:SourceIp=10.1.1.1', '--boundary', 'boundary.json'],
    );
    assert.equal(bounded.code, 1);
    assert.match(bounded.out, /boundary/);
  });

  test('JSON says the same and carries the place of the deciding statement', async () => {
    const { code, out } = await ask('eval', 's3:DeleteObject', '--format', 'json');
    const answer = JSON.parse(out);
    assert.equal(code, 1);
    assert.deepEqual(
      [answer.schema, answer.verdict, answer.kind],
      ['honmaru.iam-explanation/1', 'DENY', 'explicit'],
    );
    assert.deepEqual(answer.deciding[0].place, { file: 'policy.json', line: 11, column: 5 });
  });
});

describe('honmaru iam explain', () => {
  test('names layer, statement with place, condition, missing key and what would allow', async () => {
    const english = await ask('explain', 's3:GetObject');
    for (const part of [
      /identity-based/,
      /policy\.json:4:5/,
      /IpAddress aws:SourceIp/,
      /"Action":"s3:GetObject"/,
    ]) {
      assert.match(english.out, part);
    }
    const japanese = await ask('explain', 's3:GetObject', '--lang', 'ja');
    assert.match(japanese.out, /リクエストにないキー: aws:SourceIp/);
  });
});

describe('honmaru iam lint', () => {
  test('0 for a sound policy, 1 for an error with its place, 2 for what is no policy', () =>
    inFolder((folder) => {
      writeFileSync(join(folder, 'good.json'), POLICY);
      writeFileSync(join(folder, 'bad.json'), POLICY.replace('s3:GetObject', 's3:GetObjekt'));
      writeFileSync(join(folder, 'none.json'), 'Statement: yes');
      const lint = (name: string) => honmaru(['iam', 'lint', name], { cwd: folder });
      assert.equal(lint('good.json').code, 0);
      const bad = lint('bad.json');
      assert.equal(bad.code, 1);
      assert.match(bad.out, /bad\.json:7:\d+: error INVALID_ACTION: .*GetObject/);
      assert.equal(lint('none.json').code, 2);
      assert.equal(lint('missing.json').code, 2);
    }));
});
