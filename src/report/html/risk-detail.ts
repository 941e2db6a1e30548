import { type Text, text } from '../../kernel/texts.ts';
import { ACCOUNT_ID, REGION_ID } from '../../model/resource.ts';
import type { AssetReached, Guard, PathStep, Risk, RiskEvidence } from '../../model/risk.ts';
import { cutText } from '../cut-text.ts';
import { decisionLine, isTouched } from '../decision-words.ts';
import { evidenceBesidePath, evidenceOrigin } from '../evidence.ts';
import { guardName } from '../guard-name.ts';
import { loweringSets } from '../lowering-sets.ts';
import { proposalLine } from '../proposal-line.ts';
import { showInterval } from '../score.ts';
import { EFFECT_WORDS, RESPONSE_WORDS } from '../words.ts';
import { type Content, type Html, html } from './html.ts';
import { bandBadge, breakable, type Page, placeNote, stateMark, stateWord } from './page.ts';
import { patchLinks } from './patches.ts';

/** One risk with its path, what stands on it, the values, the proposal and the evidence. */
export function riskDetail(risk: Risk, number: number, page: Page): Html {
  const { say } = page;
  const undecided = [...new Set(risk.scoring.paths.flatMap((path) => path.undecided ?? []))];
  return html`<article class="risk" id="risk-${risk.id}"><div class="risk-head">
<h3>${number}. ${say(risk.title)} ${bandBadge(risk.band.current, risk.current, page)}</h3>
<p>${sentence(risk, page)}</p>
<p class="path">${page.tell(risk.path)}</p></div>
<ol class="hops">${risk.path.map((step) => hop(step, page))}</ol>
<dl>${rowsOf(risk, page)}${row(text('Undecided on the way', '経路上の未確定の値'), undecided.length > 0 ? undecided.join(', ') : undefined, page)}
${row(text('Id', '番号'), html`<span class="place">${risk.id} (${risk.rule})</span>`, page)}</dl></article>`;
}

function row(title: Text, content: Content, { say }: Page): Html | undefined {
  if (content === undefined || (Array.isArray(content) && content.length === 0)) return undefined;
  return html`<div><dt>${say(title)}</dt><dd>${content}</dd></div>`;
}

function rowsOf(risk: Risk, page: Page): readonly (Html | undefined)[] {
  const { assessment, say, name, decisionOf } = page;
  const { scoring, proposal } = risk;
  const decision = decisionOf.get(risk.id);
  const evidence = evidenceBesidePath(risk).map((each) => evidenceItem(each, page));
  const sets = loweringSets(risk, assessment.safeguards, name).map((each) => html`<li>${say(each)}</li>`);
  const links = patchLinks(risk, page);
  const values = text(
    `without ${showInterval(risk.inherent)}, now ${showInterval(risk.current)}, then ${showInterval(risk.target)} (importance ${showInterval(scoring.importance)}, threat ${showInterval(scoring.threat)}: ${scoring.threatReason.en})`,
    `対策なし${showInterval(risk.inherent)}、現在${showInterval(risk.current)}、実施後${showInterval(risk.target)}(重要度${showInterval(scoring.importance)}、脅威${showInterval(scoring.threat)}: ${scoring.threatReason.ja})`,
  );
  return [
    row(
      text('Decision', '決定'),
      decision && isTouched(decision) ? say(decisionLine(decision)) : undefined,
      page,
    ),
    row(
      text('Proposal', '提案'),
      html`${say(RESPONSE_WORDS[proposal.response])}: ${say(proposalLine(proposal, assessment.safeguards, name))}${proposal.safeguards.length > 0 ? html`<br>${say(proposal.reason)}` : undefined}`,
      page,
    ),
    row(text('Patch', '修正方法'), links.length > 0 ? html`<ul>${links}</ul>` : undefined, page),
    row(
      text('Assets', '資産'),
      risk.assets.map((asset) => html`<span class="guard">${assetClass(asset, page)}</span> `),
      page,
    ),
    row(text('Values', 'リスク値'), say(values), page),
    row(text('Cut', '遮断・妨害'), say(cutText(risk, assessment.safeguards, name)), page),
    row(
      text('Lower band by', '段階が下がる組み合わせ'),
      sets.length > 0 ? html`<ul>${sets}</ul>` : say(NOTHING_LOWERS),
      page,
    ),
    row(
      text('Would be seen by', '気づく手段'),
      risk.seenBy.map((guard) => html`<div>${guardItem(guard, page)}${watchedPlace(guard, page)}</div>`),
      page,
    ),
    row(text('Evidence', '証拠'), evidence.length > 0 ? html`<ul>${evidence}</ul>` : undefined, page),
  ];
}

/** Nearly every detector watches an account or a region; where one watches a resource, its name is said. */
function watchedPlace({ place }: Guard, { nameOf }: Page): Html | undefined {
  const everywhere = [ACCOUNT_ID, REGION_ID].includes(place);
  return everywhere ? undefined : html` <span class="faint">(${nameOf(place)})</span>`;
}

const NOTHING_LOWERS = text(
  'no safeguard known here brings it into a lower band',
  '段階を下げる対策は見当たらない',
);

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

/** The name of an asset with its class: `Database 3`, marked where the class is a guess. */
export function assetClass({ resource, importance, assumed }: AssetReached, page: Page): Html {
  const guess = assumed
    ? html` <span class="assumed">${page.say(text('assumed', '仮定'))}</span>`
    : undefined;
  return html`${breakable(page.nameOf(resource))} <span class="class">${showInterval(importance)}</span>${guess}`;
}
