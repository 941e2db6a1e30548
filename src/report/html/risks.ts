import { text } from '../../kernel/texts.ts';
import type { Risk } from '../../model/risk.ts';
import { cutText } from '../cut-text.ts';
import { DECISION_WORDS } from '../decision-words.ts';
import { worstFirst } from '../order.ts';
import { showInterval } from '../score.ts';
import { FACTOR_WORDS, MODEL_NOTE, RESPONSE_WORDS } from '../words.ts';
import { stateBadge } from './decisions.ts';
import { type Html, html } from './html.ts';
import { bandBadge, type Page, section, table } from './page.ts';
import { assetClass, riskDetail } from './risk-detail.ts';

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
    sorted.slice(0, DETAILED).map((risk, index) => riskDetail(risk, index + 1, page)),
    rest > 0
      ? html`<p>${say(text(`The details of ${rest} more risks are in the JSON form of this report.`, `ほか${rest}件の詳細はこの報告書のJSON形式にあります。`))}</p>`
      : undefined,
  );
}

function overview(sorted: readonly Risk[], page: Page): Html {
  const { say, decisionOf } = page;
  const heads = [
    '#',
    text('Risk, path and cut', 'リスク・経路・遮断'),
    text('Factor', '要因'),
    text('Assets', '資産'),
    text('Without', '対策なし'),
    text('Now', '現在'),
    text('Then', '実施後'),
    text('Proposal', '提案'),
    text('Decision', '決定'),
  ].map((each) => (typeof each === 'string' ? each : say(each)));
  const rows = sorted.map((risk, index) => {
    const decision = decisionOf.get(risk.id);
    return [
      index + 1,
      named(risk, index, page),
      say(FACTOR_WORDS[risk.factor]),
      risk.assets.map((asset) => html`<div>${assetClass(asset, page)}</div>`),
      showInterval(risk.inherent),
      bandBadge(risk.band.current, risk.current, page),
      bandBadge(risk.band.target, risk.target, page),
      say(RESPONSE_WORDS[risk.proposal.response]),
      decision ? stateBadge(decision, page) : say(DECISION_WORDS.undecided),
    ];
  });
  return table('risks', heads, rows, say(text('Risks', 'リスク')));
}

function named(risk: Risk, index: number, page: Page): Html {
  const { assessment, say } = page;
  const title = say(risk.title);
  const name = index < DETAILED ? html`<a href="#risk-${risk.id}">${title}</a>` : html`${title}`;
  return html`${name}<div class="faint">${page.tell(risk.path)}</div><div class="faint">${say(text('cut:', '遮断・妨害:'))} ${say(cutText(risk, assessment.safeguards, page.name))}</div>`;
}
