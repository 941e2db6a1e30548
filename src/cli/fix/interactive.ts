import type { Change } from '../../fix/plan/change.ts';
import { impacts } from '../../fix/plan/impact.ts';
import { UsageError } from '../../kernel/errors.ts';
import { printable } from '../../kernel/text-width.ts';
import { type Text, text } from '../../kernel/texts.ts';
import type { Assessment } from '../../model/assessment.ts';
import { type Namer, namerOf } from '../../report/names.ts';
import { STATE_WORDS } from '../../report/words.ts';
import type { Invocation, Terminal } from '../command.ts';
import { deployText, impactLines, shortPrice } from './words.ts';

/**
 * Asks about each change in the words of the map: what it does, which risks it lowers, what it costs, what a
 * deployment interrupts and what must hold first. `q`, or the end of the input, leaves out the rest.
 *
 * @throws UsageError `fix-interactive` where nobody can be asked.
 */
export async function chooseOneByOne(
  changes: readonly Change[],
  assessment: Assessment,
  invocation: Invocation,
  terminal: Terminal,
): Promise<readonly Change[]> {
  const { ask } = terminal;
  if (!ask) throw noTerminal();
  const say = (each: Text) => printable(each[invocation.language]);
  const nameOf = namerOf(assessment.environment);
  const impactOf = impacts(assessment);
  const chosen: Change[] = [];
  if (changes.length > 0) terminal.error(`${say(introduction(changes.length))}\n`);
  for (const [index, change] of changes.entries()) {
    const lines = [
      change.summary,
      ...impactLines(impactOf(new Set([change.id])), nameOf, assessment),
      shortPrice(change.safeguard),
      ...(change.deploy.length > 0 ? [deployText(change.deploy)] : []),
      ...change.first.map((each) => text(`first: ${each.en}`, `事前に:${each.ja}`)),
    ];
    const title = titleOf(change, `${index + 1}/${changes.length}`, nameOf);
    terminal.error(`\n${say(title)}\n${lines.map((line) => `  ${say(line)}\n`).join('')}`);
    const answer = await decided(ask, say);
    if (answer === 'quit') break;
    if (answer === 'yes') chosen.push(change);
  }
  return chosen;
}

function titleOf({ name, place, state }: Change, count: string, nameOf: Namer): Text {
  const where = nameOf(place);
  return text(
    `${count} ${name.en} at ${where.en}: ${STATE_WORDS[state].en}`,
    `${count} ${where.ja}の${name.ja}: ${STATE_WORDS[state].ja}`,
  );
}

type Decision = 'yes' | 'no' | 'quit';

const DECISIONS: ReadonlyMap<string, Decision> = new Map([
  ...['y', 'yes', 'はい'].map((word): [string, Decision] => [word, 'yes']),
  ...['', 'n', 'no', 'いいえ'].map((word): [string, Decision] => [word, 'no']),
  ...['q', 'quit'].map((word): [string, Decision] => [word, 'quit']),
]);

/** Asks until one of the answers comes; the end of the input stops. */
async function decided(ask: NonNullable<Terminal['ask']>, say: (each: Text) => string): Promise<Decision> {
  for (;;) {
    const line = await ask(`  ${say(QUESTION)} `);
    const decision = line === undefined ? 'quit' : DECISIONS.get(line.trim().toLowerCase());
    if (decision) return decision;
  }
}

function introduction(count: number): Text {
  return count === 1
    ? text(
        '1 change can be made. y: attach it; n or Enter: leave it',
        '1件の変更を追加できます。y:追加、n または Enter:見送り',
      )
    : text(
        `${count} changes can be made. y: attach it; n or Enter: leave it; q: stop asking and keep what was chosen`,
        `${count}件の変更を追加できます。y:追加、n または Enter:見送り、q:ここまでの選択で終える`,
      );
}

function noTerminal(): UsageError {
  return new UsageError({
    code: 'fix-interactive',
    message: text('--interactive needs a terminal', '--interactive には端末が必要です'),
    remedy: text(
      'choose with --only, --risk, --budget or --target-band',
      '--only・--risk・--budget・--target-band で選んでください',
    ),
  });
}

const QUESTION = text('attach it? [y/N/q]', '追加しますか? [y/N/q]');
