import { type Text, text } from '../kernel/texts.ts';
import type { Command } from './command.ts';

/** A command's name and summary, known without loading it. */
export interface CommandEntry {
  readonly name: string;
  readonly summary: Text;
  load(): Promise<{ readonly command: Command }>;
}

/** Every command of the program, in the order of the help. */
export const COMMANDS: readonly CommandEntry[] = [
  {
    name: 'assess',
    summary: text(
      'read an environment; show its risks, safeguards and what to do',
      '環境を読み取り、リスク・対策・対応案を示す',
    ),
    load: () => import('./assess.ts'),
  },
  {
    name: 'collect',
    summary: text(
      'read an AWS account, changing nothing, into a file that assess reads',
      'AWSアカウントを読み取り専用で調べ、assessで読めるファイルに保存する',
    ),
    load: () => import('./collect.ts'),
  },
  {
    name: 'check',
    summary: text(
      'run the controls only and print their findings',
      'コントロールだけを実行し、検出結果を表示する',
    ),
    load: () => import('./check.ts'),
  },
  {
    name: 'explain',
    summary: text(
      'what a risk, finding, control or safeguard means, and why it is so',
      'リスク・検出結果・コントロール・対策の意味と理由を説明する',
    ),
    load: () => import('./explain.ts'),
  },
  {
    name: 'diff',
    summary: text(
      'what a change does to paths, risks, safeguards and verdicts',
      '変更が経路・リスク・対策・検査結果に与える影響を示す',
    ),
    load: () => import('./diff.ts'),
  },
  {
    name: 'init',
    summary: text('ask five questions and write honmaru.yaml', '5つの質問に答えて honmaru.yaml を作成する'),
    load: () => import('./init.ts'),
  },
  {
    name: 'comment',
    summary: text(
      'post a Markdown file as the one comment of this pull or merge request, or update it',
      'Markdownファイルを、このプルリクエスト(マージリクエスト)のコメントとして投稿・更新する',
    ),
    load: () => import('./comment.ts'),
  },
  {
    name: 'fix',
    summary: text(
      'attach what is missing to your own files: a diff, written only with --write',
      '足りない対策を自分のファイルに追加する(差分を表示。書き込みは --write のときだけ)',
    ),
    load: () => import('./fix.ts'),
  },
  {
    name: 'verify-scores',
    summary: text(
      'recompute every score of a report from its JSON alone',
      'レポートのJSONだけから全スコアを再計算して検証する',
    ),
    load: () => import('./verify-scores.ts'),
  },
  {
    name: 'iam',
    summary: text('evaluate, explain and lint IAM policies', 'IAMポリシーを評価・説明・検査する'),
    load: () => import('./iam.ts'),
  },
  {
    name: 'asset',
    summary: text(
      'the asset inventory; add a PC, paper or a partner to it',
      '情報資産管理台帳の表示と、PC・書類・取引先などの追加',
    ),
    load: () => import('./asset.ts'),
  },
  {
    name: 'risk',
    summary: text(
      'propose and decide what is done about each risk',
      'リスクごとの対応(受容・低減・移転・回避)を提案・決定する',
    ),
    load: () => import('./risk.ts'),
  },
  {
    name: 'up',
    summary: text(
      'start Honmaru: the AWS endpoint and its services',
      'Honmaruを起動する(AWSエンドポイントと各サービス)',
    ),
    load: () => import('./up.ts'),
  },
  {
    name: 'setup',
    summary: text(
      'make the first administrator and show the access key once',
      '最初の管理者を作成し、アクセスキーを一度だけ表示する',
    ),
    load: () => import('./setup.ts'),
  },
  {
    name: 'profile',
    summary: text(
      'write a named AWS profile that points to Honmaru',
      'Honmaruを指す名前付きAWSプロファイルを書き込む',
    ),
    load: () => import('./profile.ts'),
  },
  {
    name: 'env',
    summary: text(
      'print exports that point this shell to Honmaru',
      'このシェルをHonmaruに向けるexportを表示する',
    ),
    load: () => import('./env.ts'),
  },
  {
    name: 'operations',
    summary: text('which operations of each service are built', 'サービスごとに実装済みの操作を一覧する'),
    load: () => import('./operations.ts'),
  },
  {
    name: 'kms',
    summary: text(
      'seal and unseal the keys; encrypt files; see what depends on a key',
      '鍵の封印と解除、ファイルの暗号化、鍵に依存するものの確認',
    ),
    load: () => import('./kms.ts'),
  },
  {
    name: 'volume',
    summary: text(
      'encrypted volumes under a KMS key, offered as network block devices (NBD)',
      'KMSキーで暗号化したボリュームをネットワークブロックデバイス(NBD)として提供する',
    ),
    load: () => import('./volume.ts'),
  },
  {
    name: 'explain-access',
    summary: text(
      'why a user or role of this installation may use a resource, or not',
      'ユーザーやロールがリソースを使える(使えない)理由を説明する',
    ),
    load: () => import('./explain-access.ts'),
  },
];
