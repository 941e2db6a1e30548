import { type Text, text } from '../../kernel/texts.ts';
import type { AwsError } from '../../wire/aws-error.ts';

/** What IAM's errors say that people meet here; the service itself speaks the words of AWS. */
const SENTENCES: Readonly<Record<string, string>> = {
  PasswordPolicyViolation: 'パスワードがアカウントのパスワードポリシーを満たしていません',
  InvalidAuthenticationCode: '認証コードが正しくありません',
  InvalidUserType: 'この操作を行えるのはIAMユーザーだけです',
  AccessDenied: '許可されていません',
  EntityAlreadyExists: '同じ名前のものがすでにあります',
  NoSuchEntity: '対象が見つかりません',
  LimitExceeded: '上限に達しています',
  DeleteConflict: '使用中のため削除できません',
  EntityTemporarilyUnmodifiable: '変更の直後のため、しばらくしてからやり直してください',
  InvalidInput: '入力が正しくありません',
  ValidationError: '入力が正しくありません',
};

/** Parts of its sentences that say more than the code does. */
const DETAILS: readonly (readonly [RegExp, (...found: readonly string[]) => string])[] = [
  [/^The old password was incorrect\.$/, () => '現在のパスワードが違います'],
  [
    /same as any of the last (\d{1,3}) passwords/,
    (count) => `過去${count}回に使ったパスワードは使用できません`,
  ],
  [/a minimum length of (\d{1,3})/, (length) => `${length}文字以上`],
  [/at least one uppercase letter/, () => '英大文字を1文字以上'],
  [/at least one lowercase letter/, () => '英小文字を1文字以上'],
  [/at least one number/, () => '数字を1文字以上'],
  [/at least one symbol/, () => '記号を1文字以上'],
  [/at least three of: uppercase letters/, () => '英大文字・英小文字・数字・記号のうち3種類以上'],
];

/** An error of a service for people; what has no words here is told as AWS says it. */
export function awsWords({ code, message }: Pick<AwsError, 'code' | 'message'>): Text {
  const details = DETAILS.flatMap(([pattern, words]) => {
    const found = pattern.exec(message);
    return found ? [words(...found.slice(1))] : [];
  });
  const sentence = Object.hasOwn(SENTENCES, code) ? SENTENCES[code] : `エラー ${code}`;
  const shown = details.length > 0 ? details.join('、') : message;
  return text(message, `${sentence}(${shown})`);
}
