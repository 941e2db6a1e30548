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
];
