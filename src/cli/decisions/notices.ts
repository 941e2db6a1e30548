import type { Histories } from '../../decisions/heads.ts';
import { HonmaruError } from '../../kernel/errors.ts';
import { type Text, text } from '../../kernel/texts.ts';
import type { Invocation, Terminal } from '../command.ts';

/** A file of decisions of which none is about this environment: most likely it has another name than it had. */
export function sayOtherNames(
  filed: Histories,
  environment: string,
  invocation: Invocation,
  terminal: Terminal,
): void {
  const names = new Set([...filed.values()].flatMap(([first]) => first?.environment ?? []));
  if (names.size === 0 || names.has(environment)) return;
  const others = [...names].join(', ');
  const message = text(
    `the decisions are about ${others}, and this environment is called ${environment}, so none applies; if it is the same, write name: ${others} into honmaru.yaml`,
    `記録された決定は ${others} についてのもので、この環境の名前は ${environment} のため適用されません。同じ環境なら honmaru.yaml に name: ${others} と書いてください`,
  );
  say(message, invocation, terminal);
}

/** A clock that is behind what was recorded decides nothing: what was decided later holds no more. */
export function sayClock(histories: Histories, now: Date, invocation: Invocation, terminal: Terminal): void {
  const newest = [...histories.values()]
    .flatMap((history) => history.at(-1)?.at ?? [])
    .toSorted()
    .at(-1);
  if (newest === undefined || Date.parse(newest) <= now.getTime()) return;
  const message = text(
    `the clock of this machine (${now.toISOString()}) is behind the last decision (${newest}): it jumped back, or the entry was made in the future; decisions made later do not hold`,
    `この機器の時計(${now.toISOString()})が最後の決定(${newest})より遅れています。時計が戻されたか、未来の時刻で記録されています。それより後の決定は有効とみなしません`,
  );
  say(message, invocation, terminal);
}

/** In a pipeline without `--base`: whether the change alters who decides about it. */
export async function sayChangedRoots(
  folder: string,
  invocation: Invocation,
  terminal: Terminal,
): Promise<void> {
  const { environment } = terminal;
  if (!environment.CI) return;
  const { GITHUB_BASE_REF: github, CI_MERGE_REQUEST_DIFF_BASE_SHA: gitlab } = environment;
  const base = github ? `origin/${github}` : gitlab || 'origin/HEAD';
  try {
    const { changedRoots } = await import('../../decisions/read-roots.ts');
    const changed = (await changedRoots(base, folder)).join(', ');
    if (changed === '') return;
    say(
      text(
        `${changed} differs from ${base}: this change alters who decides about it; give --base ${base}`,
        `${changed} が ${base} と異なります。この変更は自身の決定者を書き換えています。--base ${base} を指定してください`,
      ),
      invocation,
      terminal,
    );
  } catch (error) {
    if (!(error instanceof HonmaruError)) throw error;
    say(
      text(
        'owner and signers are taken from the change itself; give --base REVISION to take them from its base',
        '事業責任者と署名者を、評価する変更自身から取っています。--base で変更元のリビジョンを指定してください',
      ),
      invocation,
      terminal,
    );
  }
}

function say(message: Text, invocation: Invocation, terminal: Terminal): void {
  terminal.error(`honmaru: ${message[invocation.language]}\n`);
}
