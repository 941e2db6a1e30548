import { type ANSWER_FORMS, isAnswer } from '../../fix/plan/answer-forms.ts';
import type { Answers } from '../../fix/plan/change.ts';
import { UsageError } from '../../kernel/errors.ts';
import { nearest } from '../../kernel/nearest.ts';
import { text } from '../../kernel/texts.ts';
import { SAFEGUARDS } from '../../safeguards/registry.generated.ts';
import type { Invocation, OptionDefinition } from '../command.ts';

export const FIX_OPTIONS = {
  write: {
    type: 'boolean',
    help: text(
      'write the changes into the files (a backup stays beside each)',
      '変更をファイルに書き込む(各ファイルの隣にバックアップを残す)',
    ),
  },
  only: {
    type: 'string',
    multiple: true,
    value: 'ID,…',
    help: text('only these safeguards, such as waf,tls', '指定した対策だけ(例:waf,tls)'),
  },
  at: {
    type: 'string',
    value: 'RESOURCE',
    help: text('only at this resource (its id, or its name)', '指定したリソース(IDまたは名前)だけ'),
  },
  risk: {
    type: 'string',
    value: 'ID',
    help: text(
      'only what lowers this risk (its id, or its rule)',
      '指定したリスク(IDまたは規則名)を下げるものだけ',
    ),
  },
  'target-band': {
    type: 'string',
    choices: ['low', 'medium'],
    value: 'low|medium',
    help: text(
      'only the cheapest set of changes that brings every risk to this band',
      'すべてのリスクをこの区分以下にする、最も安い変更の組み合わせだけ',
    ),
  },
  budget: {
    type: 'string',
    value: 'USD',
    help: text('at most so many dollars a month in all', '合計で月額この金額(米ドル)まで'),
  },
  domain: {
    type: 'string',
    value: 'NAME',
    help: text(
      'the domain name for certificates (TLS needs one that you own)',
      '証明書のドメイン名(TLSには所有するドメインが必要)',
    ),
  },
  'hosted-zone': {
    type: 'string',
    value: 'ID',
    help: text('the Route 53 hosted zone of the domain', 'ドメインのRoute 53ホストゾーン'),
  },
  email: {
    type: 'string',
    value: 'ADDRESS',
    help: text('who is told of findings and spending', '検出結果や費用の通知先'),
  },
  set: {
    type: 'string',
    multiple: true,
    value: 'NAME=VALUE',
    help: text(
      'another value that a change asks for (may be repeated)',
      '変更に必要なその他の値(複数指定可)',
    ),
  },
  'accept-cost': {
    type: 'string',
    multiple: true,
    value: 'ID,…',
    help: text(
      'accept the cost of an expensive safeguard by its name (shield)',
      '高額な対策の費用を名前を挙げて承諾する(shieldなど)',
    ),
  },
  interactive: { type: 'boolean', help: text('choose change by change', '変更ごとに選ぶ') },
  format: {
    type: 'string',
    choices: ['text', 'json'],
    value: 'text|json',
    help: text(
      'text (a unified diff with notes) or json (default: text)',
      'text(注記付きのunified diff)またはjson(既定:text)',
    ),
  },
} satisfies Record<string, OptionDefinition>;

/**
 * What people answered on the command line.
 *
 * @throws UsageError `fix-option`, `fix-set` or `unknown-safeguard`.
 */
export function answersFrom(invocation: Invocation): Answers {
  const domain = checked(invocation, 'domain', 'domain');
  const hostedZone = checked(invocation, 'hosted-zone', 'hostedZone');
  const email = checked(invocation, 'email', 'email');
  return {
    ...(domain === undefined ? {} : { domain }),
    ...(hostedZone === undefined ? {} : { hostedZone }),
    ...(email === undefined ? {} : { email }),
    values: new Map(invocation.options('set').map(pair)),
    acceptedCosts: new Set(safeguardIds(invocation, 'accept-cost')),
  };
}

function checked(invocation: Invocation, name: string, kind: keyof typeof ANSWER_FORMS): string | undefined {
  const value = invocation.option(name);
  if (value === undefined || isAnswer(kind, value)) return value;
  throw new UsageError({
    code: 'fix-option',
    message: text(`--${name} does not take "${value}"`, `--${name} に「${value}」は指定できません`),
  });
}

function pair(word: string): readonly [string, string] {
  const at = word.indexOf('=');
  if (at > 0) return [word.slice(0, at), word.slice(at + 1)];
  throw new UsageError({
    code: 'fix-set',
    message: text('--set has the form NAME=VALUE', '--set は NAME=VALUE の形で指定してください'),
  });
}

/**
 * The safeguards that an option names, separated by commas.
 *
 * @throws UsageError `unknown-safeguard`, with the nearest one.
 */
export function safeguardIds(invocation: Invocation, option: string): readonly string[] {
  const ids = SAFEGUARDS.map(({ id }) => id);
  const named = invocation.options(option).flatMap((value) => value.split(',').map((each) => each.trim()));
  for (const name of named) {
    if (ids.includes(name)) continue;
    const meant = nearest(name, ids);
    throw new UsageError({
      code: 'unknown-safeguard',
      message: text(`there is no safeguard "${name}"`, `「${name}」という対策はありません`),
      remedy: meant
        ? text(`did you mean ${meant}?`, `${meant} のことですか?`)
        : text(`they are ${ids.join(', ')}`, `指定できるのは ${ids.join('、')} です`),
    });
  }
  return named;
}

/**
 * The dollars of `--budget`.
 *
 * @throws UsageError `fix-budget` for anything but a number from 0.
 */
export function budgetFrom(invocation: Invocation): number | undefined {
  const word = invocation.option('budget');
  if (word === undefined) return undefined;
  const dollars = Number(word);
  if (word.trim() !== '' && Number.isFinite(dollars) && dollars >= 0) return dollars;
  throw new UsageError({
    code: 'fix-budget',
    message: text(
      '--budget is a number of US dollars a month',
      '--budget には月額の米ドルを数値で指定してください',
    ),
  });
}
