import { text } from '../../kernel/texts.ts';
import type { Guard, PathStep, Risk, RiskEvidence } from '../../model/risk.ts';
import { evidenceBesidePath, evidenceOrigin } from '../evidence.ts';
import { guardName } from '../guard-name.ts';
import { loweringSets } from '../lowering-sets.ts';
import { worstFirst } from '../order.ts';
import { proposalLine } from '../proposal-line.ts';
import { showInterval } from '../score.ts';
import { EFFECT_WORDS, FACTOR_WORDS, MODEL_NOTE, RESPONSE_WORDS } from '../words.ts';
import { type Html, html } from './html.ts';
import { bandBadge, breakable, type Page, placeNote, section, stateMark, stateWord, table } from './page.ts';

/** Beyond so many the table goes on, and the details stay in the JSON. */
const DETAILED = 200;

/** All risks as a table, and below it each with its path, what stands on it, and the evidence. */
export function risks(page: Page): Html {
  const { assessment, say } = page;
  const sorted = worstFirst(assessment.risks);
  if (sorted.length === 0) {
    return section(
      'risks',
      say(text('Risks', 'リスク')),
      html`<p>${say(text('No risk was found in what was judged.', '判定した範囲ではリスクは見つかりませんでした。'))}</p>`,
    );
  }
  const rest = sorted.length - DETAILED;
  return section(
    'risks',
    say(text('Risks, worst first', 'リスク一覧(大きい順)')),
    html`<p class="note">${say(text('Without: as if no safeguard stood on the path. Now: with what is decided. Then: with the proposal. A range means that something is unknown; its upper end counts.', '対策なし: 経路に対策がない場合。現在: 確定している事実による値。実施後: 提案を実施した場合。幅があるのは不明な事実があるためで、大きい方で並べています。'))} ${say(MODEL_NOTE)}</p>`,
    overview(sorted, page),
    sorted.slice(0, DETAILED).map((risk, index) => detail(risk, index + 1, page)),
    rest > 0
      ? html`<p>${say(text(`The details of ${rest} more risks are in the JSON form of this report.`, `ほか${rest}件の詳細はこの報告書のJSON形式にあります。`))}</p>`
      : undefined,
  );
}

function overview(sorted: readonly Risk[], page: Page): Html {
  const { say, nameOf } = page;
  const heads = [
    '#',
    text('Risk', 'リスク'),
    text('Factor', '要因'),
    text('Assets', '資産'),
    text('Without', '対策なし'),
    text('Now', '現在'),
    text('Then', '実施後'),
    text('Proposal', '提案'),
  ].map((each) => (typeof each === 'string' ? each : say(each)));
  const rows = sorted.map((risk, index) => [
    index + 1,
    index < DETAILED ? html`<a href="#risk-${risk.id}">${say(risk.title)}</a>` : say(risk.title),
    say(FACTOR_WORDS[risk.factor]),
    risk.assets.map(({ resource }) => html`<div>${breakable(nameOf(resource))}</div>`),
    showInterval(risk.inherent),
    bandBadge(risk.band.current, risk.current, page),
    bandBadge(risk.band.target, risk.target, page),
    say(RESPONSE_WORDS[risk.proposal.response]),
  ]);
  return table('risks', heads, rows);
}

function detail(risk: Risk, number: number, page: Page): Html {
  const { assessment, say, name } = page;
  const evidence = evidenceBesidePath(risk);
  const sets = loweringSets(risk, assessment.safeguards, name);
  return html`<article class="risk" id="risk-${risk.id}">
<h3>${number}. ${say(risk.title)} ${bandBadge(risk.band.current, risk.current, page)}</h3>
<p>${sentence(risk, page)}</p>
<p class="path">${page.tell(risk.path)}</p>
<ol class="hops">${risk.path.map((step) => hop(step, page))}</ol>
<dl>
<div><dt>${say(text('Proposal', '提案'))}</dt><dd>${say(RESPONSE_WORDS[risk.proposal.response])}: ${say(proposalLine(risk.proposal, assessment.safeguards, name))}${risk.proposal.safeguards.length > 0 ? html`<br>${say(risk.proposal.reason)}` : undefined}</dd></div>
<div><dt>${say(text('Values', 'リスク値'))}</dt><dd>${say(text(`without ${showInterval(risk.inherent)}, now ${showInterval(risk.current)}, then ${showInterval(risk.target)} (importance ${showInterval(risk.scoring.importance)}, threat ${showInterval(risk.scoring.threat)}: ${risk.scoring.threatReason.en})`, `対策なし${showInterval(risk.inherent)}、現在${showInterval(risk.current)}、実施後${showInterval(risk.target)}(重要度${showInterval(risk.scoring.importance)}、脅威${showInterval(risk.scoring.threat)}: ${risk.scoring.threatReason.ja})`))}</dd></div>
${sets.length > 0 ? html`<div><dt>${say(text('Lower band by', '段階が下がる組み合わせ'))}</dt><dd><ul>${sets.map((each) => html`<li>${say(each)}</li>`)}</ul></dd></div>` : undefined}
${risk.seenBy.length > 0 ? html`<div><dt>${say(text('Would be seen by', '気づく手段'))}</dt><dd>${risk.seenBy.map((guard) => html`<div>${guardItem(guard, page)}</div>`)}</dd></div>` : undefined}
${evidence.length > 0 ? html`<div><dt>${say(text('Evidence', '証拠'))}</dt><dd><ul>${evidence.map((each) => evidenceItem(each, page))}</ul></dd></div>` : undefined}
<div><dt>${say(text('Id', '番号'))}</dt><dd class="place">${risk.id} (${risk.rule})</dd></div>
</dl></article>`;
}

function evidenceItem(evidence: RiskEvidence, page: Page): Html {
  const origin = evidenceOrigin(evidence, page.assessment);
  return html`<li>${origin ? `${page.say(origin)}: ` : ''}${page.say(evidence.because)} ${placeNote(evidence.source)}</li>`;
}

function sentence({ statement }: Risk, { say }: Page): Html {
  return html`${say(statement.cause)} <span class="arrow">→</span> ${say(statement.event)} <span class="arrow">→</span> ${say(statement.effect)}`;
}

function hop(step: PathStep, page: Page): Html {
  const guards = step.guards.map((guard) => html`<li>${guardItem(guard, page)}</li>`);
  return html`<li><strong>${page.nameOf(step.resource)}</strong> ${page.say(step.what)} ${placeNote(step.source)}${guards.length > 0 ? html`<ul class="guards">${guards}</ul>` : undefined}</li>`;
}

function guardItem(guard: Guard, page: Page): Html {
  const { assessment, say } = page;
  const title = guardName(guard, assessment.safeguards);
  const proposed = guard.proposed
    ? html` <span class="proposed">${stateMark('on', page)} ${say(text('proposed', '提案'))}</span>`
    : undefined;
  return html`<span class="guard">${say(title)}: ${stateWord(guard.state, page)} · ${say(EFFECT_WORDS[guard.effect])}${proposed}</span> `;
}
