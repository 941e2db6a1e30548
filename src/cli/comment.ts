import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type HonmaruError, InputError, UsageError } from '../kernel/errors.ts';
import { type Text, text } from '../kernel/texts.ts';
import type { Command, Invocation, Terminal } from './command.ts';
import { commentOn, type Discussion } from './comment/discussion.ts';
import { githubDiscussion } from './comment/github.ts';
import { gitlabDiscussion } from './comment/gitlab.ts';

export const command: Command = {
  name: 'comment',
  operands: 'FILE',
  summary: text(
    'post a Markdown file as the one comment of this pull or merge request, or update it',
    'Markdownファイルを、このプルリクエスト(マージリクエスト)のコメントとして投稿・更新する',
  ),
  options: {
    topic: {
      type: 'string',
      value: 'WORD',
      help: text(
        'which comment, where a request has several (default: change)',
        '複数のコメントを使い分けるときの名前(既定:change)',
      ),
    },
  },
  examples: [
    'honmaru diff base/infra infra --format markdown --out comment.md',
    'honmaru comment comment.md',
  ],
  run,
};

async function run(invocation: Invocation, terminal: Terminal): Promise<number> {
  const { language } = invocation;
  const [name, ...others] = invocation.operands;
  const topic = invocation.option('topic') ?? 'change';
  if (name === undefined || others.length > 0)
    throw usage(text('comment takes one file', 'ファイルを1つ指定してください'));
  if (!/^[a-z0-9-]{1,40}$/.test(topic)) {
    throw usage(
      text('a topic is a word of a-z, 0-9 and -', '--topic は英小文字・数字・ハイフンで指定してください'),
    );
  }
  const discussion = discussionFrom(terminal.environment);
  if (!discussion) {
    terminal.error(`honmaru: ${NO_REQUEST[language]}\n`);
    return 0;
  }
  const done = await commentOn(
    discussion,
    `<!-- honmaru:${topic} -->`,
    read(resolve(terminal.cwd, name), name),
  );
  terminal.error(`${(done === 'updated' ? UPDATED : POSTED)[language]}\n`);
  return 0;
}

const NO_REQUEST = text(
  'this is no job of a pull or merge request: nothing was posted',
  'プルリクエスト(マージリクエスト)のジョブではないため、投稿しませんでした',
);
const UPDATED = text('the comment was updated', 'コメントを更新しました');
const POSTED = text('the comment was posted', 'コメントを投稿しました');

/** The request that this job runs for, from the variables that GitHub Actions and GitLab CI set. */
function discussionFrom(environment: Terminal['environment']): Discussion | undefined {
  if (environment.GITHUB_ACTIONS) return githubDiscussion(environment);
  return environment.GITLAB_CI ? gitlabDiscussion(environment) : undefined;
}

function read(path: string, shown: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new InputError({
      code: 'comment-file',
      message: text(
        `${shown} cannot be read: ${(error as Error).message}`,
        `${shown} を読み込めません:${(error as Error).message}`,
      ),
    });
  }
}

function usage(message: Text): HonmaruError {
  return new UsageError({
    code: 'comment-usage',
    message,
    remedy: text('for example honmaru comment comment.md', '例:honmaru comment comment.md'),
  });
}
