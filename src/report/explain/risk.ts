import { type Text, text } from '../../kernel/texts.ts';
import { ACCOUNT_ID, REGION_ID } from '../../model/resource.ts';
import type { AssetReached, Guard, PathStep, Risk, RiskEvidence } from '../../model/risk.ts';
import { cutText } from '../cut-text.ts';
import { decisionLine, decisionsByRisk } from '../decision-words.ts';
import { evidenceBesidePath, evidenceOrigin } from '../evidence.ts';
import { guardName } from '../guard-name.ts';
import { loweringSets } from '../lowering-sets.ts';
import { namerOf } from '../names.ts';
import { proposalLine } from '../proposal-line.ts';
import { showInterval } from '../score.ts';
import type { View } from '../text/view.ts';
import { BAND_WORDS, EFFECT_WORDS, FACTOR_WORDS, MODEL_NOTE, RESPONSE_WORDS, STATE_WORDS } from '../words.ts';
import type { ExplainContext } from './context.ts';
import { at, part } from './lines.ts';
import { patchLines } from './patch.ts';

/** A risk: what can happen and why, the path with what stands on it, the values, the proposal, the patch. */
export function explainRisk(risk: Risk, context: ExplainContext, view: View): readonly string[] {
  const { say } = view;
  const band = view.palette.band[risk.band.current](
    `${say(BAND_WORDS[risk.band.current])} ${showInterval(risk.current)}`,
  );
  const name = namerOf(context.assessment?.environment ?? { resources: [] });
  const decision = decisionsByRisk(context.assessment?.decisions).get(risk.id);
  const undecided = [...new Set(risk.scoring.paths.flatMap((path) => path.undecided ?? []))];
  return [
    view.palette.strong(say(risk.title)),
    `  ${band} · ${say(FACTOR_WORDS[risk.factor])} · ${risk.rule} · ${risk.id}`,
    ...part(
      text('What can happen', '起こりうること'),
      [risk.statement.cause, risk.statement.event, risk.statement.effect].map((each, index) =>
        index === 0 ? say(each) : `→ ${say(each)}`,
      ),
      view,
    ),
    ...part(
      text('How', '経路'),
      [view.tell(risk.path), ...risk.path.flatMap((step, index) => hopLines(step, index + 1, context, view))],
      view,
    ),
    ...part(
      text('Cut (what blocks or hinders on it now)', '遮断・妨害(現在この経路にあるもの)'),
      [cutText(risk, context.safeguards, name)],
      view,
    ),
    ...part(
      text('Assets that it reaches', '及ぶ資産'),
      risk.assets.map((asset) => assetText(asset, view)),
      view,
    ),
    ...part(text('Undecided on the way', '経路上の未確定の値'), undecided, view),
    ...part(text('Values', 'リスク値'), valueTexts(risk), view),
    ...part(
      text('Would be seen by', '気づく手段'),
      [...new Set(risk.seenBy.map((guard) => detectorLine(guard, context, view)))],
      view,
    ),
    ...part(
      text('What would bring it into a lower band', '段階を下げる対策の組み合わせ'),
      loweringSets(risk, context.safeguards, name).map((each) => `· ${say(each)}`),
      view,
    ),
    ...proposalLines(risk, context, view),
    ...part(text('Decision', '決定'), decision ? [decisionLine(decision)] : [], view),
    ...part(
      text('Evidence', '証拠'),
      evidenceBesidePath(risk).map((each) => evidenceLine(each, context, view)),
      view,
    ),
    ...patches(risk, context, view),
  ];
}

function assetText({ resource, importance, assumed }: AssetReached, view: View): Text {
  const name = view.name(resource);
  const value = showInterval(importance);
  return text(
    `${name}: importance ${value}${assumed ? ' (assumed)' : ''}`,
    `${name}: 重要度${value}${assumed ? '(仮定)' : ''}`,
  );
}

function evidenceLine(evidence: RiskEvidence, context: ExplainContext, view: View): string {
  const origin = context.assessment && evidenceOrigin(evidence, context.assessment);
  return `${origin ? `${view.say(origin)}: ` : ''}${view.say(evidence.because)}${at(evidence.source, view)}`;
}

function hopLines(step: PathStep, number: number, context: ExplainContext, view: View): readonly string[] {
  const line = `${number}. ${view.name(step.resource)}: ${view.say(step.what)}${at(step.source, view)}`;
  return [line, ...step.guards.map((guard) => `   · ${guardLine(guard, context, view)}`)];
}

function guardLine(guard: Guard, context: ExplainContext, view: View): string {
  const name = view.say(guardName(guard, context.safeguards));
  const proposed = guard.proposed ? ` (${view.say(text('proposed', '提案'))})` : '';
  return `${name}: ${view.say(STATE_WORDS[guard.state])}, ${view.say(EFFECT_WORDS[guard.effect])}${proposed}`;
}

/** Nearly every detector watches an account or a region; where one watches a resource, its name is said. */
function detectorLine(guard: Guard, context: ExplainContext, view: View): string {
  const everywhere = [ACCOUNT_ID, REGION_ID].includes(guard.place);
  const line = guardLine(guard, context, view);
  return everywhere ? line : `${line} (${view.name(guard.place)})`;
}

function valueTexts(risk: Risk): readonly Text[] {
  const { importance, threat, threatReason } = risk.scoring;
  const values = [risk.inherent, risk.current, risk.target].map(showInterval);
  return [
    text(
      `without safeguards ${values[0]}, now ${values[1]}, with the proposal ${values[2]}`,
      `対策なし${values[0]}、現在${values[1]}、提案の実施後${values[2]}`,
    ),
    text(
      `importance ${showInterval(importance)}; threat ${showInterval(threat)}: ${threatReason.en}`,
      `重要度${showInterval(importance)}、脅威${showInterval(threat)}: ${threatReason.ja}`,
    ),
    MODEL_NOTE,
  ];
}

function proposalLines(risk: Risk, context: ExplainContext, view: View): readonly string[] {
  const { proposal } = risk;
  const reports = context.assessment?.safeguards ?? [];
  const name = namerOf(context.assessment?.environment ?? { resources: [] });
  const response = view.say(RESPONSE_WORDS[proposal.response]);
  const limits = [...new Set(proposal.safeguards.map(({ id }) => id))].flatMap((id) => {
    const found = context.safeguards.find((each) => each.id === id);
    return found ? [`${view.say(found.name)}: ${view.say(found.doesNotStop)}`] : [];
  });
  return [
    ...part(
      text('Proposal', '提案'),
      [
        `${response}: ${view.say(proposalLine(proposal, reports, name))}`,
        // Without safeguards the line above is the reason.
        ...(proposal.safeguards.length > 0 ? [proposal.reason] : []),
      ],
      view,
    ),
    ...part(text('What the proposal does not do', '提案では防げないこと'), limits, view),
  ];
}

function patches({ proposal }: Risk, context: ExplainContext, view: View): readonly string[] {
  const { graph } = context;
  if (!graph) return [];
  return proposal.safeguards.flatMap(({ id, place, facet }) => {
    const found = context.safeguards.find((each) => each.id === id);
    const resource = graph.get(place);
    if (!found || !resource) return [];
    const facets = facet === undefined ? undefined : [facet];
    return patchLines(found.remedy(graph, resource, facets), { graph, resource }, view);
  });
}
