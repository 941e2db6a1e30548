import { UsageError } from '../kernel/errors.ts';
import { nearest } from '../kernel/nearest.ts';
import { text } from '../kernel/texts.ts';
import type { Command, Invocation, OptionDefinition, Terminal } from './command.ts';
import { DATA_OPTION } from './last-assessment.ts';
import { OUT_OPTION } from './output.ts';
import { changeClass, closeRisk, decideRisk, reopenRisk, treatRisk, withdrawProposal } from './risk/act.ts';
import { ADD_RISK_OPTIONS, addRisk } from './risk/add.ts';
import { anchorDecisions, exportDecisions, importDecisions } from './risk/log.ts';
import { reviewRisks } from './risk/review.ts';
import { listRisks, showHistory, showRisk } from './risk/show.ts';
import { verifyDecisions } from './risk/verify.ts';

function word(value: string, en: string, ja: string): OptionDefinition {
  return { type: 'string', value, help: text(en, ja) };
}

type Action = (invocation: Invocation, terminal: Terminal) => Promise<number>;

const ACTIONS: ReadonlyMap<string, Action> = new Map([
  ['add', addRisk],
  ['list', listRisks],
  ['show', showRisk],
  ['history', showHistory],
  ['treat', treatRisk],
  ['decide', decideRisk],
  ['withdraw', withdrawProposal],
  ['close', closeRisk],
  ['reopen', reopenRisk],
  ['class', changeClass],
  ['review', reviewRisks],
  ['verify', verifyDecisions],
  ['export', exportDecisions],
  ['import', importDecisions],
  ['anchor', anchorDecisions],
]);

/** `honmaru risk …`: proposals and decisions about the risks of the last assessment. */
export const command: Command = {
  name: 'risk',
  operands:
    'add [FOLDER]|list|show ID|history ID|treat ID|decide ID|withdraw ID|close ID|reopen ID|class ID|review|verify [FILE]|export|import FILE|anchor',
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
    by: word(
      'NAME',
      'who acts: a name, or "Name <mail address>" (default: whom git names)',
      '操作者:名前、または "名前 <メールアドレス>"(既定:gitの設定)',
    ),
    sign: word('KEYFILE', 'sign with this SSH key (ssh-keygen)', 'このSSH鍵で署名する(ssh-keygen)'),
    shown: word(
      'HASH',
      'decide only if what is decided about has this hash (risk show)',
      '決定の対象がこのハッシュのときだけ決定する(risk show で表示)',
    ),
    evidence: {
      ...word('TEXT', 'how you know that a risk is closed (may be repeated)', '完了の根拠(複数指定可)'),
      multiple: true,
    },
    asset: word('RESOURCE', 'class: the asset whose class changed', 'class:重要度が変わった資産'),
    environment: word(
      'NAME',
      'which environment, where several are kept',
      '環境の名前(複数の記録があるとき)',
    ),
    base: word(
      'REVISION',
      'verify: take owner, signers and earlier entries from this git revision',
      'verify:事業責任者・署名者・以前の記録をこのgitリビジョンから取る',
    ),
    anchor: word(
      'FILE',
      'verify: heads that were kept elsewhere (risk anchor)',
      'verify:別の場所に保管した先頭一覧(risk anchor)',
    ),
    gitattributes: {
      type: 'boolean',
      help: text(
        'export: write the line by which git merges the file',
        'export:gitでマージするための .gitattributes の行を書く',
      ),
    },
    canonical: {
      type: 'boolean',
      help: text('show: the very bytes that are decided about', 'show:決定の対象そのもののバイト列'),
    },
    reject: { type: 'boolean', help: text('decide against the proposal', '提案を却下する') },
    ...ADD_RISK_OPTIONS,
    ...OUT_OPTION,
    ...DATA_OPTION,
  },
  examples: [
    'honmaru risk list',
    'honmaru risk treat 4f2k --response accept --reason "internal only" --until 2027-03-31 --by Tanaka',
    'honmaru risk decide 4f2k --sign ~/.ssh/id_ed25519',
    'honmaru risk export --out honmaru.decisions.jsonl --gitattributes',
    'honmaru risk verify honmaru.decisions.jsonl --base origin/main',
  ],
  run,
};

async function run(invocation: Invocation, terminal: Terminal): Promise<number> {
  const asked = invocation.operands[0] ?? '';
  const action = ACTIONS.get(asked);
  if (action) return action(invocation, terminal);
  const meant = nearest(asked, [...ACTIONS.keys()]);
  throw new UsageError({
    code: 'risk-action',
    message: text(
      `say what to do: ${[...ACTIONS.keys()].join(', ')}`,
      `操作を指定してください:${[...ACTIONS.keys()].join('、')}`,
    ),
    ...(meant ? { remedy: text(`did you mean "${meant}"?`, `「${meant}」のことですか`) } : {}),
  });
}
