import type { Change } from '../../fix/plan/change.ts';
import { impacts } from '../../fix/plan/impact.ts';
import { priceOf } from '../../fix/prices/prices.ts';
import { UsageError } from '../../kernel/errors.ts';
import { text } from '../../kernel/texts.ts';
import type { Assessment } from '../../model/assessment.ts';
import { namerOf } from '../../report/names.ts';
import { STATE_WORDS } from '../../report/words.ts';
import type { Invocation, Terminal } from '../command.ts';
import { impactLines } from './words.ts';

/** Asks about each change in the words of the map; `q` leaves out the rest. */
export async function chooseOneByOne(
  changes: readonly Change[],
  assessment: Assessment,
  invocation: Invocation,
  terminal: Terminal,
): Promise<readonly Change[]> {
  const { language } = invocation;
  if (!terminal.ask) {
    throw new UsageError({
      code: 'fix-interactive',
      message: text('--interactive needs a terminal', '--interactive には端末が必要です'),
      remedy: text(
        'choose with --only, --risk, --budget or --target-band',
        '--only・--risk・--budget・--target-band で選んでください',
      ),
    });
  }
  const nameOf = namerOf(assessment.environment);
  const impactOf = impacts(assessment);
  const chosen: Change[] = [];
  for (const [index, change] of changes.entries()) {
    const place = nameOf(change.place);
    const dollars = priceOf(change.safeguard)?.monthly.typical ?? 0;
    const title = text(
      `${index + 1}/${changes.length} ${change.name.en} at ${place.en}: ${STATE_WORDS[change.state].en}`,
      `${index + 1}/${changes.length} ${place.ja}の${change.name.ja}: ${STATE_WORDS[change.state].ja}`,
    );
    const price = text(`about ${dollars} USD a month`, `月額約${dollars}米ドル`);
    const lines = [
      change.summary[language],
      ...impactLines(impactOf(new Set([change.id])), nameOf, assessment).map((each) => each[language]),
      price[language],
    ];
    terminal.error(`\n${title[language]}\n${lines.map((line) => `  ${line}\n`).join('')}`);
    const answer = ((await terminal.ask(QUESTION[language])) ?? 'q').trim().toLowerCase();
    if (answer === 'q') break;
    if (/^(?:y|yes|はい)$/.test(answer)) chosen.push(change);
  }
  return chosen;
}

const QUESTION = text('  attach it? [y/N/q] ', '  追加しますか? [y/N/q] ');
