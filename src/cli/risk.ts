import { UsageError } from '../kernel/errors.ts';
import { text } from '../kernel/texts.ts';
import type { Command, Invocation, OptionDefinition, Terminal } from './command.ts';
import { DATA_OPTION } from './last-assessment.ts';
import { OUT_OPTION } from './output.ts';
import { decideRisk, treatRisk } from './risk/act.ts';
import { exportDecisions, verifyDecisions } from './risk/log.ts';
import { listRisks, showHistory, showRisk } from './risk/show.ts';

function word(value: string, en: string, ja: string): OptionDefinition {
  return { type: 'string', value, help: text(en, ja) };
}

type Action = (invocation: Invocation, terminal: Terminal) => Promise<number>;

const ACTIONS: ReadonlyMap<string, Action> = new Map([
  ['list', listRisks],
  ['show', showRisk],
  ['history', showHistory],
  ['treat', treatRisk],
  ['decide', decideRisk],
  ['verify', verifyDecisions],
  ['export', exportDecisions],
]);

/** `honmaru risk …`: proposals and decisions about the risks of the last assessment. */
export const command: Command = {
  name: 'risk',
  operands: 'list|show ID|history ID|treat ID|decide ID|verify [FILE]|export',
  summary: text(
    'propose and decide what is done about each risk',
    'リスクごとの対応(受容・低減・移転・回避)を提案・決定する',
  ),
  options: {
    response: {
      ...word('RESPONSE', 'accept, reduce, transfer or avoid', 'accept・reduce・transfer・avoid'),
      choices: ['accept', 'reduce', 'transfer', 'avoid'],
    },
    reason: word('TEXT', 'why', '理由'),
    until: word('DAY', 'last day on which it holds: YYYY-MM-DD', '期限:YYYY-MM-DD'),
    counterparty: word('NAME', 'who takes a transferred risk', '移転先'),
    contract: word('TEXT', 'the contract of a transfer', '移転の契約'),
    coverage: word('TEXT', 'what a transfer covers', '移転の範囲'),
    by: word('NAME', 'who proposes or decides', '提案者・決定者の名前'),
    reject: { type: 'boolean', help: text('decide against the proposal', '提案を却下する') },
    ...OUT_OPTION,
    ...DATA_OPTION,
  },
  examples: [
    'honmaru risk list',
    'honmaru risk treat 4f2k --response accept --reason "internal only" --until 2027-03-31 --by Tanaka',
    'honmaru risk decide 4f2k --by Sato',
    'honmaru risk export --out honmaru.decisions.jsonl',
  ],
  run,
};

async function run(invocation: Invocation, terminal: Terminal): Promise<number> {
  const action = ACTIONS.get(invocation.operands[0] ?? '');
  if (action) return action(invocation, terminal);
  throw new UsageError({
    code: 'risk-action',
    message: text(
      `say what to do: ${[...ACTIONS.keys()].join(', ')}`,
      `操作を指定してください:${[...ACTIONS.keys()].join('、')}`,
    ),
  });
}
