import { text } from '../../kernel/texts.ts';
import type { WantedAccounts } from '../../sources/aws/accounts.ts';
import { collectPolicy, entryPolicy } from '../../sources/aws/collectors.ts';
import type { Invocation, Terminal } from '../command.ts';
import { writeAnswer } from '../output.ts';
import { rolesToEnter } from './accounts.ts';

/** The policy of the account that is read; with other accounts, that of who enters them goes first. */
export async function printPolicy(
  wanted: WantedAccounts | undefined,
  invocation: Invocation,
  terminal: Terminal,
): Promise<number> {
  let entry = '';
  if (wanted) {
    entry = written(entryPolicy(rolesToEnter(wanted), wanted.everywhere.length > 0));
    terminal.error(
      `${
        text(
          'First the policy of who runs this, then the policy of the role in each account.',
          '先に実行者のポリシー、次に各アカウントのロールのポリシーを表示します。',
        )[invocation.language]
      }\n`,
    );
  }
  const policy = collectPolicy();
  writeAnswer(`${entry}${written(policy)}`, invocation, terminal);
  sayWhereItFits(JSON.stringify(policy).length, invocation, terminal);
  return 0;
}

function written(policy: unknown): string {
  return `${JSON.stringify(policy, undefined, 2)}\n`;
}

/** Characters without white space. Source: IAM user guide, "IAM and AWS STS quotas". */
const MOST_OF_A_MANAGED_POLICY = 6144;

function sayWhereItFits(size: number, { language }: Invocation, terminal: Terminal): void {
  if (size <= MOST_OF_A_MANAGED_POLICY) return;
  const sentence = text(
    `${size} characters: more than a managed policy may have (${MOST_OF_A_MANAGED_POLICY}); make it an inline policy of a role (at most 10240) or of a permission set: aws iam put-role-policy --role-name ROLE --policy-name HonmaruRead --policy-document file://policy.json`,
    `${size}文字あり、管理ポリシーの上限(${MOST_OF_A_MANAGED_POLICY}文字)を超えます。ロール(上限10240文字)または許可セットのインラインポリシーにしてください:aws iam put-role-policy --role-name ROLE --policy-name HonmaruRead --policy-document file://policy.json`,
  );
  terminal.error(`${sentence[language]}\n`);
}
