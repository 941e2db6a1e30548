import { EFFECTS, FACTORS, MEASURE_STATES, PRICES } from '../../environment/register.ts';
import type { FieldValue } from '../../environment/register-edit.ts';
import { UsageError } from '../../kernel/errors.ts';
import { nearest } from '../../kernel/nearest.ts';
import { text } from '../../kernel/texts.ts';
import { ownRiskId } from '../../risk/own.ts';
import { keyFor } from '../asset/keys.ts';
import { given, levelOf, levelOption, needed } from '../asset/levels.ts';
import { addEntry } from '../asset/write-register.ts';
import type { Invocation, OptionDefinition, Terminal } from '../command.ts';
import { checkReached } from './reached.ts';

function word(value: string, en: string, ja: string): OptionDefinition {
  return { type: 'string', value, help: text(en, ja) };
}

/** What `risk add` takes beside `--response` and `--reason`, which `risk treat` takes too. */
export const ADD_RISK_OPTIONS = {
  title: word('TEXT', 'of add: the risk in a few words', 'add:リスクの名前'),
  cause: word('TEXT', 'of add: what makes it possible', 'add:原因'),
  event: word('TEXT', 'of add: what happens', 'add:起こること'),
  effect: word('TEXT', 'of add: what comes of it', 'add:影響'),
  factor: {
    ...word('FACTOR', `of add: ${FACTORS.join(', ')}`, `add:要因(${FACTORS.join('・')})`),
    choices: FACTORS,
  },
  reaches: {
    ...word('KEY', 'of add: an asset that it reaches (may be repeated)', 'add:及ぶ資産(複数指定可)'),
    multiple: true,
  },
  threat: levelOption(
    'of add: how readily it occurs (unknown when left out)',
    'add:起こりやすさ(省略時は不明)',
  ),
  measure: {
    ...word(
      'EFFECT:STATE:NAME[:PRICE]',
      'of add: what is done or planned against it (may be repeated)',
      'add:実施中・計画中の対策(複数指定可)',
    ),
    multiple: true,
  },
  key: word('KEY', 'of add: short name (default: from the title)', 'add:短い名前(既定:名前から作成)'),
} satisfies Record<string, OptionDefinition>;

/** Adds a risk that no template shows to `honmaru.assets.yaml`. */
export async function addRisk(invocation: Invocation, terminal: Terminal): Promise<number> {
  const title = needed(invocation, 'title', '"Laptop lost"');
  const assets = invocation.options('reaches');
  if (assets.length === 0) needed(invocation, 'reaches', 'sales-laptop');
  const measures = invocation.options('measure').map(measureFrom);
  const fields = given<FieldValue>({
    title,
    factor: needed(invocation, 'factor', 'human-error'),
    cause: needed(invocation, 'cause', '"laptops leave the office"'),
    event: needed(invocation, 'event', '"one is lost and read by its finder"'),
    effect: needed(invocation, 'effect', '"customer data is disclosed"'),
    assets,
    threat: levelOf(invocation, 'threat'),
    measures: measures.length > 0 ? measures : undefined,
    response: invocation.option('response'),
    reason: invocation.option('reason'),
  });
  const key = keyFor(invocation.option('key'), title, 'risk');
  const folder = invocation.operands[1] ?? '.';
  await checkReached(assets, folder, invocation, terminal);
  const { shown } = await addEntry(folder, { section: 'risks', key, fields }, terminal);
  const id = ownRiskId(key);
  const done = text(
    `${key} was added to ${shown} as ${id}; honmaru assess scores it beside the others`,
    `${key}(${id})を ${shown} に追加しました。honmaru assess でほかのリスクと同様に評価されます`,
  );
  terminal.out(`${done[invocation.language]}\n`);
  return 0;
}

/** `block:on:Disk encryption:free`: the name may hold colons, the price stands last. */
function measureFrom(form: string): FieldValue {
  const [effect = '', state = '', ...rest] = form.split(':');
  const price = PRICES.find((each) => each === rest.at(-1)?.trim());
  const name = (price ? rest.slice(0, -1) : rest).join(':').trim();
  oneOf(effect, EFFECTS);
  oneOf(state, MEASURE_STATES);
  if (name === '') throw wrong(`"${form}"`, `「${form}」`);
  return given<FieldValue>({ name, effect, state, price });
}

function oneOf(given: string, words: readonly string[]): void {
  if (words.includes(given)) return;
  const meant = nearest(given, words);
  const list = words.join(', ');
  throw wrong(
    meant ? `"${given}" (did you mean "${meant}"?)` : `"${given}" (one of ${list})`,
    meant ? `「${given}」(「${meant}」のことですか)` : `「${given}」(${list} のいずれか)`,
  );
}

function wrong(en: string, ja: string): UsageError {
  return new UsageError({
    code: 'measure-form',
    message: text(
      `a --measure has the form EFFECT:STATE:NAME[:PRICE], not ${en}`,
      `--measure は EFFECT:STATE:NAME[:PRICE] の形で指定してください:${ja}`,
    ),
    remedy: text(
      'for example --measure "block:planned:Disk encryption:free"',
      '例:--measure "block:planned:ディスクの暗号化:free"',
    ),
  });
}
