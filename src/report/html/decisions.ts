import { type Text, text } from '../../kernel/texts.ts';
import type { RiskDecision } from '../../model/decision.ts';
import { assuranceText, dayOf, doubtText, isLapsed, isTouched, stateText } from '../decision-words.ts';
import { RESPONSE_WORDS } from '../words.ts';
import { type Html, html } from './html.ts';
import { type Page, section, table } from './page.ts';

const MOST_ROWS = 1000;

/** Who decided what, when, until when and whether it is signed; what lapsed stands on top. */
export function decisions(page: Page): Html {
  const { assessment, say } = page;
  const all = assessment.decisions ?? [];
  const touched = all.filter(isTouched);
  const rows = [...touched].sort((a, b) => Number(isLapsed(b)) - Number(isLapsed(a)));
  const open = assessment.risks.length - touched.filter(({ gone }) => gone !== true).length;
  const summary = text(
    `${touched.length} ${touched.length === 1 ? 'risk has' : 'risks have'} a proposal or decision; ${open} ${open === 1 ? 'is' : 'are'} undecided.`,
    `提案または決定のあるリスクは${touched.length}件、未決定は${open}件です。`,
  );
  return section(
    'decisions',
    say(text('Decisions', '決定')),
    html`<p>${say(summary)}</p>`,
    rows.length > 0 ? decisionTable(rows.slice(0, MOST_ROWS), page) : undefined,
    rows.length > MOST_ROWS
      ? html`<p>${say(text(`${rows.length - MOST_ROWS} more are left out.`, `ほか${rows.length - MOST_ROWS}件は省略しました。`))}</p>`
      : undefined,
    html`<p class="note">${say(HOW)}</p>`,
  );
}

const HOW = text(
  'Unsigned: the name is what somebody typed. Signed: an SSH key that the environment names for the owner. A decision is bound to the facts that were shown: an acceptance lapses on its last day, or when they change.',
  '署名なし: 名前は入力されたものです。署名あり: 責任者のものとして登録されたSSH鍵による署名です。決定は提示された事実に結び付けられ、受容は期限の到来または事実の変化により失効します。',
);

function decisionTable(rows: readonly RiskDecision[], page: Page): Html {
  const { say } = page;
  const heads = [
    text('Risk', 'リスク'),
    text('State', '状態'),
    text('Response', '対応'),
    text('Proposed', '提案'),
    text('Decided', '決定'),
    text('Until', '期限'),
    text('Signature', '署名'),
    text('Reason', '理由'),
  ].map(say);
  return table(
    'decision-list',
    heads,
    rows.map((each) => decisionRow(each, page)),
    say(text('Decisions', '決定')),
  );
}

function decisionRow(decision: RiskDecision, page: Page) {
  const { say, titleOf } = page;
  const title = titleOf.get(decision.risk);
  const assurance = assuranceText(decision);
  return [
    title
      ? html`<a href="#risk-${decision.risk}">${say(title)}</a>`
      : html`${decision.risk} <span class="faint">${say(GONE)}</span>`,
    stateBadge(decision, page),
    decision.response ? say(RESPONSE_WORDS[decision.response]) : '',
    who(decision.proposedBy, decision.proposedAt),
    who(decision.decidedBy, decision.decidedAt),
    decision.until === undefined ? '' : html`<span class="day">${decision.until}</span>`,
    assurance ? say(assurance) : '',
    reasons(decision, say),
  ];
}

const GONE = text('(no longer in this environment)', '(この環境にはもうありません)');

/** The state of a decision as a word in a border of its own. */
export function stateBadge(decision: RiskDecision, { say }: Page): Html {
  const kind = isLapsed(decision) ? 'lapsed' : decision.counts ? 'counts' : 'open';
  return html`<span class="decision ${kind}">${say(stateText(decision))}</span>`;
}

function who(name: string | undefined, at: string | undefined): Html | string {
  return name === undefined ? '' : html`${name}<br><span class="day">${dayOf(at)}</span>`;
}

function reasons(decision: RiskDecision, say: (text: Text) => string) {
  const { reason, why, counterparty, contract, coverage, evidence } = decision;
  const doubt = doubtText(decision);
  const parts = [
    why && say(why),
    doubt && say(doubt),
    reason,
    counterparty === undefined ? undefined : say(text(`to ${counterparty}`, `移転先: ${counterparty}`)),
    contract,
    coverage,
    ...(evidence ?? []).map(({ what, state }) => (state === undefined ? what : `${what}: ${state}`)),
  ];
  return parts.filter((each) => each !== undefined).map((each) => html`<div>${each}</div>`);
}

/** What the owner must look at first: decisions that held and hold no more. */
export function lapsedBanner(page: Page): Html | undefined {
  const { assessment, say, titleOf } = page;
  const lapsed = (assessment.decisions ?? []).filter(isLapsed);
  if (lapsed.length === 0) return undefined;
  const title = text(
    `${lapsed.length} ${lapsed.length === 1 ? 'decision has' : 'decisions have'} lapsed and must be made again`,
    `${lapsed.length}件の決定が失効しています。改めて判断してください`,
  );
  const items = lapsed.slice(0, MOST_LAPSED).map((each) => {
    const name = titleOf.get(each.risk);
    return html`<li>${name ? say(name) : each.risk}${each.why ? html`: ${say(each.why)}` : undefined}</li>`;
  });
  const rest = lapsed.length - MOST_LAPSED;
  return html`<div class="lapsed-list" role="note"><strong>${say(title)}</strong><ul>${items}${rest > 0 ? html`<li>${say(text(`and ${rest} more`, `ほか${rest}件`))}</li>` : undefined}</ul></div>`;
}

const MOST_LAPSED = 4;
