import { stripVTControlCharacters } from 'node:util';
import { keptHistories, keptHistory } from '../../decisions/home.ts';
import { statusOf } from '../../decisions/status.ts';
import { type Text, text } from '../../kernel/texts.ts';
import type { DecisionEntry, DecisionState, DecisionStatus } from '../../model/decision.ts';
import { fingerprintOf } from '../../risk/fingerprint.ts';
import type { Invocation, Terminal } from '../command.ts';
import { writeAnswer } from '../output.ts';
import { lastAssessment, riskNamed, withStore } from './home.ts';

const STATES: Readonly<Record<DecisionState, Text>> = {
  undecided: text('undecided', '未決定'),
  proposed: text('proposed', '提案中'),
  rejected: text('rejected', '却下'),
  accepted: text('accepted', '受容'),
  reducing: text('reducing', '低減'),
  transferred: text('transferred', '移転'),
  avoiding: text('avoiding', '回避'),
  lapsed: text('lapsed', '失効'),
};

/** Lists the risks of the last assessment with where each stands. */
export async function listRisks(invocation: Invocation, terminal: Terminal): Promise<number> {
  const { language } = invocation;
  const { risks } = await lastAssessment(invocation, terminal);
  const histories = await withStore(invocation, terminal, keptHistories);
  const lines = risks.map((risk) => {
    const status = statusOf(histories.get(risk.id) ?? [], fingerprintOf(risk), terminal.now());
    return plain(`${risk.id}  ${describe(status)[language]}  ${risk.title[language]}`);
  });
  writeAnswer(lines.map((line) => `${line}\n`).join(''), invocation, terminal);
  return 0;
}

/** Shows what is to be decided: the risk with its path and values, where it stands, and the open proposal. */
export async function showRisk(invocation: Invocation, terminal: Terminal): Promise<number> {
  const assessment = await lastAssessment(invocation, terminal);
  const risk = riskNamed(assessment, invocation.operands[1]);
  const history = await withStore(invocation, terminal, (store) => keptHistory(store, risk.id));
  const { renderExplanation } = await import('../../report/explain.ts');
  const { SAFEGUARDS } = await import('../../safeguards/registry.generated.ts');
  const options = { language: invocation.language, color: terminal.color, width: terminal.width };
  const context = { assessment, controls: [], safeguards: SAFEGUARDS };
  const status = describe(statusOf(history, fingerprintOf(risk), terminal.now()));
  const entries = history.map((entry) => `  ${plain(lineOf(entry)[invocation.language])}`);
  const heading = text('Decision', '決定')[invocation.language];
  const shown = renderExplanation({ kind: 'risk', risk }, context, options);
  writeAnswer(
    [shown, heading, `  ${plain(status[invocation.language])}`, ...entries, ''].join('\n'),
    invocation,
    terminal,
  );
  return 0;
}

/** Shows every entry of a risk's history. */
export async function showHistory(invocation: Invocation, terminal: Terminal): Promise<number> {
  const risk = riskNamed(await lastAssessment(invocation, terminal), invocation.operands[1]);
  const history = await withStore(invocation, terminal, (store) => keptHistory(store, risk.id));
  const lines = history.map((entry) => `${plain(lineOf(entry)[invocation.language])}\n`);
  writeAnswer(lines.join(''), invocation, terminal);
  return 0;
}

function describe({ state, treatment, why, selfApproved }: DecisionStatus): Text {
  const name = STATES[state];
  const until = treatment?.until;
  const own = selfApproved ? text(', self-approved', '・自己承認') : text('', '');
  if (why) return text(`${name.en} (${why.en})`, `${name.ja}(${why.ja})`);
  if (until === undefined) return text(name.en + own.en, name.ja + own.ja);
  return text(`${name.en} until ${until}${own.en}`, `${name.ja}(${until}まで)${own.ja}`);
}

function lineOf(entry: DecisionEntry): Text {
  const frame = `#${entry.sequence} ${entry.at} ${entry.by}`;
  if (entry.kind === 'proposed') {
    const { response, reason, until = '' } = entry.treatment;
    const what = `${response} ${until} ${reason}`;
    return text(`${frame}: proposed ${what}`, `${frame}:提案 ${what}`);
  }
  return entry.approved
    ? text(`${frame}: approved, not signed`, `${frame}:承認(署名なし)`)
    : text(`${frame}: rejected, not signed`, `${frame}:却下(署名なし)`);
}

/** One line without control characters: reasons and names are written by others. */
function plain(line: string): string {
  return stripVTControlCharacters(line).replace(/\p{Cc}+/gu, ' ');
}
