import { joinTexts, type Text, text } from '../../kernel/texts.ts';
import type { DecisionState } from '../../model/decision.ts';
import type { Band, Proposal, Response } from '../../model/risk.ts';
import type { PriceClass } from '../../model/safeguard.ts';
import { isTouched } from '../decision-words.ts';
import { type DecisionNeeded, decisionsNeeded } from '../decisions-needed.ts';
import { countBands } from '../order.ts';
import { proposalLine } from '../proposal-line.ts';
import { BAND_WORDS, MODEL_NOTE, PRICE_WORDS, RESPONSE_WORDS, scopeText } from '../words.ts';
import { lapsedBanner } from './decisions.ts';
import { type Html, html } from './html.ts';
import { bandBadge, type Page } from './page.ts';

const BANDS: readonly Band[] = ['high', 'medium', 'low'];
const RESPONSES: readonly Response[] = ['accept', 'reduce', 'transfer', 'avoid'];
const MOST_DECISIONS = 3;
const MOST_RISKS = 3;

/** The first page, for the business owner: how it stands, what matters most, what to decide and to sign. */
export function brief(page: Page): Html {
  const { assessment, say } = page;
  const decisions = decisionsNeeded(assessment.risks.filter(({ id }) => isOpen(page, id)));
  const rest = decisions.length - MOST_DECISIONS;
  return html`<section id="brief" class="brief">
<h1>${say(text('Security risks: a brief for the business owner', 'セキュリティリスク: 事業責任者向けの要約'))}</h1>
${facts(page)}
${lapsedBanner(page)}
<p class="lead">${say(situation(page))}</p>
${tiles(page)}
${decided(page)}
<h2>${say(text('The decisions that matter most', '特に重要な判断'))}</h2>
${decisions.length === 0 ? html`<p>${say(text('There is nothing to decide.', '判断が必要なものはありません。'))}</p>` : html`<ol class="decisions">${decisions.slice(0, MOST_DECISIONS).map((each) => decision(each, page))}</ol>`}
${rest > 0 ? html`<p class="note">${say(text(`${rest} more ${rest === 1 ? 'decision is' : 'decisions are'} in the list of risks.`, `ほか${rest}件の判断はリスク一覧にあります。`))}</p>` : undefined}
${costs(page)}
${signature(page)}
</section>`;
}

const OPEN: readonly DecisionState[] = ['undecided', 'proposed', 'rejected', 'lapsed'];

/** A risk about which a decision holds needs no other one now. */
function isOpen({ decisionOf }: Page, risk: string): boolean {
  const decision = decisionOf.get(risk);
  return !decision?.counts || OPEN.includes(decision.status);
}

function facts({ assessment, say }: Page): Html {
  const { environment, assessedAt } = assessment;
  const rows: readonly (readonly [Text, string])[] = [
    [text('Environment', '対象'), `${environment.name} (${say(scopeText(environment))})`],
    [text('Business owner', '事業責任者'), environment.owner ?? say(text('not declared', '未指定'))],
    [text('Assessed', '評価日時'), `${assessedAt.slice(0, 16).replace('T', ' ')} UTC`],
  ];
  return html`<dl class="facts">${rows.map(([term, value]) => html`<div><dt>${say(term)}</dt><dd>${value}</dd></div>`)}</dl>`;
}

function situation({ assessment: { environment, risks } }: Page): Text {
  if (environment.resources.length === 0) {
    return text(
      'Nothing was assessed: no resource could be read. What stood in the way is listed at the end.',
      '評価していません。読み取れたリソースがなく、その理由は末尾に示します。',
    );
  }
  const now = countBands(risks, 'current');
  const then = countBands(risks, 'target');
  if (risks.length === 0) {
    return text(
      'No risk was found in what was judged. What was not judged is listed at the end.',
      '判定した範囲ではリスクは見つかりませんでした。判定していないものは末尾に示します。',
    );
  }
  return text(
    `We found ${ways(risks.length)} in which this system or its data can come to harm. ${highPart(now.high, risks.length)} With everything that is proposed here, ${then.high === 0 ? 'none' : then.high} would still be high.`,
    `このシステムやデータに被害が及ぶおそれを${risks.length}件見つけました。${now.high > 0 ? `そのうち${now.high}件は「高」で、判断なしにこのままにすべきではありません。` : '「高」のものはありません。'}ここでの提案をすべて実施すると、「高」は${then.high}件になります。`,
  );
}

function ways(count: number): string {
  return count === 1 ? 'one way' : `${count} ways`;
}

function highPart(high: number, all: number): string {
  if (high === 0) return all === 1 ? 'It is not high.' : 'None of them is high.';
  if (high > 1) return `${high} of them are high: they should not stay as they are without your decision.`;
  const which = all === 1 ? 'It' : 'One of them';
  return `${which} is high: it should not stay as it is without your decision.`;
}

function tiles(page: Page): Html {
  const { assessment, say } = page;
  const now = countBands(assessment.risks, 'current');
  const then = countBands(assessment.risks, 'target');
  const tile = (band: Band) => html`<div class="tile ${band}">
<span class="tile-band">${say(BAND_WORDS[band])}</span>
<span class="tile-count">${now[band]}</span>
<span class="tile-then">${say(text(`${then[band]} after the proposals`, `提案の実施後 ${then[band]}`))}</span></div>`;
  return html`<div class="tiles">${BANDS.map(tile)}</div><p class="note">${say(MODEL_NOTE)}</p>`;
}

function decision({ proposal, risks }: DecisionNeeded, page: Page): Html {
  const { assessment, say, name } = page;
  const [worst] = risks;
  const shown = risks.slice(0, MOST_RISKS);
  const rest = risks.length - shown.length;
  return html`<li><p><strong>${say(RESPONSE_WORDS[proposal.response])}: ${say(proposalLine(proposal, assessment.safeguards, name))}</strong></p>
${tellsMore(proposal) ? html`<p>${say(proposal.reason)}</p>` : undefined}
<ul>${shown.map((risk) => html`<li>${say(risk.title)} ${bandBadge(risk.band.current, risk.current, page)} → ${bandBadge(risk.band.target, risk.target, page)}</li>`)}${rest > 0 ? html`<li>${say(text(`and ${rest} more`, `ほか${rest}件`))}</li>` : undefined}</ul>
${worst ? html`<p class="choice">${say(text('Your decision:', 'ご判断:'))} ${RESPONSES.map((response) => html`<span class="tick">☐ ${say(RESPONSE_WORDS[response])}</span>`)}</p>` : undefined}</li>`;
}

/** To reduce by safeguards is explained by their names and the values; the other responses need their reason. */
function tellsMore({ response, safeguards }: Proposal): boolean {
  return response !== 'reduce' && safeguards.length > 0;
}

/** How much of it is decided already. */
function decided({ assessment, say }: Page): Html | undefined {
  const standing = (assessment.decisions ?? []).filter((each) => isTouched(each) && each.gone !== true);
  if (standing.length === 0) return undefined;
  const accepted = standing.filter(({ status, counts }) => status === 'accepted' && counts).length;
  const proposed = standing.filter(({ status }) => status === 'proposed').length;
  const open = assessment.risks.length - standing.length;
  return html`<p>${say(text(`Decided so far: ${accepted} accepted and valid, ${proposed} proposed and waiting for the owner, ${open} not yet treated.`, `これまでの決定: 有効な受容${accepted}件、責任者の決定待ち${proposed}件、未着手${open}件。`))} <a href="#decisions">${say(text('Decisions', '決定'))}</a></p>`;
}

/** What is proposed, once each, by what it costs. */
function costs({ assessment, say }: Page): Html | undefined {
  const prices: readonly PriceClass[] = [
    'free',
    'a-few-dollars',
    'tens-of-dollars',
    'hundreds-of-dollars',
    'thousands-of-dollars',
  ];
  const proposed = new Set(
    assessment.risks.flatMap(({ proposal }) => proposal.safeguards.map(({ id }) => id)),
  );
  const rows = prices.flatMap((price) => {
    const names = assessment.safeguards.filter((each) => each.price === price && proposed.has(each.id));
    return names.length === 0
      ? []
      : [[say(PRICE_WORDS[price]), say(joinTexts(names.map((each) => each.name)))]];
  });
  if (rows.length === 0) return undefined;
  const list = rows.map(([price, names]) => html`<li><strong>${price}</strong>: ${names}</li>`);
  return html`<h2>${say(text('What it costs', '費用の目安'))}</h2><ul class="costs">${list}</ul>`;
}

function signature({ assessment, say }: Page): Html {
  const { owner } = assessment.environment;
  const cell = (title: Text, value = '') =>
    html`<div><span>${say(title)}</span><strong>${value}</strong></div>`;
  return html`<div class="ask"><h2>${say(text('What we ask of you', 'お願いしたいこと'))}</h2>
<p>${say(text('Decide on each risk above: accept it, reduce it, transfer it or avoid it. The decision is the business owner’s; whoever proposed a treatment cannot decide on it.', '上のリスクごとに、受容・低減・移転・回避のいずれかを決めてください。最終判断は事業責任者が行い、提案した人が自ら決めることはできません。'))}</p>
<div class="signature">${cell(text('Business owner', '事業責任者'), owner)}${cell(text('Date', '日付'))}${cell(text('Valid until', '有効期限'))}${cell(text('Signature', '署名'))}</div></div>`;
}
