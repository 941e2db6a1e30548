import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AwsError } from '../../wire/aws-error.ts';
import { awsWords } from './aws-words.ts';

test('errors of services are told in Japanese too, with what they demand', () => {
  const words = (code: string, message: string) => awsWords(new AwsError(code, message)).ja;
  assert.equal(
    words(
      'PasswordPolicyViolation',
      'Password should have a minimum length of 8, Password should have at least one number',
    ),
    'パスワードがアカウントのパスワードポリシーを満たしていません(8文字以上、数字を1文字以上)',
  );
  assert.equal(
    words('AccessDenied', 'The old password was incorrect.'),
    '許可されていません(現在のパスワードが違います)',
  );
  assert.equal(words('Strange', 'what AWS says'), 'エラー Strange(what AWS says)');
});
