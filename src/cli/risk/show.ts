import { applyDecisions, decisionAbout, environmentOf } from '../../decisions/apply.ts';
import { historyName, riskShown, shownRisk } from '../../decisions/entry.ts';
import { keptHistories } from '../../decisions/home.ts';
import { checkedHistories } from '../../decisions/log.ts';
import { displayWidth, padColumns } from '../../kernel/text-width.ts';
import { type Language, text } from '../../kernel/texts.ts';
import type { RiskDecision } from '../../model/decision.ts';
import type { Risk } from '../../model/risk.ts';
import { showInterval } from '../../report/score.ts';
import { BAND_WORDS } from '../../report/words.ts';
import type { Invocation, Terminal } from '../command.ts';
import { writeAnswer } from '../output.ts';
import { keptAssessment, riskOrHistoryNamed, rootsOf, withStore } from './home.ts';
import { historiesWithFile } from './record.ts';
import { entryText, plain, standingText } from './words.ts';

/** Lists the risks of the last assessment with where each stands, then what was decided about gone ones. */
export async function listRisks(invocation: Invocation, terminal: Terminal): Promise<number> {
  const { language } = invocation;
  const kept = await keptAssessment(invocation, terminal);
  const all = await withStore(invocation, terminal, (store) =>
    historiesWithFile(store, kept, invocation, terminal),
  );
  const { histories, problems } = checkedHistories(all);
  for (const { what } of problems) terminal.error(`honmaru: ${plain(what[language])}\n`);
  const decisions = await applyDecisions(kept.assessment, histories, rootsOf(kept), terminal.now());
  const risks = new Map(kept.assessment.risks.map((risk) => [risk.id, risk]));
  const environment = environmentOf(kept.assessment);
  const rows = decisions.map((decision) => {
    const last = histories.get(historyName({ environment, risk: decision.risk }))?.at(-1);
    return rowOf(decision, { risk: risks.get(decision.risk), shown: last && riskShown(last) }, language);
  });
  const widest = Math.min(
    Math.max(0, ...rows.map(({ standing }) => displayWidth(standing))),
    WIDEST_STANDING,
  );
  const lines = rows.map(
    ({ id, value, standing, title }) => `${id}  ${value}  ${padColumns(standing, widest)}  ${title}`,
  );
  writeAnswer(lines.map((line) => `${line}\n`).join(''), invocation, terminal);
  return problems.length > 0 ? 2 : 0;
}

/** A longer standing, with its reason, moves the title of its own line only. */
const WIDEST_STANDING = 40;

interface Row {
  readonly id: string;
  readonly value: string;
  readonly standing: string;
  readonly title: string;
}

/** Id, level and value now, where it stands, what it is. */
function rowOf(
  decision: RiskDecision,
  { risk, shown }: { readonly risk: Risk | undefined; readonly shown: Risk | undefined },
  language: Language,
): Row {
  const level = risk ? `${BAND_WORDS[risk.band.current][language]} ${showInterval(risk.current)}` : '-';
  const gone = shown
    ? text(`${shown.title.en} (no longer in the environment)`, `${shown.title.ja}(環境に存在しません)`)
    : text('(no longer in the environment)', '(環境に存在しません)');
  const title = risk?.title ?? gone;
  return {
    id: decision.risk,
    value: padColumns(level, LEVEL_COLUMNS),
    standing: plain(standingText(decision)[language]),
    title: plain(title[language]),
  };
}

/** `medium 3–4`. */
const LEVEL_COLUMNS = 10;

/** Shows what is to be decided: the risk with its path and values, where it stands, and the history. */
export async function showRisk(invocation: Invocation, terminal: Terminal): Promise<number> {
  const id = invocation.operands[1];
  const kept = await keptAssessment(invocation, terminal, id);
  const histories = await withStore(invocation, terminal, (store) =>
    historiesWithFile(store, kept, invocation, terminal),
  );
  const { risk, gone } = riskOrHistoryNamed(kept.assessment, histories, id);
  const { canonical, hash } = shownRisk(risk);
  if (invocation.flag('canonical')) {
    writeAnswer(`${canonical}\n`, invocation, terminal);
    return 0;
  }
  const history =
    histories.get(historyName({ environment: environmentOf(kept.assessment), risk: risk.id })) ?? [];
  const decision = await decisionAbout(risk.id, {
    history,
    risk: gone ? undefined : risk,
    roots: rootsOf(kept),
    now: terminal.now(),
  });
  const { renderExplanation } = await import('../../report/explain.ts');
  const { SAFEGUARDS } = await import('../../safeguards/registry.generated.ts');
  const options = { language: invocation.language, color: terminal.color, width: terminal.width };
  // Where it stands is told below, with its history.
  const { decisions: _, ...assessment } = kept.assessment;
  const context = { assessment, controls: [], safeguards: SAFEGUARDS };
  const shown = renderExplanation({ kind: 'risk', risk }, context, options);
  const entries = history.map((entry) => `  ${plain(entryText(entry)[invocation.language])}`);
  const seen = text(
    `what is decided about: sha256 ${hash} (risk decide --shown, risk show --canonical)`,
    `決定の対象:sha256 ${hash}(risk decide --shown、risk show --canonical)`,
  );
  const lines = [
    shown,
    text('Where it stands', '決定の状況')[invocation.language],
    `  ${plain(standingText(decision)[invocation.language])}`,
    ...entries,
    `  ${seen[invocation.language]}`,
    '',
  ];
  writeAnswer(lines.join('\n'), invocation, terminal);
  return 0;
}

/** Shows every entry of a risk's history, also of one that is gone. */
export async function showHistory(invocation: Invocation, terminal: Terminal): Promise<number> {
  const id = invocation.operands[1];
  const kept = await keptAssessment(invocation, terminal, id);
  const histories = await withStore(invocation, terminal, keptHistories);
  const { risk } = riskOrHistoryNamed(kept.assessment, histories, id);
  const history =
    histories.get(historyName({ environment: environmentOf(kept.assessment), risk: risk.id })) ?? [];
  const lines = history.map((entry) => `${plain(entryText(entry)[invocation.language])}\n`);
  writeAnswer(lines.join(''), invocation, terminal);
  return 0;
}
